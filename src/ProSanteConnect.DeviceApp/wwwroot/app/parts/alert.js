// @ts-check
import { el, fill } from '../dom.js';

/** A place for errors: empty until there is one, then read out at once. */
export function createAlert() {
  const element = el('p', { class: 'alert', role: 'alert' });
  return {
    element,
    /** @param {string} text */
    say: (text) => fill(element, text),
    clear: () => fill(element),
  };
}

/** @typedef {ReturnType<typeof createAlert>} Alert */

/** A place for what is going on: read out when there is nothing more urgent. */
export function createStatus() {
  const element = el('p', { class: 'status', role: 'status' });
  return {
    element,
    /** @param {string} text */
    say: (text) => fill(element, text),
  };
}

/** @typedef {ReturnType<typeof createStatus>} Status */
