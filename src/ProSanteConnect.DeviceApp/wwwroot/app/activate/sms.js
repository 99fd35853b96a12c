// @ts-check
// P7
import { activation as activationState, confirm, sendSms } from '../api.js';
import { el, fill, icon, set } from '../dom.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionButton, actionForm, linkButton } from '../parts/actions.js';
import { createAlert, createStatus } from '../parts/alert.js';
import { countdown, wait } from '../parts/countdown.js';
import { digitField } from '../parts/digit-field.js';
import { sign } from '../parts/sign.js';
import { forget, read, write } from '../store.js';
import { t } from '../texts.js';
import { abandon, nextStep, runningActivation } from './journey.js';

const whole = 5 * 60 * 1000;

/** @type {import('../router.js').Screen} */
export async function smsCode(visit) {
  if (visit.params.has('fin')) return closed(visit.params.get('fin') === 'envois' ? t.sms.exhausted : t.sms.noTryLeft);

  const running = await runningActivation();
  if (running.enrolmentToken) {
    visit.replace((await nextStep()) ?? 'pin');
    return { title: t.sms.title, body: [] };
  }
  // After a reload the server tells whether a code was sent.
  const state = await activationState(running.pairingToken, visit.signal);
  const phone = state.maskedPhone ?? running.maskedPhone ?? '';
  const body = el('div', { class: 'stack' });
  const isSent = Boolean(state.resendAt && state.codeExpiresAt);
  if (state.resendAt && state.codeExpiresAt) ask({ maskedPhone: phone, codeExpiresAt: state.codeExpiresAt, resendAt: state.resendAt, sendsLeft: state.codeSendsLeft ?? 0 });
  else offer();
  return { title: isSent ? t.sms.title : t.sms.offer, step: 3, body: [body, el('button', { class: 'button button-plain', type: 'button', onclick: leave }, t.code.abandon)] };

  function offer() {
    const alert = createAlert();
    fill(body,
      el('p', { class: 'lead' }, t.sms.choose),
      actionButton({ visit, alert, kind: 'button-large', picture: icon(icons.message), text: t.sms.send(phone), action: () => send(alert) }),
      alert.element,
      el('p', { class: 'soft' }, t.sms.wrongPhone));
  }

  /** @param {import('../parts/alert.js').Alert} alert */
  async function send(alert) {
    try {
      ask(await sendSms(running.pairingToken));
      visit.retitle(t.sms.title);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'sms-too-often') alert.say(t.sms.tooOften(Math.max(1, secondsUntil(error.members.resendAt) || (error.retryAfter ?? 60))));
      else if (error.code === 'sms-exhausted') await end('envois');
      else throw error;
    }
  }

  /** @param {Contract.SentCode} sent */
  function ask(sent) {
    const alert = createAlert();
    const field = digitField({
      label: t.sms.code,
      length: 6,
      autocomplete: 'one-time-code',
      onfull: () => form.requestSubmit(),
    });
    const form = actionForm({ visit, alert, submit: t.sms.check, fields: [field.element], action: check });
    const left = el('div', {}, countdown({ until: Date.parse(sent.codeExpiresAt), whole, signal: visit.signal, over: () => alert.say(t.sms.over) }));
    fill(body, el('p', { class: 'lead', role: 'status' }, t.sms.sentTo(sent.maskedPhone || phone)), left, form, sent.sendsLeft > 0 && again(sent, alert));
    field.input.focus();

    async function check() {
      if (!field.full) return field.refuse(t.sms.incomplete);
      try {
        const { access_token: enrolmentToken } = await confirm(running.pairingToken, field.input.value);
        await write('activation', { ...((await read('activation')) ?? running), enrolmentToken });
        visit.replace((await nextStep()) ?? 'pin');
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.code === 'access_denied') return end('essais');
        if (error.code === 'invalid_grant' && error.members.attempts_left === undefined) return visit.replace('activation-terminee');
        if (error.code !== 'invalid_grant' && error.code !== 'expired_token') throw error;
        // An expired code or an expired activation: the server knows which.
        if (error.code === 'expired_token') await activationState(running.pairingToken, visit.signal);
        field.clear();
        field.refuse(error.code === 'expired_token' ? t.sms.over : t.sms.wrong(error.members.attempts_left));
      }
    }
  }

  /** @param {Contract.SentCode} sent @param {import('../parts/alert.js').Alert} alert */
  function again({ resendAt }, alert) {
    const button = actionButton({ visit, alert, kind: 'button-quiet', text: t.sms.sendAgain, action: () => send(alert) });
    const status = createStatus();
    hold();
    return el('div', { class: 'again' }, button, status.element);

    async function hold() {
      button.hidden = true;
      for (let left = secondsUntil(resendAt); left > 0 && !visit.signal.aborted; left = secondsUntil(resendAt)) {
        // Updated every second but not announced: the countdown above is announced.
        set(status.element, 'role', false);
        status.say(t.sms.resendIn(left));
        await wait(1000, visit.signal);
      }
      status.say('');
      button.hidden = false;
    }
  }

  function leave() {
    abandon().then(() => visit.replace('bienvenue?abandon'));
  }

  /** @param {'envois' | 'essais'} how */
  async function end(how) {
    await forget('activation');
    visit.replace(`sms?fin=${how}`);
  }
}

/** @param {string} instant */
const secondsUntil = (instant) => Math.ceil((Date.parse(instant) - Date.now()) / 1000);

/** @param {string} why @returns {import('../router.js').Content} */
const closed = (why) => ({
  title: t.states.activationOver.title,
  sign: sign(icons.stop, 'stop'),
  body: [
    el('p', { role: 'alert' }, why),
    el('div', { class: 'actions' }, linkButton(t.choose.request, 'demander', 'button-large'), linkButton(t.app.backHome, '', 'button-quiet button-large')),
  ],
});
