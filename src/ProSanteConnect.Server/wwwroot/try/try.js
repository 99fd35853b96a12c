// @ts-check
// The page "Je teste ma e-CPS": begins a sign-in, or handles its response. All texts are in the page.
import { begin, finish, Failure } from './relying-party.js';
import { showClaims } from './claims.js';

const page = /** @type {HTMLElement} */ (document.getElementById('essai'));
const settings = {
  issuer: page.dataset.issuer ?? '',
  clientId: page.dataset.clientId ?? '',
  redirectUri: page.dataset.redirectUri ?? '',
};

/** @param {string} selector */
const part = selector => /** @type {HTMLElement} */ (page.querySelector(selector));

/** Shows one part of the page and hides the others. @param {string} selector */
function showOnly(selector) {
  for (const element of page.querySelectorAll(':scope > section, :scope > p')) {
    /** @type {HTMLElement} */ (element).hidden = !element.matches(selector);
  }
}

/** Moves the focus to the part that has just appeared. @param {HTMLElement} heading */
function announce(heading) {
  heading.hidden = false;
  heading.focus();
}

/** @param {unknown} error */
function showFailure(error) {
  const reason = error instanceof Failure ? error.reason : 'service';
  showOnly(`[data-failure="${reason}"]`);
  part(`[data-failure="${reason}"] [data-detail]`).textContent = error instanceof Error ? error.message : String(error);
  announce(part(`[data-failure="${reason}"] h2`));
}

async function start() {
  showOnly('#attente');
  try {
    await begin(settings);
  } catch (error) {
    showFailure(error);
  }
}

/** @param {URLSearchParams} answer */
async function takeUp(answer) {
  showOnly('#attente');
  // Removes the code from the history of the browser.
  history.replaceState(null, '', location.pathname);
  try {
    const result = await finish(settings, answer);
    showClaims(part('#informations'), result, page);
    showOnly('#bravo');
    announce(part(`[data-means="${result.idToken.authMode === 'MOBILE' || result.userInfo.authMode === 'MOBILE' ? 'MOBILE' : 'CARD'}"]`));
  } catch (error) {
    showFailure(error);
  }
}

for (const button of page.querySelectorAll('#tester, [data-again]')) button.addEventListener('click', start);
part('#tester').hidden = false;

const answer = new URLSearchParams(location.search);
if (answer.has('code') || answer.has('error')) await takeUp(answer);
