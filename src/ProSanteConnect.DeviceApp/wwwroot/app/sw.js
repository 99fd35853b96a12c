// @ts-check
/// <reference lib="webworker" />
// The service worker: serves the shell offline, and shows a notification for a push message.
import { requestRoute } from './addresses.js';
import { t } from './texts.js';
import { version } from './version.js';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const cacheName = `e-cps-${version}`;

/** Every file of the app; a test compares the list with the folder. */
export const shell = [
  './',
  'account/deactivate.js',
  'account/history.js',
  'account/home.js',
  'account/lift-freeze.js',
  'account/notifications.js',
  'account/renew.js',
  'account/settings.js',
  'activate/camera.js',
  'activate/choose.js',
  'activate/conditions.js',
  'activate/find-rpps.js',
  'activate/finish.js',
  'activate/inspect.js',
  'activate/journey.js',
  'activate/pairing-code.js',
  'activate/pin.js',
  'activate/request-by-mail.js',
  'activate/scan.js',
  'activate/sms.js',
  'activate/welcome.js',
  'addresses.js',
  'api.js',
  'app.js',
  'approve/approve.js',
  'approve/outcomes.js',
  'base64url.js',
  'cgu.en.html',
  'cgu.html',
  'device.js',
  'dom.js',
  'en.js',
  'event-parser.js',
  'events.js',
  'failures.js',
  'fr.js',
  'http.js',
  'icons.js',
  'icons/badge.png',
  'icons/icon-192.png',
  'icons/icon-512.png',
  'icons/icon-maskable-512.png',
  'icons/icon.svg',
  'install.js',
  'manifest.webmanifest',
  'parts/actions.js',
  'parts/alert.js',
  'parts/countdown.js',
  'parts/digit-field.js',
  'parts/digits.js',
  'parts/field-error.js',
  'parts/sign.js',
  'parts/text-field.js',
  'pin-policy.js',
  'qr-text.js',
  'router.js',
  'rpps.js',
  'shell.js',
  'states.js',
  'store.js',
  'styles/look.css',
  'styles/screens.css',
  'texts.js',
  'version.js',
  'webauthn.js',
  'worker.js',
];

/** Files that the build adds if it can; the app works without them. */
const optional = ['lib/qr/decode.js', 'lib/qr/index.js'];

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(forgetOldShells()));
worker.addEventListener('message', (event) => event.data === 'take-over' && worker.skipWaiting());
worker.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && isShell(new URL(url))) event.respondWith(freshOrKept(event.request));
});
worker.addEventListener('push', (event) => event.waitUntil(notify(event.data)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

async function keepShell() {
  const cache = await caches.open(cacheName);
  await cache.addAll(shell.map((path) => new Request(path, { cache: 'no-cache' })));
  await Promise.allSettled(optional.map((path) => cache.add(path)));
}

async function forgetOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('e-cps-') && name !== cacheName).map((name) => caches.delete(name)));
}

/** @param {URL} address */
const isShell = ({ origin, pathname }) => origin === worker.location.origin && pathname.startsWith(new URL('./', worker.location.href).pathname);

/**
 * The file from the server, so that all files have one version; the cached one when the server is unavailable.
 * @param {Request} request
 */
async function freshOrKept(request) {
  try {
    const response = await fetch(request);
    if (response.status < 500) return response;
  } catch {
    // Offline: the cached shell is used.
  }
  const kept = await caches.match(request, { cacheName, ignoreSearch: true });
  return kept ?? Response.error();
}

/** @typedef {{ type?: string, id?: string, title?: string, body?: string }} Message */

/**
 * The message contains the identifier of a pending request only; the app reads its content from the server.
 * @param {PushMessageData | null} message
 */
async function notify(message) {
  const { type, id, title, body } = read(message);
  await worker.registration.showNotification(title ?? t.approve.title, {
    body: body ?? t.home.waiting(1),
    icon: 'icons/icon-192.png',
    badge: 'icons/badge.png',
    // A newer request replaces the former notification, as it replaces the request on the server.
    tag: 'demande',
    requireInteraction: true,
    data: type === 'sign-in-request' ? id : undefined,
  });
}

/** @param {PushMessageData | null} message @returns {Message} */
function read(message) {
  try {
    return message?.json() ?? {};
  } catch {
    return {};
  }
}

/** @param {string | undefined} request */
async function open(request) {
  const route = request ? `#${requestRoute(request)}` : '#accueil';
  const address = new URL(`./${route}`, worker.location.href).href;
  const windows = await worker.clients.matchAll({ type: 'window' });
  const ours = windows.find((window) => isShell(new URL(window.url)));
  if (!ours) return worker.clients.openWindow(address);
  await ours.focus();
  return ours.navigate(address);
}
