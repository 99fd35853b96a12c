// @ts-check

/**
 * Reads a typed RPPS number: eleven digits with a valid Luhn key, or the national identifier ("8" and the number).
 * @param {string} text
 * @returns {string | undefined} the eleven digits
 */
export function readRpps(text) {
  const digits = text.replace(/[\s.\-\u00a0]/g, '').replace(/^8(?=\d{11}$)/, '');
  return /^\d{11}$/.test(digits) && luhn(digits) ? digits : undefined;
}

/**
 * Whether eleven digits were typed of which one is wrong. The phone alone decides: the server is asked nothing.
 * @param {string} text
 */
export const isDoubtfulRpps = (text) => /^8?\d{11}$/.test(text.replace(/[\s.\-\u00a0]/g, '')) && readRpps(text) === undefined;

/** @param {string} digits */
function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
