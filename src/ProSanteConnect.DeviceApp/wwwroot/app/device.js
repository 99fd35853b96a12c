// @ts-check
// The enrolled phone: its device token, rotated once a day, and its name.
import { eCps, rotate } from './api.js';
import { divert } from './failures.js';
import { Offline, Problem } from './http.js';
import { forget, read, write } from './store.js';

const day = 24 * 60 * 60 * 1000;

/**
 * The e-CPS of this phone; without one, diverts to the screen that says so.
 * @returns {Promise<import('./store.js').Device>}
 */
export async function device() {
  const kept = await read('device');
  if (!kept) return divert((await read('inactive')) ? 'inactive' : 'bienvenue');
  return Date.now() - kept.rotatedAt < day ? kept : renewToken();
}

/** Rotates the token in one tab only. The former token stays valid until the new one is first used, in case the response is lost. */
async function renewToken() {
  return exclusively(async () => {
    const kept = await read('device');
    if (!kept) return divert('bienvenue');
    if (Date.now() - kept.rotatedAt < day) return kept;
    try {
      const { deviceToken, deviceTokenExpiresAt } = await rotate(kept.token);
      const renewed = { ...kept, token: deviceToken, expiresAt: deviceTokenExpiresAt, rotatedAt: Date.now() };
      await write('device', renewed);
      return renewed;
    } catch (error) {
      if (error instanceof Offline || (error instanceof Problem && (error.status === 429 || error.status >= 500))) return kept;
      throw error;
    }
  });
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
const exclusively = async (work) => (navigator.locks ? await navigator.locks.request('e-cps-token', work) : work());

/**
 * @param {Contract.DeviceToken & { eCps: Contract.ECps }} enrolled
 */
export const keepDevice = ({ deviceToken, deviceTokenExpiresAt, eCps: holder }) =>
  write('device', { token: deviceToken, expiresAt: deviceTokenExpiresAt, rotatedAt: Date.now(), eCps: holder });

/**
 * Stores the e-CPS as received from the server, for display offline.
 * @param {Contract.ECps} holder
 */
export async function keepECps(holder) {
  const kept = await read('device');
  if (!kept) return;
  await write('device', { ...kept, eCps: holder });
  await forget('inactive'); // stands there while a delisted holder's e-CPS is suspended
}

/**
 * The e-CPS from the server, or as last received when the server is unavailable.
 * @param {import('./store.js').Device} kept
 * @param {AbortSignal} signal
 */
export async function freshECps(kept, signal) {
  try {
    const holder = await eCps(kept.token, signal);
    await keepECps(holder);
    return holder;
  } catch (error) {
    if (error instanceof Offline) return kept.eCps;
    throw error;
  }
}

/** A name by which the holder recognises this phone. */
export async function suggestedName() {
  const { model } = (await navigator.userAgentData?.getHighEntropyValues(['model']).catch(() => undefined)) ?? {};
  return (model || familiarName(navigator.userAgent)).slice(0, 60);
}

/** @param {string} agent */
export function familiarName(agent) {
  const android = agent.match(/Android [\d.]+; ([^;)]+?)(?: Build|[;)])/)?.[1];
  if (android && android !== 'K') return android;
  const known = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Macintosh', 'Mac'], ['Windows', 'Windows'], ['Linux', 'Linux']];
  return known.find(([mark]) => agent.includes(mark))?.[1] ?? 'e-CPS';
}

/** @param {string} agent */
export function operatingSystem(agent) {
  const ios = agent.match(/(?:iPhone )?OS (\d+)[_.](\d+)/);
  if (ios) return `iOS ${ios[1]}.${ios[2]}`;
  return agent.match(/Android [\d.]+/)?.[0] ?? agent.match(/Windows NT [\d.]+|Mac OS X [\d_.]+|Linux/)?.[0]?.replace(/_/g, '.');
}
