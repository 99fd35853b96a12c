// @ts-check
// Shows every claim in a table, with its meaning; a nested object has a table of its own, which can be unfolded.

/** The claims of the ID token about the sign-in. */
const signInClaims = ['authMode', 'acr', 'auth_time', 'sid'];

/** @param {HTMLElement} target @param {import('./relying-party.js').SignIn} result @param {HTMLElement} page */
export function showClaims(target, result, page) {
  const words = /** @type {HTMLTemplateElement} */ (page.querySelector('#mots')).content;
  const blank = /** @type {HTMLTemplateElement} */ (page.querySelector('#tableau')).content;

  /** @param {string} name */
  const word = name => words.querySelector(`[data-word="${name}"]`)?.textContent ?? '';

  /** @param {string} claim */
  const meaning = claim => words.querySelector(`[data-claim="${CSS.escape(claim)}"]`)?.textContent ?? '';

  /** The claims with a simple value. @param {string} title @param {Record<string, any>} claims */
  function table(title, claims) {
    const part = /** @type {DocumentFragment} */ (blank.cloneNode(true));
    const flat = Object.entries(claims).filter(([, value]) => !isNested(value));
    /** @type {HTMLElement} */ (part.querySelector('caption')).textContent = title;
    /** @type {HTMLElement} */ (part.querySelector('tbody')).append(...flat.map(([claim, value]) => row(claim, value)));
    return part;
  }

  /** The claims with a nested object, each of which can be unfolded. @param {Record<string, any>} claims @returns {HTMLElement} */
  function folds(claims) {
    const all = document.createElement('div');
    for (const [claim, value] of Object.entries(claims).filter(([, value]) => isNested(value))) {
      const items = Array.isArray(value) ? value : [value];
      items.forEach((item, index) => {
        const title = `${meaning(claim) || claim}${items.length > 1 ? ` ${index + 1}` : ''}`;
        const details = document.createElement('details');
        const summary = document.createElement('summary');
        details.className = 'fold';
        details.open = claim === 'SubjectRefPro' || claim === 'exercices';
        summary.textContent = title;
        details.append(summary, table(title, item), folds(item));
        all.append(details);
      });
    }

    return all;
  }

  /** @param {string} claim @param {any} value */
  function row(claim, value) {
    const line = document.createElement('tr');
    const head = document.createElement('th');
    const cell = document.createElement('td');
    const name = document.createElement('code');
    const said = document.createElement('small');
    line.setAttribute('role', 'row');
    head.scope = 'row';
    head.setAttribute('role', 'rowheader');
    cell.setAttribute('role', 'cell');
    name.textContent = claim;
    said.textContent = meaning(claim);
    head.append(name, said);
    cell.append(...shown(claim, value));
    line.append(head, cell);
    return line;
  }

  /** @param {string} claim @param {any} value @returns {(Node | string)[]} */
  function shown(claim, value) {
    const texts = Array.isArray(value) ? value : [value];
    if (texts.length === 0 || value === '') {
      const empty = document.createElement('em');
      empty.className = 'soft';
      empty.textContent = word('empty');
      return [empty];
    }

    return [claim === 'auth_time' ? paris(value) : texts.join(', ')];
  }

  const signIn = Object.fromEntries(signInClaims.filter(claim => claim in result.idToken).map(claim => [claim, result.idToken[claim]]));
  target.replaceChildren(table(word('identity'), result.userInfo), table(word('sign-in'), signIn), folds(result.userInfo));
}

/** @param {number} seconds */
const paris = seconds => new Date(seconds * 1000).toLocaleString(
  document.documentElement.lang, { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'medium' });

/** @param {any} value */
function isNested(value) {
  return typeof value === 'object' && value !== null && (!Array.isArray(value) || value.some(item => typeof item === 'object'));
}
