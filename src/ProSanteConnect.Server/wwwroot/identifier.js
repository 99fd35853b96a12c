// @ts-check
// Doubts an identifier whose check digit is wrong while it is typed. The browser alone decides, by arithmetic: the server is asked
// nothing, so that nobody learns who exists. A doubt prevents nothing: published test identities have no valid key.

const field = /** @type {HTMLInputElement} */ (document.getElementById('identifiant'));
const doubt = /** @type {HTMLElement} */ (document.getElementById('identifiant-doute'));

field.addEventListener('input', tell);
tell();

function tell() {
  const text = isDoubtful(field.value) ? doubt.dataset.doubt ?? '' : '';
  if (doubt.textContent !== text) doubt.textContent = text;
}

/** An RPPS number, alone or after its 8, whose last digit is not the Luhn key of the others. @param {string} typed */
function isDoubtful(typed) {
  const rpps = typed.replace(/\s/g, '').match(/^8?(\d{11})$/)?.[1];
  return rpps !== undefined && !hasKey(rpps);
}

/** @param {string} digits */
function hasKey(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
