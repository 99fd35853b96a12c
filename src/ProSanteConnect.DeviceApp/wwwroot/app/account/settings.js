// @ts-check
// P12
import { device, freshECps } from '../device.js';
import { el, icon } from '../dom.js';
import { icons } from '../icons.js';
import { linkButton } from '../parts/actions.js';
import { date, t } from '../texts.js';
import { version } from '../version.js';
import { notificationPanel } from './notifications.js';

/** @type {import('../router.js').Screen} */
export async function settings(visit) {
  const kept = await device();
  const eCps = await freshECps(kept, visit.signal);
  return {
    title: t.settings.title,
    tab: 'parametres',
    body: [
      section(t.settings.account,
        el('dl', { class: 'facts' },
          ...fact(t.settings.validity, t.home.until(date(eCps.expiresAt))),
          ...fact(t.settings.phone, eCps.deviceName),
          ...fact(t.settings.activated, date(eCps.activatedAt)),
          ...fact(t.settings.mode, t.settings.modes[eCps.mode])),
        eCps.renewable
          ? linkButton(t.settings.renew, 'renouveler', '', icon(icons.renew))
          : el('p', { class: 'soft small' }, t.settings.renewLater)),
      section(t.settings.notifications, await notificationPanel(visit, kept.token, {})),
      section(t.settings.security,
        row(icons.key, t.settings.forgotten, 'oubli'),
        row(icons.bin, t.settings.delete, 'supprimer', 'row-danger')),
      section(t.settings.about,
        row(icons.shield, t.settings.conditions, 'conditions?lire'),
        el('details', { class: 'fold' }, el('summary', {}, t.settings.licences), el('p', {}, t.settings.licencesText), el('p', {}, t.settings.independent)),
        el('p', { class: 'soft small' }, `${t.settings.version} ${version}`)),
    ],
  };
}

/** @param {string} title @param {...(Node | false)} content */
const section = (title, ...content) => el('section', { class: 'part' }, el('h2', {}, title), ...content);

/** @param {string} name @param {string} value */
const fact = (name, value) => [el('dt', {}, name), el('dd', {}, value)];

/** @param {string} picture @param {string} text @param {string} route @param {string} [kind] */
const row = (picture, text, route, kind = '') =>
  el('a', { class: `row ${kind}`, href: `#${route}` }, icon(picture), el('span', {}, text), icon(icons.forward));
