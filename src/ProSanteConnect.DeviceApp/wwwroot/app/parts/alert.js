// @ts-check
import { el, fill } from '../dom.js';

/** An element for errors (role alert): screen readers announce them at once. */
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

/** An element for progress (role status): screen readers announce it when idle. */
export function createStatus() {
  const element = el('p', { class: 'status', role: 'status' });
  return {
    element,
    /** @param {string} text */
    say: (text) => fill(element, text),
  };
}

/** @typedef {ReturnType<typeof createStatus>} Status */
