// @ts-check
// P5
import { searchRpps } from '../api.js';
import { el, fill } from '../dom.js';
import { Problem } from '../http.js';
import { actionForm, linkButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { digits } from '../parts/digits.js';
import { textField } from '../parts/text-field.js';
import { t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export function findRpps(visit) {
  const alert = createAlert();
  const mail = textField({ label: t.search.mail, hint: t.search.mailHint, input: { type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254, required: true } });
  const phone = textField({ label: t.search.phone, hint: t.search.phoneHint, input: { type: 'tel', autocomplete: 'tel', maxlength: 30, required: true } });
  const result = el('div', { class: 'found', role: 'status' });
  const malformed = (/** @type {typeof mail} */ field) => field.refuse(t.search.malformed);

  const form = actionForm({
    visit,
    alert,
    submit: t.search.search,
    fields: [mail.element, phone.element],
    action: async () => {
      fill(result);
      if (!/^\S+@\S+$/.test(mail.input.value.trim())) return malformed(mail);
      if (phone.input.value.replace(/\D/g, '').length < 6) return malformed(phone);
      try {
        const { rpps } = await searchRpps(mail.input.value.trim(), phone.input.value.trim());
        fill(result, el('p', {}, t.search.found), digits(rpps), linkButton(t.app.continue, `demander?rpps=${rpps}`, 'button-large'));
        result.scrollIntoView({ block: 'nearest' });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.code === 'search-malformed') return malformed(mail);
        if (error.code !== 'practitioner-not-found') throw error;
        alert.say(t.search.none);
      }
    },
  });
  return { title: t.search.title, lead: t.search.lead, step: 1, back: 'demander', body: [form, result] };
}
