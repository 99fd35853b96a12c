// @ts-check
// P8: the PIN, the key of the phone, and the call that activates the e-CPS.
import { activation as activationState, enrol, enrolmentOptions } from '../api.js';
import { keepDevice, operatingSystem, suggestedName } from '../device.js';
import { el } from '../dom.js';
import { Problem } from '../http.js';
import { actionForm } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { digitField } from '../parts/digit-field.js';
import { textField } from '../parts/text-field.js';
import { isTrivial } from '../pin-policy.js';
import { forget, read } from '../store.js';
import { t } from '../texts.js';
import { version } from '../version.js';
import { createKey } from '../webauthn.js';
import { acceptedVersion } from './conditions.js';
import { nextStep, runningActivation } from './journey.js';

/** @typedef {{ ceremony: string, credential: unknown }} Key */

/** @type {import('../router.js').Screen} */
export async function choosePin(visit) {
  const running = await runningActivation();
  const token = running.enrolmentToken;
  if (!token || !(await read('conditions'))) {
    visit.replace((await nextStep()) ?? 'bienvenue');
    return { title: t.pin.title, body: [] };
  }
  const { pinLength } = await activationState(token, visit.signal);
  const alert = createAlert();
  const name = textField({ label: t.pin.deviceName, hint: t.pin.deviceNameHint, input: { type: 'text', maxlength: 60, autocomplete: 'off', value: await suggestedName() } });
  const first = digitField({ label: t.pin.choose, hint: t.pin.simpleHint, length: pinLength, secret: true, onfull: () => second.input.focus() });
  const second = digitField({ label: t.pin.confirm, length: pinLength, secret: true });
  /** @type {Key | undefined} kept after a refused PIN, which consumes nothing */
  let key;

  const form = actionForm({
    visit,
    alert,
    submit: t.pin.finish,
    fields: [first.element, second.element],
    asides: [el('p', { class: 'soft small' }, t.pin.keyNext)],
    others: [el('details', { class: 'fold' }, el('summary', {}, t.pin.named(name.input.value)), name.element)],
    action: activate,
  });
  return { title: t.pin.title, lead: t.pin.lead(pinLength), step: running.mode === 'card' ? undefined : 4, body: [form] };

  async function activate() {
    if (!first.full) return refuse(t.pin.malformed(pinLength), first);
    if (isTrivial(first.input.value)) return refuse(t.pin.simple, first);
    if (first.input.value !== second.input.value) return refuse(t.pin.different, second);
    const deviceName = name.input.value.trim() || (await suggestedName());
    const reused = key;
    try {
      key ??= await makeKey(deviceName);
      await finish(key, deviceName);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422) throw error;
      if (error.code === 'pin-too-simple') return refuse(t.pin.simple, first);
      if (error.code === 'pin-malformed') return refuse(t.pin.malformed(pinLength), first);
      key = undefined;
      // The ceremony of the kept key has expired: a new key is created.
      if (reused) return activate();
      alert.say(t.pin.refused);
    }
  }

  /** @param {string} deviceName @returns {Promise<Key>} */
  async function makeKey(deviceName) {
    const { ceremony, publicKey } = await enrolmentOptions(/** @type {string} */ (token), deviceName);
    return { ceremony, credential: await createKey(publicKey) };
  }

  /** @param {Key} made @param {string} deviceName */
  async function finish(made, deviceName) {
    const enrolled = await enrol(/** @type {string} */ (token), {
      ...made,
      pin: first.input.value,
      deviceName,
      operatingSystem: operatingSystem(navigator.userAgent),
      appVersion: version,
      conditionsVersion: (await acceptedVersion()) ?? '',
    });
    await keepDevice(enrolled);
    // The next activation requires the conditions to be accepted again.
    await forget('activation', 'inactive', 'qr', 'mailRequest', 'conditions');
    // Asks the browser not to evict the storage when space is short.
    navigator.storage?.persist?.().catch(() => undefined);
    visit.replace('fin');
  }

  /** @param {string} why @param {import('../parts/digit-field.js').DigitField} field */
  function refuse(why, field) {
    if (field === first) first.clear();
    second.clear();
    field.refuse(why);
  }
}
