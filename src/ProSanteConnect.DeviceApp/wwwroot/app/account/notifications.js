// @ts-check
// Push notifications, offered when browser and server support them. Without them the open app still shows every request.
import { pushKey, subscribe, unsubscribe } from '../api.js';
import { decode } from '../base64url.js';
import { el, fill, icon } from '../dom.js';
import { Offline, Problem } from '../http.js';
import { icons } from '../icons.js';
import { actionButton } from '../parts/actions.js';
import { createAlert } from '../parts/alert.js';
import { t } from '../texts.js';

const supported = () => 'PushManager' in globalThis && 'Notification' in globalThis && 'serviceWorker' in navigator;

/**
 * @param {import('../router.js').Visit} visit
 * @param {string} token
 * @param {{ welcome?: boolean }} of whether it is shown at the end of the activation, where an unsupported browser gets no message
 */
export async function notificationPanel(visit, token, { welcome = false }) {
  const panel = el('div', { class: welcome ? 'panel' : 'stack' });
  const key = supported() ? await serverKey() : undefined;
  if (welcome && (!key || Notification.permission === 'denied')) return false;
  await show();
  return panel;

  /** @param {string} [failure] */
  async function show(failure) {
    const alert = createAlert();
    const state = el('p', { role: 'status' });
    fill(panel, state, alert.element);
    if (failure) alert.say(failure);
    if (!supported()) return fill(state, t.notifications.unsupported);
    if (!key) return fill(state, t.notifications.absent);
    if (Notification.permission === 'denied') return fill(state, t.notifications.denied);

    const on = Notification.permission === 'granted' && Boolean(await subscription());
    fill(state, on ? t.notifications.on : welcome ? t.finish.notifyWhy : t.notifications.off);
    panel.append(actionButton({
      visit,
      alert,
      kind: 'button-quiet',
      picture: icon(icons.bell),
      text: on ? t.notifications.disable : welcome ? t.finish.notify : t.notifications.enable,
      action: async () => show(await (on ? turnOff(token) : turnOn(token, /** @type {string} */ (key)))),
    }));
  }
}

async function serverKey() {
  try {
    return (await pushKey()).publicKey;
  } catch (error) {
    if (error instanceof Offline || error instanceof Problem) return undefined;
    throw error;
  }
}

/** The service worker, if it is ready within 2 s: a browser may refuse it. */
const worker = () => Promise.race([navigator.serviceWorker.ready, new Promise((resolve) => setTimeout(resolve, 2000))]);

/** @returns {Promise<PushSubscription | null | undefined>} */
const subscription = async () => (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();

/**
 * @param {string} token
 * @param {string} key
 * @returns {Promise<string | undefined>} the message when it failed
 */
async function turnOn(token, key) {
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  try {
    const registration = await worker();
    if (!registration) return t.notifications.failed;
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decode(key) });
    await subscribe(token, made.toJSON());
    return undefined;
  } catch (error) {
    if (error instanceof Problem && error.code === 'e-cps-inactive') throw error;
    return t.notifications.failed;
  }
}

/** @param {string} token */
async function turnOff(token) {
  await unsubscribe(token);
  await (await subscription())?.unsubscribe();
  return undefined;
}
