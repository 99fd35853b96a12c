// @ts-check

/** @type {BeforeInstallPromptEvent | undefined} */
let offer;

/** Keeps the browser's install prompt until the user asks for it. */
export function listenForInstall() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    dispatchEvent(new Event('installable'));
  });
}

export const installable = () => offer !== undefined;

export async function install() {
  await offer?.prompt();
  offer = undefined;
}
