// @ts-check
// The outcomes of a request, each with the next step.
import { el } from '../dom.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { sign } from '../parts/sign.js';
import { t } from '../texts.js';

/** @typedef {import('../router.js').Content} Content */

const home = () => el('div', { class: 'actions' }, linkButton(t.app.backHome, 'accueil', 'button-large'));

/** @param {string} application @returns {Content} */
export const approved = (application) => ({
  title: t.approve.approvedTitle,
  lead: t.approve.approved(application),
  sign: sign(icons.done, 'good'),
  tab: 'accueil',
  body: [home()],
});

/** @param {boolean} frozen @returns {Content} */
export const denied = (frozen) => ({
  title: t.approve.deniedTitle,
  lead: frozen ? t.approve.frozen : t.approve.denied,
  sign: sign(icons.refused, 'stop'),
  tab: 'accueil',
  body: [home()],
});

/** @param {string} outcome @returns {Content} */
export function over(outcome) {
  const { outcomes } = t.approve;
  const known = Object.hasOwn(outcomes, outcome) ? /** @type {keyof typeof outcomes} */ (outcome) : 'unknown';
  return { title: t.approve.overTitle, lead: outcomes[known], sign: sign(icons.history), tab: 'accueil', body: [home()] };
}

/** @returns {Content} */
export const notHere = () => ({
  title: t.states.notHere.title,
  lead: t.states.notHere.text,
  sign: sign(icons.phone),
  body: [el('div', { class: 'actions' }, linkButton(t.welcome.start, 'bienvenue', 'button-large'))],
});
