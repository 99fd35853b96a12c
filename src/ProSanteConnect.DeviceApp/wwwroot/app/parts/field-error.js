// @ts-check
import { el, fill, set } from '../dom.js';

/**
 * The error of one field, below it and part of its description; it goes when the field changes.
 * @param {HTMLInputElement} input
 */
export function fieldError(input) {
  const element = el('p', { class: 'alert', id: `${input.id}e`, role: 'alert' });
  const hint = input.getAttribute('aria-describedby');
  const clear = () => {
    fill(element);
    input.removeAttribute('aria-invalid');
    set(input, 'aria-describedby', hint);
  };
  input.addEventListener('input', clear);
  return {
    element,
    /**
     * Says what is wrong, marks the field as invalid and focuses it.
     * @param {string} why
     */
    refuse(why) {
      fill(element, why);
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', [element.id, hint].filter(Boolean).join(' '));
      input.focus();
    },
  };
}
