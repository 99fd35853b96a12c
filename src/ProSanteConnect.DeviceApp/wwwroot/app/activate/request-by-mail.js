// @ts-check
// P4, before and after the request.
import { requestActivation } from '../api.js';
import { el, icon, set } from '../dom.js';
import { Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionForm, linkButton } from '../parts/actions.js';
import { createAlert, createStatus } from '../parts/alert.js';
import { sign } from '../parts/sign.js';
import { textField } from '../parts/text-field.js';
import { isDoubtfulRpps, readRpps } from '../rpps.js';
import { read, write } from '../store.js';
import { t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export function requestByMail(visit) {
  const alert = createAlert();
  const field = textField({
    label: t.request.rpps,
    hint: t.request.rppsHint,
    input: { type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: 20, required: true, value: visit.params.get('rpps') ?? '' },
  });
  const doubt = createStatus();
  const tellDoubt = () => doubt.say(isDoubtfulRpps(field.input.value) ? t.request.doubtful : '');
  field.input.addEventListener('input', tellDoubt);
  tellDoubt();
  const malformed = () => field.refuse(t.request.malformed);
  const form = actionForm({
    visit,
    alert,
    submit: t.request.send,
    fields: [field.element, doubt.element],
    action: async () => {
      const rpps = readRpps(field.input.value);
      if (!rpps) return malformed();
      try {
        await requestActivation(rpps);
      } catch (error) {
        if (error instanceof Problem && error.code === 'rpps-malformed') return malformed();
        throw error;
      }
      await write('mailRequest', { at: Date.now() });
      visit.go('demande-envoyee');
    },
  });
  const { mark, menu } = help();
  return { title: t.request.title, lead: t.request.lead, step: 1, back: 'choisir', help: mark, body: [menu, form] };
}

/** The question mark at the top right, with a menu that contains «Rechercher». */
function help() {
  const menu = el('div', { class: 'aside', id: 'aide', hidden: true },
    el('p', {}, t.request.helpText),
    linkButton(t.request.search, 'retrouver', 'button-quiet', icon(icons.search)));
  const mark = el('button', {
    class: 'header-help',
    type: 'button',
    'aria-label': t.request.help,
    'aria-expanded': 'false',
    'aria-controls': 'aide',
    onclick: () => {
      menu.hidden = !menu.hidden;
      set(mark, 'aria-expanded', String(!menu.hidden));
      menu.querySelector('a')?.focus();
    },
  }, icon(icons.question));
  return { mark, menu };
}

/** @type {import('../router.js').Screen} */
export async function requested() {
  return {
    title: t.requested.title,
    lead: (await read('mailRequest')) ? t.requested.sent : t.requested.received,
    step: 2,
    back: 'choisir',
    sign: sign(icons.mail),
    body: [
      el('p', { class: 'soft' }, t.requested.validity),
      el('section', { class: 'panel way' },
        el('div', { class: 'way-head' }, icon(icons.screen), el('h2', {}, t.requested.elsewhere)),
        linkButton(t.requested.scan, 'scanner', 'button-large', icon(icons.scan))),
      el('section', { class: 'panel way' },
        el('div', { class: 'way-head' }, icon(icons.phone), el('h2', {}, t.requested.here)),
        el('p', {}, t.requested.hereText)),
      el('details', { class: 'fold' },
        el('summary', {}, t.requested.nothing),
        el('p', {}, t.requested.nothingText),
        el('p', {}, linkButton(t.requested.again, 'demander', 'button-quiet'))),
    ],
  };
}
