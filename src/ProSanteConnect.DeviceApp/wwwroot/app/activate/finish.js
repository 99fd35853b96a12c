// @ts-check
// P9
import { notificationPanel } from '../account/notifications.js';
import { device } from '../device.js';
import { el } from '../dom.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { sign } from '../parts/sign.js';
import { t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export async function finish(visit) {
  const { token } = await device();
  return {
    title: t.finish.title,
    lead: t.finish.lead,
    sign: sign(icons.done, 'good'),
    body: [
      await notificationPanel(visit, token, { welcome: true }),
      el('div', { class: 'actions' },
        el('a', { class: 'button button-large', href: '/je-teste-ma-e-cps' }, t.finish.test),
        linkButton(t.finish.home, 'accueil', 'button-large button-quiet')),
    ],
  };
}
