// @ts-check

/**
 * @typedef {{ kind: 'request', secret: string } | { kind: 'elsewhere', host: string } | { kind: 'other' }} QrText
 */

const secretForm = /^[A-Za-z0-9_-]{16,256}$/;

/**
 * Tells what a QR code, a pasted link or a typed code is: an activation request of this site, of another one, or neither.
 * @param {string} text
 * @param {string} here the origin of this application
 * @returns {QrText}
 */
export function readQrText(text, here) {
  const bare = text.replace(/\s+/g, '');
  if (secretForm.test(bare)) return { kind: 'request', secret: bare };
  if (!URL.canParse(bare)) return { kind: 'other' };

  const address = new URL(bare);
  const secret = new URLSearchParams(address.hash.slice(1)).get('qr') ?? '';
  if (!/^https?:$/.test(address.protocol) || !address.pathname.endsWith('/app/') || !secretForm.test(secret)) return { kind: 'other' };
  // The key of the phone belongs to one site: a request of another one could not be finished here.
  return address.origin === here ? { kind: 'request', secret } : { kind: 'elsewhere', host: address.host };
}
