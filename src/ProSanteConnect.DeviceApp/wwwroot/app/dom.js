// @ts-check
// Builds elements without markup, so that text from outside cannot become HTML.
import { typeset } from './texts.js';

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Property */

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * el('button', { class: 'button', type: 'button', onclick: leave }, t.app.cancel)
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Property>} [properties] `on…` adds a listener; true and false set or omit an attribute; others are attributes
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
 * A text as one node, because a button lays out its children in a row; the hyphen of e-CPS does not break.
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
 * A decorative picture beside a text with the same meaning.
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

/** An id that is unique on the page. */
export const newId = () => `e${++last}`;
