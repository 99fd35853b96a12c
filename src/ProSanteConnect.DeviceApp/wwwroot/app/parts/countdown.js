// @ts-check
import { el, fill } from '../dom.js';
import { t } from '../texts.js';

/**
 * The remaining time as text and as a bar; announced every half minute and at the end.
 * @param {object} of
 * @param {number} of.until milliseconds since 1970
 * @param {number} of.whole milliseconds of the full bar
 * @param {AbortSignal} of.signal
 * @param {() => void} of.over
 */
export function countdown({ until, whole, signal, over }) {
  const seen = el('span', { 'aria-hidden': 'true' });
  const read = el('span', { class: 'unseen', role: 'timer', 'aria-live': 'polite' });
  const bar = el('span', { class: 'bar-left' });
  let told = -1;

  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    const [minutes, seconds] = [Math.floor(left / 60), left % 60];
    fill(seen, left === 0 ? t.time.over : t.time.left(minutes, seconds));
    bar.style.setProperty('inline-size', `${Math.min(100, (left * 100_000) / whole)}%`);
    const half = Math.ceil(left / 30);
    if (half !== told) fill(read, left === 0 ? t.time.over : t.time.leftRead(minutes, seconds));
    told = half;
    if (left > 0) return;
    clearInterval(timer);
    if (!signal.aborted) over();
  };
  const timer = setInterval(tick, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  tick();
  return el('div', { class: 'countdown' }, el('p', {}, seen, read), el('div', { class: 'bar', 'aria-hidden': 'true' }, bar));
}

/**
 * Waits; rejects when the screen is left first.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
export const wait = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    }, { once: true });
  });
