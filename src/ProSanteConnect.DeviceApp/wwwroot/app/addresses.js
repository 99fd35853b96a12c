// @ts-check

/** @typedef {{ kind: 'qr', secret: string } | { kind: 'request', id: string, sameDevice: boolean }} Address */

/**
 * The addresses that others write: `/app/#qr=<secret>` by a QR code or a mail, `/app/#demande=<id>` by a notification, and with
 * `&retour=1` by the sign-in page on the same phone.
 * @param {string} hash with its #
 * @returns {Address | undefined} nothing when it is a route of the application itself
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
 * The route of this application for a request.
 * @param {string} id
 * @param {boolean} [sameDevice]
 */
export const requestRoute = (id, sameDevice = false) => `demande?${new URLSearchParams({ id, ...(sameDevice ? { retour: '1' } : {}) })}`;
