// @ts-check

/** @type {BeforeInstallPromptEvent | undefined} */
let offer;

/** Keeps the system's offer to install until the person asks for it. */
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
