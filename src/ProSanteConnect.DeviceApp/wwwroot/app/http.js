// @ts-check
// The HTTP client: responses are JSON, errors are Problems, a missing response is Offline.

import { language } from './texts.js';

const patience = 15_000;
const pauses = [500, 1500];

/** An error response: an RFC 9457 problem, or an OAuth error of the token endpoint. */
export class Problem extends Error {
  /**
   * @param {string} code the last segment of the problem's type, or the OAuth error code
   * @param {number} status
   * @param {Record<string, any>} members the other members of the response
   * @param {number} [retryAfter] seconds
   */
  constructor(code, status, members, retryAfter) {
    super(`${status} ${code}`);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.members = members;
    this.retryAfter = retryAfter;
  }

  /** A sentence to show, in the language of the app. */
  get detail() {
    const { detail, error_description: description } = this.members;
    return typeof detail === 'string' ? detail : typeof description === 'string' ? description : undefined;
  }

  get incident() {
    const { incident, traceId } = this.members;
    return typeof incident === 'string' ? incident : typeof traceId === 'string' ? traceId : undefined;
  }
}

/** No response: the network or the server is unavailable. */
export class Offline extends Error {
  constructor() {
    super('no answer');
    this.name = 'Offline';
  }
}

/**
 * @typedef {object} Request
 * @property {'GET' | 'POST' | 'PUT' | 'DELETE'} [method]
 * @property {string} [token] sent as Bearer
 * @property {object} [json]
 * @property {Record<string, string>} [form]
 * @property {AbortSignal} [signal]
 */

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
export async function problemOf(response) {
  /** @type {Record<string, any>} */
  const members = await response.json().catch(() => ({}));
  const type = typeof members.type === 'string' ? members.type.match(/^urn:prosanteconnect:problem:(.+)$/)?.[1] : undefined;
  const code = type ?? (typeof members.error === 'string' ? members.error : `http-${response.status}`);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Problem(code, response.status, members, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

/**
 * @param {string} address
 * @param {Request} request
 */
async function once(address, { method = 'GET', token, json, form, signal }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json', 'Accept-Language': language };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json) headers['Content-Type'] = 'application/json';

  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  const leave = () => limit.abort();
  signal?.addEventListener('abort', leave);
  try {
    const response = await fetch(address, {
      method,
      headers,
      body: json ? JSON.stringify(json) : form ? new URLSearchParams(form) : undefined,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: limit.signal,
    });
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? undefined : await response.json();
  } catch (error) {
    if (error instanceof Problem) throw error;
    signal?.throwIfAborted();
    throw new Offline();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** @param {unknown} error */
const mayPass = (error) => error instanceof Offline || (error instanceof Problem && [502, 503, 504].includes(error.status));

/**
 * Sends a request. Retries it only if it reads: without a response, a request that changes something may still have arrived.
 * @param {string} address
 * @param {Request} [request]
 * @returns {Promise<any>}
 */
export async function send(address, request = {}) {
  const tries = (request.method ?? 'GET') === 'GET' ? pauses : [];
  for (const wait of tries) {
    try {
      return await once(address, request);
    } catch (error) {
      if (!mayPass(error)) throw error;
      await pause(wait);
      request.signal?.throwIfAborted();
    }
  }
  return once(address, request);
}
