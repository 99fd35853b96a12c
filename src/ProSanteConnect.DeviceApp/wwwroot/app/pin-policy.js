// @ts-check

/**
 * Whether a PIN is easy to guess: an arithmetic sequence, a palindrome, a repetition, doubled digits. These are four rules of the
 * server's PinPolicy, which decides and has more (card, birth date); this check only fails earlier.
 * @param {string} pin
 */
export const isTrivial = (pin) => [isRun, isPalindrome, isRepetition, isDoubled].some((rule) => rule(pin));

/** @param {string} pin */
function isRun(pin) {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  return new Set(steps).size === 1;
}

/** @param {string} pin */
const isPalindrome = (pin) => pin === [...pin].reverse().join('');

/** @param {string} pin */
const isRepetition = (pin) => /^(\d+)\1+$/.test(pin);

/** @param {string} pin */
const isDoubled = (pin) => /^(?:(\d)\1)+$/.test(pin);
