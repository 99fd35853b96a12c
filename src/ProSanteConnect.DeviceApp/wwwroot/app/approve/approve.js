// @ts-check
// P11
import { approve, challenge, deny, request as requestById } from '../api.js';
import { device } from '../device.js';
import { requestRoute } from '../addresses.js';
import { el, fill, icon } from '../dom.js';
import { follow } from '../events.js';
import { diversion } from '../failures.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionButton, actionForm, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { countdown } from '../parts/countdown.js';
import { digitField } from '../parts/digit-field.js';
import { read } from '../store.js';
import { t, time } from '../texts.js';
import { sign } from '../webauthn.js';
import { approved, denied, notHere, over } from './outcomes.js';

const whole = 120_000;
const numberLength = 2;

/** @type {import('../router.js').Screen} */
export async function answerRequest(visit) {
  const id = visit.params.get('id') ?? '';
  const answer = visit.params.get('reponse');
  const application = visit.params.get('application') ?? '';
  if (answer === 'validee') return approved(application);
  if (answer === 'refusee' || answer === 'bloquee') return denied(answer === 'bloquee');
  if (!(await read('device')) && !(await read('inactive'))) return notHere();

  const { token, eCps } = await device();
  try {
    return form(visit, token, await requestById(token, id, visit.signal), eCps.pinLength);
  } catch (error) {
    return whenOver(error);
  }
}

/** @param {unknown} error */
function whenOver(error) {
  if (!(error instanceof Problem) || !isOver(error)) throw error;
  return over(outcomeOf(error));
}

/** @param {Problem} problem */
const isOver = ({ code }) => ['request-over', 'request-unknown', 'number-wrong'].includes(code);

/** @param {Problem} problem */
const outcomeOf = ({ code, members }) => (code === 'number-wrong' ? 'wrong-number' : code === 'request-unknown' ? 'unknown' : members.outcome);

/**
 * @param {import('../router.js').Visit} visit
 * @param {string} token
 * @param {Contract.ApprovalRequest} request
 * @param {number} pinLength
 * @returns {import('../router.js').Content}
 */
function form(visit, token, request, pinLength) {
  const alert = createAlert();
  const sameDevice = visit.params.get('retour') === '1';
  const number = digitField({ label: sameDevice ? t.approve.numberSame : t.approve.number, length: numberLength, onfull: () => pin.input.focus() });
  const pin = digitField({ label: t.approve.pin, length: pinLength, secret: true });
  const answered = (/** @type {string} */ answer) =>
    visit.replace(`demande?${new URLSearchParams({ id: request.id, reponse: answer, application: request.application })}`);
  // An error that ends the request ends this screen; the server names the outcome.
  const ended = async (/** @type {unknown} */ error) => {
    if (!(error instanceof Problem) || !isOver(error)) throw error;
    visit.replace(`demande-close?${new URLSearchParams({ comment: outcomeOf(error) })}`);
  };

  const validate = async () => {
    if (!number.full) return number.refuse(t.approve.numberMissing);
    if (!pin.full) return pin.refuse(t.approve.pinMissing(pinLength));
    try {
      const { ceremony, publicKey } = await challenge(token, request.id, number.input.value);
      const assertion = await sign(publicKey);
      const { returnUri } = await approve(token, request.id, { ceremony, assertion, pin: pin.input.value });
      if (sameDevice && returnUri && leadsBack(returnUri)) location.assign(returnUri);
      else answered('validee');
    } catch (error) {
      if (error instanceof Problem && error.code === 'pin-wrong') {
        pin.clear();
        return pin.refuse(t.approve.pinWrong(error.members.attemptsLeft));
      }
      if (error instanceof Problem && error.code === 'assertion-refused') return alert.say(t.approve.assertionRefused);
      await ended(error);
    }
  };
  const denial = (/** @type {boolean} */ notMe) => async () => {
    try {
      await deny(token, request.id, notMe);
      answered(notMe ? 'bloquee' : 'refusee');
    } catch (error) {
      await ended(error);
    }
  };

  const other = el('div', { 'aria-live': 'polite' });
  watch(visit, token, request.id, other);
  return {
    title: t.approve.title,
    back: 'accueil',
    body: [
      other,
      asks(request),
      !request.knownBrowser && el('p', { class: 'notice' }, t.approve.newBrowser),
      countdown({ until: Date.parse(request.expiresAt), whole, signal: visit.signal, over: () => visit.replace('demande-close?comment=expired') }),
      actionForm({
        visit,
        alert,
        submit: t.approve.approve,
        fields: [number.element, pin.element],
        action: validate,
        others: [actionButton({ visit, alert, text: t.approve.deny, kind: 'button-large button-refuse', action: denial(false) })],
      }),
      el('details', { class: 'fold' },
        el('summary', {}, t.approve.notMe),
        el('p', {}, t.approve.notMeText),
        actionButton({ visit, alert, text: t.approve.notMeConfirm, kind: 'button-danger', action: denial(true) })),
      el('p', {}, el('a', { class: 'link', href: '#oubli' }, t.approve.forgotten)),
    ],
  };
}

/** @param {Contract.ApprovalRequest} request */
const asks = ({ application, browser, place, startedAt }) =>
  el('section', { class: 'panel asks' },
    el('p', { class: 'name' }, application),
    el('dl', { class: 'facts' },
      el('dt', {}, icon(icons.screen), t.approve.browser), el('dd', {}, browser),
      el('dt', {}, icon(icons.place), t.approve.place), el('dd', {}, place),
      el('dt', {}, icon(icons.history), t.approve.at), el('dd', {}, time(startedAt))));

/**
 * Leaves the screen when the request is closed on the computer or replaced by a newer one.
 * @param {import('../router.js').Visit} visit
 * @param {string} token
 * @param {string} id
 * @param {HTMLElement} place for the link to a request that waits besides
 */
function watch(visit, token, id, place) {
  follow(token, visit.signal, {
    refused: async (problem) => visit.replace((await diversion(problem)) ?? 'inconnu'),
    requests: (open) => {
      const [other] = open.filter((request) => request.id !== id);
      fill(place, other && el('div', { class: 'notice' }, el('p', {}, other.knownBrowser ? t.approve.otherKnown : t.approve.otherUnknown), linkButton(t.approve.showOther, requestRoute(other.id), 'button-small button-quiet')));
      const answering = document.querySelector('main')?.hasAttribute('data-running');
      if (!answering && !open.some((request) => request.id === id)) visit.again();
    },
  });
}

/**
 * Whether an address belongs to this site; the app returns to no other.
 * @param {string} address
 */
const leadsBack = (address) => URL.canParse(address, location.href) && new URL(address, location.href).origin === location.origin;

/** @type {import('../router.js').Screen} */
export const closedRequest = ({ params }) => over(params.get('comment') ?? 'unknown');
