// @ts-check
// Buttons and forms that run one action at a time and show its failure.
import { el, set } from '../dom.js';
import { diversion, explain } from '../failures.js';

/** @typedef {import('../router.js').Visit} Visit */
/** @typedef {import('./alert.js').Alert} Alert */

/**
 * @param {Visit} visit
 * @param {Alert} alert
 * @param {HTMLButtonElement} button marked busy while the action runs; it keeps the focus
 * @param {() => Promise<void>} action
 */
async function run(visit, alert, button, action) {
  const scope = button.closest('main') ?? document.body;
  if (scope.hasAttribute('data-running')) return;
  const buttons = [...scope.querySelectorAll('button')];
  scope.setAttribute('data-running', '');
  for (const each of buttons) set(each, 'aria-disabled', 'true');
  set(button, 'data-busy', true);
  alert.clear();
  try {
    await action();
  } catch (error) {
    if (visit.signal.aborted) return;
    const route = await diversion(error);
    if (route) visit.replace(route);
    else alert.say(explain(error));
  } finally {
    scope.removeAttribute('data-running');
    for (const each of buttons) set(each, 'aria-disabled', false);
    set(button, 'data-busy', false);
  }
}

/**
 * @param {object} of
 * @param {string} of.text
 * @param {Visit} of.visit
 * @param {Alert} of.alert
 * @param {() => Promise<void>} of.action
 * @param {string} [of.kind] further classes: button-quiet, button-danger, button-large
 * @param {SVGSVGElement} [of.picture]
 */
export function actionButton({ text, visit, alert, action, kind = '', picture }) {
  const button = el('button', { class: `button ${kind}`, type: 'button', onclick: () => run(visit, alert, button, action) }, picture, text);
  return button;
}

/**
 * A form; the alert follows its fields.
 * @param {object} of
 * @param {string} of.submit
 * @param {Visit} of.visit
 * @param {Alert} of.alert
 * @param {() => Promise<void>} of.action
 * @param {Node[]} of.fields
 * @param {Node[]} [of.asides] rarely changed fields and notes, before the submit button
 * @param {Node[]} [of.others] further buttons beside the submit button
 */
export function actionForm({ submit, visit, alert, action, fields, asides = [], others = [] }) {
  const button = el('button', { class: 'button button-large', type: 'submit' }, submit);
  const form = el('form', {
    class: 'form',
    novalidate: true,
    onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      run(visit, alert, button, action);
    },
  }, ...fields, alert.element, ...asides, button, ...others);
  return form;
}

/**
 * @param {string} text
 * @param {string} route
 * @param {string} [kind]
 * @param {SVGSVGElement} [picture]
 */
export const linkButton = (text, route, kind = '', picture) => el('a', { class: `button ${kind}`, href: `#${route}` }, picture, text);
