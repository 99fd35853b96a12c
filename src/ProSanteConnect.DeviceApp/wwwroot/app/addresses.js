// @ts-check

/** @typedef {{ kind: 'qr', secret: string } | { kind: 'request', id: string, sameDevice: boolean }} Address */

/**
 * Reads the addresses made outside the app: `/app/#qr=<secret>` in a QR code or a mail, `/app/#demande=<id>` in a notification, and with
 * `&retour=1` on the sign-in page of the same phone.
 * @param {string} hash with its #
 * @returns {Address | undefined} undefined for a route of the app itself
 */
export function readAddress(hash) {
  const fields = new URLSearchParams(hash.slice(1));
  const secret = fields.get('qr');
  if (secret) return { kind: 'qr', secret };
  const id = fields.get('demande');
  if (id) return { kind: 'request', id, sameDevice: fields.get('retour') === '1' };
  return undefined;
}

/**
 * The route of the app for a request.
 * @param {string} id
 * @param {boolean} [sameDevice]
 */
export const requestRoute = (id, sameDevice = false) => `demande?${new URLSearchParams({ id, ...(sameDevice ? { retour: '1' } : {}) })}`;
