// @ts-check
// Builds elements, never markup: text from elsewhere can only ever be text.
import { typeset } from './texts.js';

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Property */

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * el('button', { class: 'button', type: 'button', onclick: leave }, t.app.cancel)
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Property>} [properties] `on…` listens, true and false set or omit an attribute, the rest are attributes
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  element.append(...nodes(children));
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function set(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {Node[]}
 */
function nodes(children) {
  return children.flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : words(typeset(String(child)))));
}

/**
 * A text as one node, for a button is a row of its children; no line ends at the hyphen of e-CPS.
 * @param {string} text
 */
function words(text) {
  if (!text.includes('e-CPS')) return document.createTextNode(text);

  const whole = document.createElement('span');
  whole.append(...text.split(/(e-CPS)/).map((part) => (part === 'e-CPS' ? unbroken(part) : part)));
  return whole;
}

/** @param {string} text */
const unbroken = (text) => Object.assign(document.createElement('span'), { className: 'unbroken', textContent: text });

/**
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export const fill = (element, ...children) => element.replaceChildren(...nodes(children));

/**
 * A picture that stands beside words which say the same.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS(svgNamespace, 'svg');
  for (const [name, value] of Object.entries({ class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' })) svg.setAttribute(name, value);
  const shape = document.createElementNS(svgNamespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

let last = 0;

/** An id that no other element of the page has. */
export const newId = () => `e${++last}`;
