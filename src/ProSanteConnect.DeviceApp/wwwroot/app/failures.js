// @ts-check
// Messages for failures, and the routes of failures that have their own screen.
import { Offline, Problem } from './http.js';
import { forget, NoStorage, read, write } from './store.js';
import { t } from './texts.js';
import { KeyRefused } from './webauthn.js';

/** Leaves the screen for the one that shows the failure. */
class Diversion extends Error {
  /** @param {string} route */
  constructor(route) {
    super(route);
    this.route = route;
  }
}

/**
 * Leaves the screen being built for another one.
 * @param {string} route
 * @returns {never}
 */
export function divert(route) {
  throw new Diversion(route);
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (error instanceof Offline) return t.errors.offline;
  if (error instanceof KeyRefused) return t.errors.keyRefused;
  if (error instanceof Problem) return explainProblem(error);
  console.error(error);
  return t.errors.unexpected;
}

/** @param {Problem} problem */
function explainProblem(problem) {
  const incident = problem.incident ? ` ${t.app.incident(problem.incident)}.` : '';
  if (problem.status === 429) return tooMany(problem);
  if (problem.status >= 500) return t.errors.unavailable + incident;
  return (problem.detail ?? t.errors.unexpected) + incident;
}

/** @param {Problem} problem */
const tooMany = ({ retryAfter }) => (retryAfter ? t.errors.tooManyIn(Math.max(1, Math.ceil(retryAfter / 60))) : t.errors.tooMany);

/**
 * Stores what the failure changes, and returns the route of its screen if it has one.
 * @param {unknown} error
 * @returns {Promise<string | undefined>}
 */
export async function diversion(error) {
  if (error instanceof Diversion) return error.route;
  if (error instanceof NoStorage) return 'stockage';
  if (!(error instanceof Problem)) return undefined;
  if (error.code === 'e-cps-inactive') {
    await remember({ state: 'inactive', reason: error.members.reason, since: error.members.since });
    return 'inactive';
  }
  if (error.code === 'activation-over') return endActivation();
  if (error.code === 'token-invalid') return (await read('activation')) ? endActivation() : forgetDevice();
  return undefined;
}

/**
 * Stores that the e-CPS of this phone is inactive, and deletes its token. That of a delisted holder is kept: the e-CPS is only
 * suspended at first, and can be used again when the directory lists its holder again.
 * @param {Contract.Inactive} inactive
 */
export async function remember(inactive) {
  await write('inactive', inactive);
  if (inactive.reason !== 'delisted') await forget('device');
}

async function endActivation() {
  await forget('activation');
  return 'activation-terminee';
}

async function forgetDevice() {
  await forget('device');
  return 'inconnu';
}
