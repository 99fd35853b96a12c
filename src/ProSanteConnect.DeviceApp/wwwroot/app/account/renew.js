// @ts-check
// Renewal before expiry with the PIN and the key.
import { actionChallenge, renew } from '../api.js';
import { device, freshECps, keepECps } from '../device.js';
import { el } from '../dom.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionForm, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { digitField } from '../parts/digit-field.js';
import { sign as picture } from '../parts/sign.js';
import { date, t } from '../texts.js';
import { sign } from '../webauthn.js';

/** @type {import('../router.js').Screen} */
export async function showRenew(visit) {
  const kept = await device();
  const eCps = await freshECps(kept, visit.signal);
  if (visit.params.has('fait')) return done(eCps);
  if (!eCps.renewable) return early();

  const alert = createAlert();
  const pin = digitField({ label: t.approve.pin, length: eCps.pinLength, secret: true });
  const form = actionForm({
    visit,
    alert,
    submit: t.renew.confirm,
    fields: [pin.element],
    others: [linkButton(t.app.cancel, 'parametres', 'button-large button-quiet')],
    action: async () => {
      if (!pin.full) return pin.refuse(t.approve.pinMissing(eCps.pinLength));
      try {
        const { ceremony, publicKey } = await actionChallenge(kept.token, 'renew');
        const assertion = await sign(publicKey);
        await keepECps(await renew(kept.token, { ceremony, assertion, pin: pin.input.value }));
        visit.replace('renouveler?fait');
      } catch (error) {
        if (!(error instanceof Problem) || !['pin-wrong', 'too-early'].includes(error.code)) throw error;
        if (error.code === 'too-early') return alert.say(t.renew.tooEarly);
        pin.clear();
        pin.refuse(t.approve.pinWrong(error.members.attemptsLeft));
      }
    },
  });
  return { title: t.renew.title, lead: t.renew.text(date(eCps.expiresAt)), back: 'parametres', tab: 'parametres', body: [form] };
}

/** @param {Contract.ECps} eCps @returns {import('../router.js').Content} */
const done = (eCps) => ({
  title: t.renew.done(date(eCps.expiresAt)),
  sign: picture(icons.done, 'good'),
  tab: 'parametres',
  body: [el('div', { class: 'actions' }, linkButton(t.app.backHome, 'accueil', 'button-large'))],
});

/** @returns {import('../router.js').Content} */
const early = () => ({
  title: t.renew.title,
  lead: t.renew.tooEarly,
  back: 'parametres',
  tab: 'parametres',
  body: [el('div', { class: 'actions' }, linkButton(t.app.backHome, 'accueil', 'button-large'))],
});
