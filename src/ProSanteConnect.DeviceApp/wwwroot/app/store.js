// @ts-check
// Persistent storage in IndexedDB. It survives closing, reloading and losing the network.

/**
 * @typedef {object} Device
 * @property {string} token
 * @property {string} expiresAt
 * @property {number} rotatedAt milliseconds since 1970
 * @property {Contract.ECps} eCps as last received from the server, for display offline
 */

/**
 * @typedef {object} RunningActivation
 * @property {Contract.Mode} mode
 * @property {string} pairingToken
 * @property {string} holder
 * @property {string} [pairingCode]
 * @property {number} [codeExpiresAt] milliseconds since 1970
 * @property {number} interval polling interval in seconds
 * @property {string} [maskedPhone]
 * @property {string} [enrolmentToken]
 */

/**
 * @typedef {object} Kept
 * @property {Device} device
 * @property {RunningActivation} activation
 * @property {{ version: string }} conditions the accepted version
 * @property {{ secret: string }} qr from a link, not yet sent
 * @property {{ at: number }} mailRequest
 * @property {Contract.Inactive & { since?: string }} inactive
 */

/** Storage is unavailable: private browsing, or denied. */
export class NoStorage extends Error {
  constructor() {
    super('no storage');
    this.name = 'NoStorage';
  }
}

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new NoStorage());
  });

async function open() {
  if (!globalThis.indexedDB) throw new NoStorage();
  const request = indexedDB.open('e-cps', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  return settled(request);
}

/** @param {IDBTransactionMode} mode */
async function kept(mode) {
  opened ??= open();
  try {
    return (await opened).transaction('kept', mode).objectStore('kept');
  } catch {
    // The browser may have closed the database; the next call reopens it.
    opened = undefined;
    throw new NoStorage();
  }
}

/**
 * @template {keyof Kept} K
 * @param {K} key
 * @returns {Promise<Kept[K] | undefined>}
 */
export const read = async (key) => settled((await kept('readonly')).get(key));

/**
 * @template {keyof Kept} K
 * @param {K} key
 * @param {Kept[K]} value
 */
export async function write(key, value) {
  const store = await kept('readwrite');
  store.put(value, key);
  await new Promise((resolve, reject) => {
    store.transaction.oncomplete = resolve;
    store.transaction.onabort = store.transaction.onerror = () => reject(new NoStorage());
  });
}

/** @param {...keyof Kept} keys */
export async function forget(...keys) {
  const store = await kept('readwrite');
  await Promise.all(keys.map((key) => settled(store.delete(key))));
}
