// @ts-check
// P3
import { el, icon } from '../dom.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export function choose() {
  return {
    title: t.choose.title,
    back: 'bienvenue',
    body: [
      way(icons.card, t.choose.withCard, t.choose.withCardHint, linkButton(t.choose.scan, 'scanner', 'button-large', icon(icons.scan))),
      way(icons.mail, t.choose.withoutCard, t.choose.withoutCardHint, linkButton(t.choose.request, 'demander', 'button-large button-quiet')),
    ],
  };
}

/**
 * @param {string} picture
 * @param {string} title
 * @param {string} hint
 * @param {HTMLElement} action
 */
const way = (picture, title, hint, action) =>
  el('section', { class: 'panel way' }, el('div', { class: 'way-head' }, icon(picture), el('h2', {}, title)), el('p', { class: 'soft' }, hint), action);
