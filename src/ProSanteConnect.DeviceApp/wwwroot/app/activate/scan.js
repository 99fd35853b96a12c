// @ts-check
// P3a
import { el } from '../dom.js';
import { diversion, explain } from '../failures.js';
import { Problem } from '../http.js';
import { actionForm } from '../parts/actions.js';
import { createAlert, createStatus } from '../parts/alert.js';
import { textField } from '../parts/text-field.js';
import { readQrText } from '../qr-text.js';
import { t } from '../texts.js';
import { NoDecoder, qrTexts } from './camera.js';
import { present } from './journey.js';

/** @type {import('../router.js').Screen} */
export function scan(visit) {
  const alert = createAlert();
  const status = createStatus();
  const video = el('video', { playsinline: true, muted: true, 'aria-label': t.scan.camera });
  const frame = el('div', { class: 'camera' }, video, el('div', { class: 'camera-frame', 'aria-hidden': 'true' }));
  const typed = typing(visit);

  look(visit, video, status, alert).catch((error) => {
    if (visit.signal.aborted) return;
    frame.hidden = true;
    typed.open = true;
    status.say('');
    alert.say(cameraFailure(error));
  });
  return { title: t.scan.title, lead: t.scan.lead, back: 'choisir', body: [frame, status.element, alert.element, typed] };
}

/**
 * Scans until a request of this site was accepted; a refused QR code is not sent again.
 * @param {import('../router.js').Visit} visit
 * @param {HTMLVideoElement} video
 * @param {import('../parts/alert.js').Status} status
 * @param {import('../parts/alert.js').Alert} alert
 */
async function look(visit, video, status, alert) {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('', 'NotFoundError');
  status.say(t.scan.starting);
  const refused = new Set();
  video.addEventListener('playing', () => status.say(t.scan.searching), { once: true });
  for await (const text of qrTexts(video, visit.signal)) {
    if (refused.has(text)) continue;
    refused.add(text);
    alert.clear();
    status.say(t.scan.found);
    try {
      return visit.replace(await presentText(text));
    } catch (error) {
      const route = await diversion(error);
      if (route) return visit.replace(route);
      // There was no response, so the same QR code can be sent again.
      if (!(error instanceof Problem) && !(error instanceof NotARequest)) refused.delete(text);
      alert.say(explainScan(error));
      status.say(t.scan.searching);
    }
  }
}

/** @param {import('../router.js').Visit} visit */
function typing(visit) {
  const alert = createAlert();
  const field = textField({
    label: t.scan.typed,
    hint: t.scan.typedHint,
    input: { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', required: true },
  });
  const form = actionForm({
    visit,
    alert,
    submit: t.app.continue,
    fields: [field.element],
    action: async () => {
      try {
        visit.replace(await presentText(field.input.value));
      } catch (error) {
        if (!(error instanceof NotARequest) && !isRefusedScan(error)) throw error;
        field.refuse(explainScan(error));
      }
    },
  });
  return el('details', { class: 'fold' }, el('summary', {}, t.scan.type), form);
}

/** The text is not an activation request of this site. */
class NotARequest extends Error {}

/** @param {string} text */
function presentText(text) {
  const read = readQrText(text, location.origin);
  if (read.kind === 'elsewhere') throw new NotARequest(t.scan.elsewhere(read.host));
  if (read.kind === 'other') throw new NotARequest(t.scan.other);
  return present(read.secret);
}

/** @param {unknown} error */
const isRefusedScan = (error) => error instanceof Problem && ['invalid_grant', 'expired_token'].includes(error.code);

/** @param {unknown} error */
export function explainScan(error) {
  if (error instanceof NotARequest) return error.message;
  // A replaced request is unknown as well: the server keeps nothing of it.
  if (isRefusedScan(error)) return t.scan.over;
  return explain(error);
}

/** @param {unknown} error */
function cameraFailure(error) {
  if (error instanceof NoDecoder) return t.scan.noDecoder;
  if (!(error instanceof DOMException)) return explain(error);
  if (['NotAllowedError', 'SecurityError'].includes(error.name)) return t.scan.refused;
  return error.name === 'NotReadableError' ? t.scan.busy : t.scan.noCamera;
}
