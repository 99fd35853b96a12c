// @ts-check
// Shows whose activation a link is, from the mail or the phone's camera app. Opening it consumes nothing.
import { inspect } from '../api.js';
import { el } from '../dom.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionButton, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { sign } from '../parts/sign.js';
import { forget, read } from '../store.js';
import { t, time } from '../texts.js';
import { nextStep, present } from './journey.js';
import { explainScan } from './scan.js';

/** @type {import('../router.js').Screen} */
export async function inspectLink(visit) {
  const kept = await read('qr');
  if (!kept) {
    visit.replace((await nextStep()) ?? 'bienvenue');
    return { title: t.inspect.title, body: [] };
  }
  try {
    return shown(visit, kept.secret, await inspect(kept.secret), Boolean(await read('device')));
  } catch (error) {
    if (!(error instanceof Problem) || ![404, 410].includes(error.status)) throw error;
    await forget('qr');
    return closed(error.status === 410 ? t.inspect.over : t.inspect.unknown);
  }
}

/**
 * @param {import('../router.js').Visit} visit
 * @param {string} secret
 * @param {Contract.Inspection} inspection
 * @param {boolean} replaces
 * @returns {import('../router.js').Content}
 */
function shown(visit, secret, { mode, holder, expiresAt }, replaces) {
  const alert = createAlert();
  const send = async () => {
    try {
      visit.replace(await present(secret));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error;
      await forget('qr');
      alert.say(explainScan(error));
    }
  };
  return {
    title: t.inspect.title,
    step: mode === 'card' ? undefined : 2,
    sign: sign(mode === 'card' ? icons.card : icons.mail),
    body: [
      el('div', { class: 'panel whose' },
        el('p', { class: 'soft' }, t.inspect.whose),
        el('p', { class: 'name' }, holder),
        el('p', { class: 'soft' }, t.inspect.validUntil(time(expiresAt)))),
      el('p', {}, mode === 'card' ? t.inspect.card : t.inspect.contact),
      replaces && el('p', { class: 'notice' }, t.inspect.replaces),
      alert.element,
      el('div', { class: 'actions' },
        actionButton({ visit, alert, kind: 'button-large', text: mode === 'card' ? t.app.continue : t.inspect.send, action: send }),
        el('button', { class: 'button button-plain', type: 'button', onclick: () => forget('qr').then(() => visit.replace('')) }, t.inspect.notMine)),
    ],
  };
}

/** @param {string} why @returns {import('../router.js').Content} */
const closed = (why) => ({
  title: t.inspect.title,
  sign: sign(icons.stop, 'stop'),
  body: [
    el('p', { role: 'alert' }, why),
    el('div', { class: 'actions' },
      linkButton(t.choose.scan, 'scanner', 'button-large'),
      linkButton(t.choose.request, 'demander', 'button-large button-quiet')),
  ],
});
