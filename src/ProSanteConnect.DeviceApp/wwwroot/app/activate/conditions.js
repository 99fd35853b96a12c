// @ts-check
// P2
import { el, set } from '../dom.js';
import { Offline } from '../http.js';
import { createStatus } from '../parts/alert.js';
import { read, write } from '../store.js';
import { date, language, t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export async function conditions({ params, signal, replace }) {
  const { version, paragraphs } = await load(signal);
  const onlyRead = params.has('lire');
  const heading = { title: t.conditions.title, lead: t.conditions.updated(date(version)) };
  if (onlyRead) return { ...heading, back: 'parametres', tab: 'parametres', body: [el('div', { class: 'conditions-read' }, ...paragraphs)] };

  const accepted = async () => {
    await write('conditions', { version });
    replace(params.get('puis') ?? 'choisir');
  };
  const region = el('div', { class: 'conditions', role: 'region', tabindex: 0, 'aria-label': t.conditions.text }, ...paragraphs);
  return {
    ...heading,
    back: 'bienvenue',
    body: [region, ...decision(region, accepted, () => replace('bienvenue?refus'))],
  };
}

/**
 * «Accepter» is enabled once the end of the text was visible.
 * @param {HTMLElement} region
 * @param {() => Promise<void>} accept
 * @param {() => void} refuse
 */
function decision(region, accept, refuse) {
  const hint = createStatus();
  hint.say(t.conditions.scrollFirst);
  let seen = false;
  const button = el('button', { class: 'button button-large', type: 'button', 'aria-disabled': 'true', onclick: () => (seen ? accept() : region.focus()) }, t.conditions.accept);

  const end = el('span', { class: 'end' });
  region.append(end);
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    seen = true;
    set(button, 'aria-disabled', false);
    hint.say(t.conditions.read);
  }, { root: region, rootMargin: '0px 0px 8px 0px' });
  watch.observe(end);

  return [
    hint.element,
    el('div', { class: 'actions pair' }, button, el('button', { class: 'button button-quiet button-large', type: 'button', onclick: refuse }, t.conditions.refuse)),
  ];
}

/**
 * The conditions are a page of their own; its article is shown here.
 * @param {AbortSignal} signal
 */
async function load(signal) {
  const response = await fetch(language === 'en' ? 'cgu.en.html' : 'cgu.html', { signal }).catch(() => undefined);
  if (!response?.ok) throw new Offline();
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const version = page.querySelector('meta[name="version"]')?.getAttribute('content') ?? '';
  const paragraphs = [...(page.querySelector('article')?.children ?? [])].map((part) => document.importNode(part, true));
  return { version, paragraphs };
}

/** The accepted version, sent with the enrolment. */
export const acceptedVersion = async () => (await read('conditions'))?.version;
