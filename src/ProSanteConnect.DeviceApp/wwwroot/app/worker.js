// @ts-check
// Registers the service worker and offers a new version when it is ready.
import { offerUpdate } from './shell.js';

export async function registerWorker() {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('sw.js', { type: 'module', updateViaCache: 'none' });
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed' && navigator.serviceWorker.controller) offer(next);
      });
    });
  } catch {
    // A browser may refuse the worker, for example in private browsing: the app then works online only.
  }
}

/** @param {ServiceWorker} next */
function offer(next) {
  offerUpdate(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    next.postMessage('take-over');
  });
}
