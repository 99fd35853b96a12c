// @ts-check

/**
 * @typedef {{ kind: 'request', secret: string } | { kind: 'elsewhere', host: string } | { kind: 'other' }} QrText
 */

const secretForm = /^[A-Za-z0-9_-]{16,256}$/;

/**
 * Classifies a QR code, a pasted link or a typed code: an activation request of this site, of another site, or neither.
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
  // The phone's key is bound to one origin, so a request of another site could not be completed here.
  return address.origin === here ? { kind: 'request', secret } : { kind: 'elsewhere', host: address.host };
}
