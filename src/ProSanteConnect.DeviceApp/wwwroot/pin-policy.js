// @ts-check

/**
 * Whether anybody would guess it: one digit repeated, a run up or down, a repeated pair. The server decides; this only answers sooner.
 * @param {string} pin
 */
export function isTrivial(pin) {
  const steps = [...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10);
  const constant = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0]);
  const repeatedPair = pin.length % 2 === 0 && pin === pin.slice(0, 2).repeat(pin.length / 2);
  return constant || repeatedPair;
}
