// @ts-check
// Shows one screen at a time. The URL fragment names it, so that the back button works.
import { readAddress, requestRoute } from './addresses.js';
import { el, fill, icon, set } from './dom.js';
import { diversion, explain } from './failures.js';
import { Offline } from './http.js';
import { icons } from './icons.js';
import { write } from './store.js';
import { t } from './texts.js';

/**
 * @typedef {object} Visit
 * @property {URLSearchParams} params the query of the route
 * @property {AbortSignal} signal aborted when the screen is left
 * @property {(route: string) => void} go
 * @property {(route: string) => void} replace like go, without an entry in the history
 * @property {() => void} again builds this screen again
 * @property {(title: string) => void} retitle changes the heading of the shown screen
 */

/**
 * @typedef {object} Content
 * @property {string} title
 * @property {(Node | null | false | undefined)[]} body
 * @property {string} [lead]
 * @property {number} [step] one of the four steps of the activation by contact details; the computer counts those by card
 * @property {string} [back] the route of the previous screen, if there is one
 * @property {Node} [help] shown at the top right
 * @property {string} [tab] the route of the tab to which this screen belongs
 * @property {HTMLElement} [sign] a picture above the title
 */

/** @typedef {(visit: Visit) => Content | Promise<Content>} Screen */

const steps = 4;

/**
 * @param {Record<string, Screen>} screens by route
 * @param {{ page: HTMLElement, header: HTMLElement, main: HTMLElement, tabs: HTMLElement }} places
 * @param {() => Promise<string>} start the route for an address without one
 */
export function createRouter(screens, { page, header, main, tabs }, start) {
  let visit = new AbortController();

  const go = (/** @type {string} */ route) => {
    if (location.hash === `#${route}`) show();
    else location.hash = route;
  };
  const replace = (/** @type {string} */ route) => {
    history.replaceState(null, '', `#${route}`);
    show();
  };

  async function show() {
    visit.abort();
    visit = new AbortController();
    const { signal } = visit;
    const [name, query = ''] = location.hash.slice(1).split('?');
    main.setAttribute('aria-busy', 'true');
    const slow = setTimeout(() => fill(main, el('p', { class: 'waiting', role: 'status' }, t.app.loading)), 400);
    try {
      const named = await arrival();
      if (named !== undefined) return replace(named);
      if (name === '') return replace(await start());
      const screen = screens[name] ?? screens['introuvable'];
      const content = await screen({ params: new URLSearchParams(query), signal, go, replace, again: show, retitle });
      if (!signal.aborted) render(content);
    } catch (error) {
      if (signal.aborted) return;
      const route = await diversion(error);
      if (route) replace(route);
      else render(failure(error));
      if (error instanceof Offline) addEventListener('online', show, { once: true, signal });
    } finally {
      clearTimeout(slow);
      main.removeAttribute('aria-busy');
    }
  }

  /** @param {string} title */
  function retitle(title) {
    const heading = main.querySelector('h1');
    if (heading) fill(heading, title);
    nameDocument(title);
  }

  /** @param {Content} content */
  function render({ title, body, lead, step, back, help, tab, sign }) {
    const heading = el('h1', { tabindex: -1 }, title);
    fill(header,
      back !== undefined
        ? el('a', { class: 'header-back', href: `#${back}`, onclick: goBack }, icon(icons.back), el('span', {}, t.app.back))
        : el('p', { class: 'brand' }, 'e-', el('b', {}, 'CPS')),
      help);
    fill(main,
      el('div', { class: 'heading' },
        sign,
        step !== undefined && el('p', { class: 'step' }, t.app.step(step, steps), stepBar(step)),
        heading,
        lead && el('p', { class: 'lead' }, lead)),
      ...body);
    set(tabs, 'hidden', tab === undefined);
    for (const link of tabs.querySelectorAll('a')) set(link, 'aria-current', link.hash === `#${tab}` && 'page');
    nameDocument(title);
    page.scrollTop = 0;
    heading.focus({ preventScroll: true });
  }

  /** @param {unknown} error @returns {Content} */
  const failure = (error) => ({
    title: t.states.failed.title,
    sign: el('div', { class: 'sign sign-stop' }, icon(icons.stop)),
    body: [
      el('p', { role: 'alert' }, explain(error)),
      el('div', { class: 'actions' },
        el('button', { class: 'button', type: 'button', onclick: show }, t.app.retry),
        el('a', { class: 'button button-quiet', href: '#' }, t.app.backHome)),
    ],
  });

  addEventListener('hashchange', show);
  return { go, replace, show };
}

/**
 * The route for an address from a QR code, a mail, a notification or the sign-in page. Removes a secret from the address bar.
 * @returns {Promise<string | undefined>}
 */
async function arrival() {
  const address = readAddress(location.hash);
  if (address?.kind === 'request') return requestRoute(address.id, address.sameDevice);
  if (address === undefined) return undefined;
  await write('qr', { secret: address.secret });
  return 'verifier';
}

/**
 * Goes back in the history if the previous page is inside the app, otherwise follows the link.
 * @param {MouseEvent} event
 */
function goBack(event) {
  if (!('navigation' in globalThis) || !navigation.canGoBack) return;
  event.preventDefault();
  history.back();
}

/** @param {string} title */
function nameDocument(title) {
  document.title = `${title.replace(/\.$/, '')} – ${t.app.name}`;
}

/** @param {number} step */
function stepBar(step) {
  const bar = el('span', { class: 'step-bar', 'aria-hidden': 'true' });
  for (let at = 1; at <= steps; at++) bar.append(el('i', { class: at <= step ? 'step-done' : '' }));
  return bar;
}
