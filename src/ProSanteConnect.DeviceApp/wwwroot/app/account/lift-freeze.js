// @ts-check
// Ends the block of unknown browsers before its day is over, with the PIN and the key.
import { actionChallenge, liftFreeze } from '../api.js';
import { device, freshECps, keepECps } from '../device.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionForm, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { digitField } from '../parts/digit-field.js';
import { sign as picture } from '../parts/sign.js';
import { el } from '../dom.js';
import { moment, t } from '../texts.js';
import { sign } from '../webauthn.js';

/** @type {import('../router.js').Screen} */
export async function showLiftFreeze(visit) {
  const kept = await device();
  const eCps = await freshECps(kept, visit.signal);
  if (!eCps.frozenUntil) return lifted();

  const alert = createAlert();
  const pin = digitField({ label: t.approve.pin, length: eCps.pinLength, secret: true });
  const form = actionForm({
    visit,
    alert,
    submit: t.freeze.lift,
    fields: [pin.element],
    others: [linkButton(t.app.cancel, 'accueil', 'button-large button-quiet')],
    action: async () => {
      if (!pin.full) return pin.refuse(t.approve.pinMissing(eCps.pinLength));
      try {
        const { ceremony, publicKey } = await actionChallenge(kept.token, 'lift-freeze');
        const assertion = await sign(publicKey);
        await keepECps(await liftFreeze(kept.token, { ceremony, assertion, pin: pin.input.value }));
        visit.again();
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'pin-wrong') throw error;
        pin.clear();
        pin.refuse(t.approve.pinWrong(error.members.attemptsLeft));
      }
    },
  });
  return { title: t.freeze.lift, lead: t.freeze.text(moment(eCps.frozenUntil)), back: 'accueil', tab: 'accueil', body: [form] };
}

/** @returns {import('../router.js').Content} */
const lifted = () => ({
  title: t.freeze.lifted,
  lead: t.freeze.liftedText,
  sign: picture(icons.done, 'good'),
  tab: 'accueil',
  body: [el('div', { class: 'actions' }, linkButton(t.app.backHome, 'accueil', 'button-large'))],
});
