// @ts-check
// A relying party in the browser: OpenID Connect's code flow with PKCE (RFC 7636), as a public client.

/**
 * @typedef {{ issuer: string, clientId: string, redirectUri: string }} Settings
 * @typedef {{ state: string, nonce: string, verifier: string }} Begun
 * @typedef {{ userInfo: Record<string, any>, idToken: Record<string, any> }} SignIn
 */

const memory = 'psc-essai';

/** A failed sign-in; the reason is the name of the part of the page that describes it. */
export class Failure extends Error {
  /** @param {string} reason @param {string} detail */
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

/** Sends the browser to the authorization page; requests a new sign-in (prompt=login), because the means is to be tested. @param {Settings} settings */
export async function begin(settings) {
  const { authorization_endpoint: authorize } = await discover(settings);
  const begun = { state: random(), nonce: random(), verifier: random() };
  sessionStorage.setItem(memory, JSON.stringify(begun));
  const parameters = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    response_type: 'code',
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    prompt: 'login',
    ui_locales: document.documentElement.lang,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: base64url(await sha256(begun.verifier)),
    code_challenge_method: 'S256',
  });
  location.assign(`${authorize}?${parameters}`);
}

/** Handles the authorization response. @param {Settings} settings @param {URLSearchParams} answer @returns {Promise<SignIn>} */
export async function finish(settings, answer) {
  const begun = /** @type {Begun | null} */ (JSON.parse(sessionStorage.getItem(memory) ?? 'null'));
  sessionStorage.removeItem(memory);
  // A response without a request of this tab may be a forgery (RFC 9700, section 4.7); one of another issuer, a mix-up (RFC 9207).
  if (!begun || answer.get('state') !== begun.state) throw new Failure('other-tab', 'state');
  if (answer.has('iss') && answer.get('iss') !== settings.issuer) throw new Failure('other-tab', 'iss');
  if (answer.get('error') === 'access_denied') throw new Failure('cancelled', 'access_denied');
  if (answer.has('error')) throw new Failure('refused', `${answer.get('error')}: ${answer.get('error_description') ?? ''}`);

  const endpoints = await discover(settings);
  const tokens = await json('token', ours(endpoints.token_endpoint), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: settings.clientId,
      redirect_uri: settings.redirectUri,
      code: answer.get('code') ?? '',
      code_verifier: begun.verifier,
    }),
  });
  const idToken = await verify(tokens.id_token, await json('token', ours(endpoints.jwks_uri)));
  if (idToken.iss !== settings.issuer || idToken.aud !== settings.clientId || idToken.nonce !== begun.nonce) {
    throw new Failure('token', 'iss, aud, nonce');
  }

  const userInfo = await json('userinfo', ours(endpoints.userinfo_endpoint), {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  if (userInfo.sub !== idToken.sub) throw new Failure('userinfo', 'sub');
  return { userInfo, idToken };
}

/** @param {Settings} settings */
const discover = settings => json('service', ours(`${settings.issuer}/.well-known/wallet-openid-configuration`));

/** The same path at the origin of this page, where no CORS is needed. @param {string} url */
const ours = url => new URL(url).pathname;

/** @param {string} reason @param {string} url @param {RequestInit} [request] */
async function json(reason, url, request) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { ...request, credentials: 'omit', cache: 'no-store' });
  } catch (error) {
    throw new Failure('service', `${url}: ${error}`);
  }

  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failure(response.status === 503 ? 'service' : reason, `${response.status} ${body.error ?? ''} ${body.error_description ?? ''}`);
  return body;
}

/** Verifies the signature of an ID token and returns its claims. @param {string} token @param {{ keys: any[] }} jwks @returns {Promise<Record<string, any>>} */
async function verify(token, jwks) {
  const [head, payload, signature] = token.split('.');
  const header = JSON.parse(text(head));
  const jwk = jwks.keys.find(key => key.kid === header.kid);
  if (header.alg !== 'RS256' || !jwk) throw new Failure('token', `alg ${header.alg}, kid ${header.kid}`);

  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', { kty: jwk.kty, n: jwk.n, e: jwk.e }, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${payload}`);
  if (!await crypto.subtle.verify(algorithm, key, bytes(signature), signed)) throw new Failure('token', 'signature');
  return JSON.parse(text(payload));
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** @param {string} value */
const sha256 = async value => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value)));

/** @param {Uint8Array} value */
const base64url = value => btoa(String.fromCharCode(...value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {string} value */
const bytes = value => Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));

/** @param {string} value */
const text = value => new TextDecoder().decode(bytes(value));
