// @ts-check
import { el, newId } from '../dom.js';
import { fieldError } from './field-error.js';

/**
 * @param {object} of
 * @param {string} of.label
 * @param {string} [of.hint]
 * @param {Record<string, string | number | boolean>} of.input attributes of the input
 */
export function textField({ label, hint, input: attributes }) {
  const id = newId();
  const input = el('input', { class: 'input', id, 'aria-describedby': hint ? `${id}h` : undefined, ...attributes });
  const error = fieldError(input);
  return {
    element: el('div', { class: 'field' },
      el('label', { for: id }, label),
      hint && el('p', { class: 'hint', id: `${id}h` }, hint),
      input,
      error.element),
    input,
    refuse: error.refuse,
  };
}
