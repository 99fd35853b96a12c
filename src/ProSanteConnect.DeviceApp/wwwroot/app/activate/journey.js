// @ts-check
// Where a running activation stands: each waiting state is found again after closing, reloading or losing the network.
import { pair } from '../api.js';
import { suggestedName } from '../device.js';
import { divert } from '../failures.js';
import { forget, read, write } from '../store.js';

/** A mailed QR code lives for one hour; after that there is nothing left to wait for. */
const mailLifetime = 60 * 60 * 1000;

/**
 * The screen that comes next in the activation; nothing when none is running.
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

/** The running activation, or the screen that belongs here instead. */
export async function runningActivation() {
  return (await read('activation')) ?? divert((await nextStep()) ?? 'bienvenue');
}

/**
 * Presents the QR code and notes the activation that it opened.
 * @param {string} secret
 * @returns {Promise<string>} the screen that comes next
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

/** Forgets the running activation on this phone; the server's own ends by itself. */
export const abandon = () => forget('activation', 'qr', 'mailRequest');
