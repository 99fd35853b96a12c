// @ts-check
// A field of digit boxes: one input lies over boxes that mirror it, so that paste, autofill and screen readers work.
import { el, fill, newId, set } from '../dom.js';
import { fieldError } from './field-error.js';

/**
 * @param {object} of
 * @param {string} of.label
 * @param {number} of.length
 * @param {string} [of.hint]
 * @param {boolean} [of.secret] shows dots
 * @param {string} [of.autocomplete]
 * @param {() => void} [of.onfull]
 */
export function digitField({ label, length, hint, secret = false, autocomplete = 'off', onfull }) {
  const id = newId();
  const boxes = Array.from({ length }, () => el('span', { class: 'box' }));
  const input = el('input', {
    id,
    class: 'boxes-input',
    type: secret ? 'password' : 'text',
    inputmode: 'numeric',
    pattern: '[0-9]*',
    maxlength: length,
    autocomplete,
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': hint ? `${id}h` : undefined,
    oninput: changed,
    onpaste: pasted,
    onfocus: mirror,
    onblur: mirror,
    onkeyup: mirror,
    onclick: () => input.setSelectionRange(input.value.length, input.value.length),
  });

  function changed() {
    const digits = input.value.replace(/\D/g, '').slice(0, length);
    if (digits !== input.value) input.value = digits;
    mirror();
    if (digits.length === length) onfull?.();
  }

  // A pasted "123 456" is longer than maxlength; without this handler its last digit would be lost.
  function pasted(/** @type {ClipboardEvent} */ event) {
    event.preventDefault();
    input.value = event.clipboardData?.getData('text') ?? '';
    input.dispatchEvent(new Event('input'));
  }

  function mirror() {
    const focused = document.activeElement === input;
    boxes.forEach((box, index) => {
      const digit = input.value[index];
      fill(box, digit === undefined ? '' : secret ? '●' : digit);
      set(box, 'data-current', focused && index === Math.min(input.value.length, length - 1));
    });
  }

  const error = fieldError(input);
  return {
    element: el('div', { class: 'field' },
      el('label', { for: id }, label),
      hint && el('p', { class: 'hint', id: `${id}h` }, hint),
      el('div', { class: `boxes${length > 4 ? ' boxes-six' : ''}` }, el('div', { class: 'boxes-row', 'aria-hidden': 'true' }, ...boxes), input),
      error.element),
    input,
    get value() {
      return input.value;
    },
    get full() {
      return input.value.length === length;
    },
    clear() {
      input.value = '';
      mirror();
    },
    refuse: error.refuse,
  };
}

/** @typedef {ReturnType<typeof digitField>} DigitField */
