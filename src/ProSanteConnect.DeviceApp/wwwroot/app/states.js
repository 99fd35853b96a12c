// @ts-check
// P14: the states in which an e-CPS or a phone cannot be used, each with the next step.
import { abandon } from './activate/journey.js';
import { el } from './dom.js';
import { icons } from './icons.js';
import { linkButton } from './parts/actions.js';
import { sign } from './parts/sign.js';
import { read } from './store.js';
import { date, t } from './texts.js';

/** @type {Record<Contract.InactiveReason, string>} */
const pictures = {
  deleted: icons.off,
  'forgotten-pin': icons.key,
  deactivated: icons.off,
  replaced: icons.phone,
  blocked: icons.stop,
  expired: icons.history,
  delisted: icons.off,
  operator: icons.off,
};

/** @type {import('./router.js').Screen} */
export async function inactive({ replace }) {
  const state = await read('inactive');
  if (!state) {
    replace('bienvenue');
    return { title: t.states.unknown.title, body: [] };
  }
  const reason = Object.hasOwn(pictures, state.reason) ? state.reason : 'operator';
  return {
    title: t.states[reason].title,
    lead: t.states[reason].text,
    sign: sign(pictures[reason], reason === 'blocked' || reason === 'replaced' ? 'stop' : 'calm'),
    body: [
      el('p', { class: 'inactive-since' },
        el('span', { class: 'tag' }, t.states.status),
        state.since ? el('span', { class: 'soft' }, t.states.since(date(state.since))) : null),
      el('div', { class: 'actions' }, linkButton(t.states.reactivate, 'bienvenue', 'button-large')),
    ],
  };
}

/** @type {import('./router.js').Screen} */
export const unknownPhone = () => ({ ...words(t.states.unknown), sign: sign(icons.phone, 'stop'), body: [again()] });

/** @type {import('./router.js').Screen} */
export async function activationOver() {
  await abandon();
  return { ...words(t.states.activationOver), sign: sign(icons.history), body: [again(t.app.restart)] };
}

/** @type {import('./router.js').Screen} */
export const noStorage = () => ({ ...words(t.states.noStorage), sign: sign(icons.stop, 'stop'), body: [] });

/** @type {import('./router.js').Screen} */
export const notFound = () => ({
  ...words(t.states.notFound),
  sign: sign(icons.question),
  body: [el('div', { class: 'actions' }, linkButton(t.app.backHome, '', 'button-large'))],
});

/** @param {{ title: string, text: string }} state */
const words = ({ title, text }) => ({ title, lead: text });

const again = (text = t.states.reactivate) => el('div', { class: 'actions' }, linkButton(text, 'bienvenue', 'button-large'));
