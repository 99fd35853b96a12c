// @ts-check
// The frame of every screen: the tabs, and notices that can appear at any time.
import { el, fill, icon } from './dom.js';
import { icons } from './icons.js';
import { language, t } from './texts.js';

/** @param {string} selector */
const place = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** Sets the language of the page and returns the elements that screens fill. */
export function frame() {
  document.documentElement.lang = language;
  const tabs = place('#onglets');
  tabs.setAttribute('aria-label', t.app.tabs);
  fill(tabs,
    tab('accueil', icons.home, t.app.home),
    tab('historique', icons.history, t.app.history),
    tab('parametres', icons.settings, t.app.settings));
  return { page: place('#page'), header: place('#entete'), main: place('main'), tabs };
}

/** @param {string} route @param {string} picture @param {string} text */
const tab = (route, picture, text) => el('a', { href: `#${route}` }, icon(picture), el('span', {}, text));

/** Shows a notice while the network is unavailable. */
export function watchNetwork() {
  const notice = place('#hors-ligne');
  const tell = () => fill(notice, navigator.onLine ? null : [icon(icons.offline), el('span', {}, t.app.offline)]);
  addEventListener('online', tell);
  addEventListener('offline', tell);
  tell();
}

/**
 * @param {() => void} update
 */
export function offerUpdate(update) {
  fill(place('#mise-a-jour'),
    el('span', {}, t.app.updateReady),
    el('button', { class: 'button button-small button-quiet', type: 'button', onclick: update }, t.app.update));
}
