// @ts-check
// P6
import { activation as activationState, confirm } from '../api.js';
import { el, fill } from '../dom.js';
import { diversion } from '../failures.js';
import { Offline, Problem } from '../http.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { countdown, wait } from '../parts/countdown.js';
import { digits } from '../parts/digits.js';
import { sign } from '../parts/sign.js';
import { forget, read, write } from '../store.js';
import { t } from '../texts.js';
import { abandon, nextStep, runningActivation } from './journey.js';

const whole = 5 * 60 * 1000;

/** @type {import('../router.js').Screen} */
export async function pairingCode(visit) {
  if (visit.params.has('fin')) return closed(visit.params.get('fin') === 'annule' ? t.code.cancelled : t.code.over);

  const running = await runningActivation();
  if (!running.pairingCode || running.enrolmentToken) {
    visit.replace((await nextStep()) ?? 'bienvenue');
    return { title: t.code.title, body: [] };
  }
  waitForComputer(visit, running).catch(() => undefined);
  const until = running.codeExpiresAt ?? Date.now() + whole;
  const note = el('p', { class: 'soft' });
  activationState(running.pairingToken, visit.signal)
    .then(({ replaces }) => { if (replaces) fill(note, t.code.replaces(replaces)); }, () => undefined);
  return {
    title: t.code.title,
    lead: t.code.lead,
    body: [
      digits(running.pairingCode),
      // Display only: the server decides when the code has expired.
      countdown({ until, whole, signal: visit.signal, over: () => undefined }),
      el('p', { class: 'waiting', role: 'status' }, t.code.waiting),
      note,
      el('button', { class: 'button button-plain', type: 'button', onclick: () => abandon().then(() => visit.replace('bienvenue?abandon')) }, t.code.abandon),
    ],
  };
}

/**
 * Polls whether the code was typed on the computer, at the interval that the server requests (RFC 8628, section 3.5).
 * @param {import('../router.js').Visit} visit
 * @param {import('../store.js').RunningActivation} running
 */
async function waitForComputer({ signal, replace }, running) {
  let interval = running.interval;
  while (!signal.aborted) {
    await wait(interval * 1000, signal);
    if (signal.aborted) return;
    try {
      const { access_token: enrolmentToken } = await confirm(running.pairingToken);
      await write('activation', { ...((await read('activation')) ?? running), enrolmentToken });
      return replace((await nextStep()) ?? 'pin');
    } catch (error) {
      if (error instanceof Offline) continue;
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'slow_down') interval += 5;
      else if (error.code === 'expired_token') return end('expire');
      else if (error.code === 'access_denied' || error.code === 'invalid_grant') return end('annule');
      else if (error.code !== 'authorization_pending') {
        const route = await diversion(error);
        if (route) return replace(route);
      }
    }
  }

  async function end(/** @type {string} */ how) {
    await forget('activation');
    replace(`code?fin=${how}`);
  }
}

/** @param {string} why @returns {import('../router.js').Content} */
const closed = (why) => ({
  title: t.states.activationOver.title,
  sign: sign(icons.stop, 'stop'),
  body: [el('p', { role: 'alert' }, why), el('div', { class: 'actions' }, linkButton(t.code.scan, 'scanner', 'button-large', undefined), linkButton(t.app.backHome, '', 'button-quiet button-large'))],
});
