// @ts-check
// The phone's key (WebAuthn): creation and signatures. Uses the browser's JSON methods where they exist.
import { decode, encode } from './base64url.js';

/** The user did not confirm, or the ceremony timed out. */
export class KeyRefused extends Error {
  constructor() {
    super('not confirmed');
    this.name = 'KeyRefused';
  }
}

export const hasKeys = () => typeof PublicKeyCredential === 'function' && Boolean(navigator.credentials?.create);

/**
 * @param {PublicKeyCredentialCreationOptionsJSON} options
 * @returns {Promise<unknown>} a RegistrationResponseJSON
 */
export async function createKey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? readCreation(options);
  return write(await ask(() => navigator.credentials.create({ publicKey })));
}

/**
 * @param {PublicKeyCredentialRequestOptionsJSON} options
 * @returns {Promise<unknown>} an AuthenticationResponseJSON
 */
export async function sign(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? readRequest(options);
  return write(await ask(() => navigator.credentials.get({ publicKey })));
}

/**
 * @param {() => Promise<Credential | null>} ceremony
 * @returns {Promise<PublicKeyCredential>}
 */
async function ask(ceremony) {
  try {
    const credential = await ceremony();
    if (credential) return /** @type {PublicKeyCredential} */ (credential);
  } catch (error) {
    if (!(error instanceof DOMException) || !['NotAllowedError', 'AbortError'].includes(error.name)) throw error;
  }
  throw new KeyRefused();
}

/** @param {{ id: string, type: string, transports?: string[] }[]} [descriptors] */
const readDescriptors = (descriptors) => /** @type {PublicKeyCredentialDescriptor[] | undefined} */ (
  descriptors?.map((descriptor) => ({ ...descriptor, id: decode(descriptor.id) })));

/**
 * @param {PublicKeyCredentialCreationOptionsJSON} options
 * @returns {PublicKeyCredentialCreationOptions}
 */
export const readCreation = (options) => /** @type {PublicKeyCredentialCreationOptions} */ ({
  ...options,
  challenge: decode(options.challenge),
  user: { ...options.user, id: decode(options.user.id) },
  excludeCredentials: readDescriptors(options.excludeCredentials),
});

/**
 * @param {PublicKeyCredentialRequestOptionsJSON} options
 * @returns {PublicKeyCredentialRequestOptions}
 */
export const readRequest = (options) => /** @type {PublicKeyCredentialRequestOptions} */ ({
  ...options,
  challenge: decode(options.challenge),
  allowCredentials: readDescriptors(options.allowCredentials),
});

/** @param {PublicKeyCredential} credential */
function write(credential) {
  if (typeof credential.toJSON === 'function') return credential.toJSON();
  return writeCredential(credential);
}

/** @param {PublicKeyCredential} credential */
export function writeCredential(credential) {
  const response = /** @type {AuthenticatorAttestationResponse & AuthenticatorAssertionResponse} */ (credential.response);
  const common = {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
  const clientDataJSON = encode(response.clientDataJSON);
  if (response.attestationObject) {
    const attestationObject = encode(response.attestationObject);
    return { ...common, response: { clientDataJSON, attestationObject, transports: response.getTransports?.() ?? [] } };
  }
  return {
    ...common,
    response: {
      clientDataJSON,
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: response.userHandle ? encode(response.userHandle) : undefined,
    },
  };
}
