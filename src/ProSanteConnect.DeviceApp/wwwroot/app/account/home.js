// @ts-check
// P10
import { requestRoute } from '../addresses.js';
import { device, keepECps } from '../device.js';
import { el, fill, icon, set } from '../dom.js';
import { follow } from '../events.js';
import { diversion, remember } from '../failures.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { date, moment, t, time } from '../texts.js';

/** Requests that were already opened automatically once; they are not opened again. */
const opened = new Set();

/** @type {import('../router.js').Screen} */
export async function home(visit) {
  const kept = await device();
  const holder = el('section', { class: 'holder', 'aria-label': t.home.title });
  const renewal = el('div', { class: 'stack' });
  const waiting = el('section', { class: 'requests', 'aria-live': 'polite' });
  const line = el('p', { class: 'line' });
  const show = (/** @type {Contract.ECps} */ eCps) => {
    fill(holder, ...badge(eCps));
    fill(renewal, isFrozen(eCps) && el('div', { class: 'notice' }, el('p', {}, t.freeze.text(moment(eCps.frozenUntil ?? ''))), linkButton(t.freeze.lift, 'debloquer', 'button-small button-quiet')), eCps.renewable && el('div', { class: 'notice' }, el('p', {}, t.home.renew(date(eCps.expiresAt))), linkButton(t.home.renewAction, 'renouveler', 'button-small')));
  };
  show(kept.eCps);
  fill(waiting, ...nothing());

  follow(kept.token, visit.signal, {
    state: (state) => tellLine(line, state),
    requests: (requests) => tellRequests(visit, waiting, requests),
    eCps: async (eCps) => {
      if (eCps.state === 'active') {
        show(eCps);
        return keepECps(eCps);
      }
      await remember(eCps);
      visit.replace('inactive');
    },
    refused: async (problem) => visit.replace((await diversion(problem)) ?? 'inconnu'),
  });
  return { title: t.home.title, tab: 'accueil', body: [holder, waiting, line, renewal] };
}

/** @param {Contract.ECps} eCps */
const isFrozen = ({ frozenUntil }) => frozenUntil !== undefined && Date.parse(frozenUntil) > Date.now();

/** @param {Contract.ECps} eCps */
const badge = (eCps) => [
  el('p', { class: 'tag tag-good' }, icon(icons.done), t.home.active),
  el('p', { class: 'name' }, eCps.holder),
  eCps.profession && el('p', {}, eCps.profession),
  el('dl', { class: 'badge-facts' },
    el('div', {}, el('dt', {}, t.home.identifier), el('dd', { class: 'number' }, eCps.nationalId)),
    el('div', {}, el('dt', { class: 'unseen' }, t.settings.validity), el('dd', {}, t.home.until(date(eCps.expiresAt))))),
];

/** @param {HTMLElement} line @param {import('../events.js').LineState} state */
function tellLine(line, state) {
  const words = { connecting: t.home.connecting, live: t.home.live, polling: t.home.polling, offline: t.home.stale };
  set(line, 'data-state', state);
  if (line.textContent !== words[state]) fill(line, words[state]);
}

const nothing = () => [
  el('div', { class: 'nothing' }, icon(icons.bell), el('h2', {}, t.home.none), el('p', { class: 'soft' }, t.home.noneHint)),
];

/**
 * @param {import('../router.js').Visit} visit
 * @param {HTMLElement} place
 * @param {Contract.ApprovalRequest[]} requests
 */
function tellRequests(visit, place, requests) {
  const known = place.getAttribute('data-requests') ?? '';
  const ids = requests.map(({ id }) => id).join(' ');
  if (ids === known) return;
  place.setAttribute('data-requests', ids);
  if (requests.length === 0) return fill(place, ...nothing());

  fill(place, el('h2', {}, t.home.waiting(requests.length)), ...requests.map((request) =>
    el('div', { class: 'panel request' },
      el('p', { class: 'name' }, request.application),
      requests.length > 1 && el('p', { class: 'tag' }, request.knownBrowser ? t.home.knownBrowser : t.home.newBrowser),
      el('p', { class: 'soft' }, [request.browser, request.place, time(request.startedAt)].join('\u00a0· ')),
      linkButton(t.home.answer, requestRoute(request.id), 'button-large'))));
  const [only] = requests;
  if (requests.length > 1 || opened.has(only.id) || document.visibilityState !== 'visible') return;
  opened.add(only.id);
  visit.go(requestRoute(only.id));
}
