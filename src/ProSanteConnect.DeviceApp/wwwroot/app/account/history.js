// @ts-check
import { history } from '../api.js';
import { device } from '../device.js';
import { el } from '../dom.js';
import { moment, t } from '../texts.js';

/** @type {import('../router.js').Screen} */
export async function showHistory({ signal }) {
  const { token } = await device();
  const { entries } = await history(token, signal);
  return {
    title: t.history.title,
    lead: t.history.lead,
    tab: 'historique',
    body: [
      entries.length === 0
        ? el('p', { class: 'nothing' }, t.history.empty)
        : el('ol', { class: 'journal' }, ...entries.map(line)),
      el('p', { class: 'soft' }, t.history.suspicious),
    ],
  };
}

/** @param {Contract.HistoryEntry} entry */
function line({ at, sentence, application, place, browser }) {
  const where = [application, browser, place].filter((part) => part && !sentence.includes(part)).join('\u00a0· ');
  return el('li', {},
    el('time', { datetime: at }, moment(at)),
    el('p', {}, sentence),
    where && el('p', { class: 'soft small' }, where));
}
