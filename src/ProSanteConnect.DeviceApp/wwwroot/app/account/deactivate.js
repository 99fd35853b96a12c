// @ts-check
// «Supprimer ma e-CPS» (S2) and «Mot de passe oublié» (S1): a signature of the phone's key suffices.
import { actionChallenge, deactivate } from '../api.js';
import { device } from '../device.js';
import { el } from '../dom.js';
import { remember } from '../failures.js';
import { icons } from '../icons.js';
import { actionButton, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { sign as picture } from '../parts/sign.js';
import { t } from '../texts.js';
import { sign } from '../webauthn.js';

/** @type {import('../router.js').Screen} */
export const remove = (visit) => ask(visit, {
  title: t.remove.title,
  texts: [t.remove.text, t.remove.more],
  confirm: t.remove.confirm,
  kind: 'button-danger',
  action: 'delete',
  then: 'inactive',
});

/** @type {import('../router.js').Screen} */
export const forgotten = (visit) => ask(visit, {
  title: t.forgotten.title,
  texts: [t.forgotten.text],
  confirm: t.forgotten.confirm,
  kind: '',
  action: 'forgotten-pin',
  then: 'inactive',
});

/**
 * @param {import('../router.js').Visit} visit
 * @param {{ title: string, texts: string[], confirm: string, kind: string, action: Contract.Action, then: string }} of
 */
async function ask(visit, { title, texts: [first, ...others], confirm, kind, action, then }) {
  const { token } = await device();
  const alert = createAlert();
  return {
    title,
    back: 'parametres',
    tab: 'parametres',
    sign: action === 'delete' ? picture(icons.bin, 'stop') : picture(icons.key),
    body: [
      el('p', { class: 'lead' }, first),
      ...others.map((text) => el('p', {}, text)),
      alert.element,
      el('div', { class: 'actions' },
        actionButton({
          visit,
          alert,
          text: confirm,
          kind: `button-large ${kind}`,
          action: async () => {
            const { ceremony, publicKey } = await actionChallenge(token, action);
            await remember(await deactivate(token, { ceremony, assertion: await sign(publicKey) }));
            visit.replace(then);
          },
        }),
        linkButton(t.app.cancel, 'parametres', 'button-large button-quiet')),
    ],
  };
}
