// @ts-check
// P1
import { el, icon } from '../dom.js';
import { icons } from '../icons.js';
import { install, installable } from '../install.js';
import { linkButton } from '../parts/actions.js';
import { sign } from '../parts/sign.js';
import { read } from '../store.js';
import { t } from '../texts.js';
import { hasKeys } from '../webauthn.js';
import { nextStep } from './journey.js';

/** @type {import('../router.js').Screen} */
export async function welcome({ params }) {
  const running = await nextStep();
  const accepted = await read('conditions');
  const told = params.has('refus') ? t.conditions.refused[await situation(running)] : params.has('abandon') ? t.welcome.abandoned : undefined;
  return {
    title: t.welcome.title,
    lead: t.welcome.lead,
    sign: sign(icons.shield),
    body: [
      told !== undefined && el('p', { class: 'notice', role: 'status' }, told),
      !hasKeys() && el('p', { class: 'notice notice-stop' }, t.states.noKeys.text),
      el('ul', { class: 'points' }, ...t.welcome.points.map((point) => el('li', {}, icon(icons.done), el('span', {}, point)))),
      el('div', { class: 'actions' },
        linkButton(t.welcome.start, accepted ? 'choisir' : 'conditions', running ? 'button-large button-quiet' : 'button-large'),
        running && linkButton(t.welcome.resume, running, 'button-large'),
        linkButton(t.welcome.haveMail, accepted ? 'demande-envoyee' : 'conditions?puis=demande-envoyee', 'button-plain')),
      installHint(),
    ],
  };
}

/**
 * What a refusal of the conditions leaves as it was.
 * @param {string | undefined} running
 */
async function situation(running) {
  if (await read('inactive')) return 'inactive';
  if (await read('device')) return 'active';
  return running ? 'running' : 'nothing';
}

/** Shown only where the browser offers installation. */
function installHint() {
  const onIos = /iPhone|iPad/.test(navigator.userAgent) && navigator.standalone === false;
  const hint = el('aside', { class: 'aside', hidden: !installable() && !onIos },
    el('p', {}, onIos ? t.welcome.installIos : t.welcome.installHint),
    !onIos && el('button', { class: 'button button-quiet button-small', type: 'button', onclick: async () => { await install(); hint.hidden = true; } }, t.welcome.install));
  addEventListener('installable', () => { hint.hidden = false; }, { once: true });
  return hint;
}
