// @ts-check
import { el } from '../dom.js';

/**
 * Digits to copy: large, in groups, read out one by one.
 * @param {string} text
 * @param {number} [group]
 */
export const digits = (text, group = 3) =>
  el('p', { class: 'digits' },
    el('span', { class: 'unseen' }, [...text].join(', ')),
    el('span', { 'aria-hidden': 'true' }, (text.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('\u2009\u2009')));
