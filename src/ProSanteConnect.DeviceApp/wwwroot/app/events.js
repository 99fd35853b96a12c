// @ts-check
// Events from the server: by event stream, or by polling when the stream is not available.
import { base, eCps, requests } from './api.js';
import { EventParser } from './event-parser.js';
import { Offline, Problem, problemOf } from './http.js';

/** The server sends a heartbeat every 15 s; after 40 s without data the connection counts as lost. */
const silence = 40_000;
const pollEvery = 5_000;
const streamTriesBeforePolling = 2;

/** @typedef {'connecting' | 'live' | 'polling' | 'offline'} LineState */

/**
 * @typedef {object} Listener
 * @property {(requests: Contract.ApprovalRequest[]) => void} [requests]
 * @property {(eCps: Contract.ECps | Contract.Inactive) => void} [eCps]
 * @property {(state: LineState) => void} [state]
 * @property {(problem: Problem) => void} refused the token is no longer valid; no further call follows
 */

/**
 * Follows the holder's requests until the signal is aborted.
 * @param {string} token
 * @param {AbortSignal} signal
 * @param {Listener} listener
 */
export async function follow(token, signal, listener) {
  let failures = 0;
  listener.state?.('connecting');
  while (!signal.aborted) {
    let wait = 2000;
    try {
      wait = await stream(token, signal, listener, () => { failures = 0; });
    } catch (error) {
      if (refuses(error)) return listener.refused(/** @type {Problem} */ (error));
    }
    if (signal.aborted) return;
    failures += 1;
    try {
      if (failures > streamTriesBeforePolling) wait = await poll(token, signal, listener);
    } catch (error) {
      if (signal.aborted) return;
      if (refuses(error)) return listener.refused(/** @type {Problem} */ (error));
      listener.state?.('offline');
    }
    if (!navigator.onLine) listener.state?.('offline');
    await rest(wait, signal);
  }
}

/** @param {unknown} error */
const refuses = (error) => error instanceof Problem && (error.status === 401 || error.code === 'e-cps-inactive');

/**
 * @param {string} token
 * @param {AbortSignal} signal
 * @param {Listener} listener
 * @param {() => void} alive
 * @returns {Promise<number>} milliseconds to wait before the next attempt
 */
async function stream(token, signal, listener, alive) {
  const line = new AbortController();
  const close = () => line.abort();
  let heardAt = Date.now();
  const watch = setInterval(() => Date.now() - heardAt > silence && close(), 5_000);
  // After the phone was asleep, the connection may be lost without an error.
  const wake = () => document.visibilityState === 'visible' && Date.now() - heardAt > 20_000 && close();
  signal.addEventListener('abort', close);
  addEventListener('offline', close);
  document.addEventListener('visibilitychange', wake);
  try {
    const response = await fetch(`${base}/events`, {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      signal: line.signal,
    });
    if (!response.ok) throw await problemOf(response);
    if (!response.body) throw new Offline();

    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parser.retry;
      heardAt = Date.now();
      alive();
      listener.state?.('live');
      for (const { event, data } of parser.push(value)) tell(listener, event, JSON.parse(data));
    }
  } finally {
    clearInterval(watch);
    close();
    signal.removeEventListener('abort', close);
    removeEventListener('offline', close);
    document.removeEventListener('visibilitychange', wake);
  }
}

/**
 * @param {Listener} listener
 * @param {string} event
 * @param {any} data
 */
function tell(listener, event, data) {
  if (event === 'requests') listener.requests?.(Array.isArray(data) ? data : data.requests);
  if (event === 'e-cps') listener.eCps?.(data);
}

/**
 * @param {string} token
 * @param {AbortSignal} signal
 * @param {Listener} listener
 */
async function poll(token, signal, listener) {
  const [waiting, holder] = await Promise.all([requests(token, signal), eCps(token, signal)]);
  listener.state?.('polling');
  listener.eCps?.(holder);
  listener.requests?.(waiting.requests);
  return pollEvery;
}

/**
 * Waits, and ends early when the network or the user returns.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener('online', over);
      document.removeEventListener('visibilitychange', over);
      signal.removeEventListener('abort', over);
      resolve(undefined);
    };
    const timer = setTimeout(over, milliseconds);
    addEventListener('online', over);
    document.addEventListener('visibilitychange', over);
    signal.addEventListener('abort', over);
  });
}
