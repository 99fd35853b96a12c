// @ts-check
import { el, newId } from '../dom.js';

/**
 * @param {object} of
 * @param {string} of.label
 * @param {string} [of.hint]
 * @param {Record<string, string | number | boolean>} of.input attributes of the input
 */
export function textField({ label, hint, input: attributes }) {
  const id = newId();
  const input = el('input', { class: 'input', id, 'aria-describedby': hint ? `${id}h` : undefined, ...attributes });
  return {
    element: el('div', { class: 'field' },
      el('label', { for: id }, label),
      hint && el('p', { class: 'hint', id: `${id}h` }, hint),
      input),
    input,
    /** Marks the field as invalid and focuses it. */
    refuse() {
      input.setAttribute('aria-invalid', 'true');
      input.addEventListener('input', () => input.removeAttribute('aria-invalid'), { once: true });
      input.focus();
    },
  };
}
