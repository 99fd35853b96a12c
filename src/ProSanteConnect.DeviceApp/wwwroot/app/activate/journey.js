// @ts-check
// The current step of a running activation, restored after closing, reloading or losing the network.
import { pair } from '../api.js';
import { suggestedName } from '../device.js';
import { divert } from '../failures.js';
import { forget, read, write } from '../store.js';

/** The lifetime of a mailed QR code: one hour, in milliseconds. */
const mailLifetime = 60 * 60 * 1000;

/**
 * The next screen of the activation; undefined when none is running.
 * @returns {Promise<string | undefined>}
 */
export async function nextStep() {
  const activation = await read('activation');
  if (activation?.enrolmentToken) return (await read('conditions')) ? 'pin' : 'conditions?puis=pin';
  if (activation) return activation.mode === 'card' ? 'code' : 'sms';
  if (await read('qr')) return 'verifier';
  const mail = await read('mailRequest');
  return mail && Date.now() - mail.at < mailLifetime ? 'demande-envoyee' : undefined;
}

/** The running activation; without one, diverts to another screen. */
export async function runningActivation() {
  return (await read('activation')) ?? divert((await nextStep()) ?? 'bienvenue');
}

/**
 * Sends the QR code and stores the activation.
 * @param {string} secret
 * @returns {Promise<string>} the next screen
 */
export async function present(secret) {
  const pairing = await pair(secret, await suggestedName());
  await write('activation', {
    mode: pairing.activation_mode,
    pairingToken: pairing.access_token,
    holder: pairing.holder,
    pairingCode: pairing.pairing_code,
    codeExpiresAt: pairing.code_expires_in === undefined ? undefined : Date.now() + pairing.code_expires_in * 1000,
    interval: pairing.interval ?? 2,
    maskedPhone: pairing.masked_phone,
  });
  await forget('qr', 'mailRequest');
  return pairing.activation_mode === 'card' ? 'code' : 'sms';
}

/** Deletes the running activation on this phone; on the server it expires. */
export const abandon = () => forget('activation', 'qr', 'mailRequest');
