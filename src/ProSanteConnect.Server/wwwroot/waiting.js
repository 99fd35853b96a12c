// @ts-check
// A page that waits for the phone: shows a countdown, polls the server, and continues after a change.
// The server renders the content; this script only fetches it again.

let page = /** @type {HTMLElement} */ (document.querySelector('[data-news]'));
let question = new AbortController();
let renewal = Promise.resolve();
const pause = /** @type {(seconds: number) => Promise<void>} */ (seconds => new Promise(done => setTimeout(done, seconds * 1000)));

countDown();
listen();

// After the computer slept, the pending poll may use a dead connection: poll again at once.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && question.abort());
// The back button may restore an outdated page from memory.
addEventListener('pageshow', event => event.persisted && location.reload());

/** Polls (long polling) until the page is left; continues after a lost network. */
async function listen() {
  for (let failures = 0; ;) {
    await renewal;
    question = new AbortController();
    try {
      const news = await ask(question.signal);
      if (news) return goOn(news);
      failures = 0;
    } catch {
      if (!question.signal.aborted) await pause(Math.min(++failures, 5));
    }
  }
}

/** @param {AbortSignal} signal @returns {Promise<{ etat: string, suite?: string } | undefined>} */
async function ask(signal) {
  const url = new URL(page.dataset.news ?? '', location.href);
  const response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store', signal });
  if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);

  const news = await response.json();
  return news.etat === url.searchParams.get('vu') ? undefined : news;
}

/** @param {{ suite?: string }} news */
function goOn(news) {
  if (news.suite) location.replace(news.suite);
  else location.reload();
}

/** Shows the remaining seconds. At zero, submits the form that is marked for it, if any. */
function countDown() {
  const seconds = page.querySelector('[data-seconds]');
  const bar = page.querySelector('progress');
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector('form[data-at-end]'));
  let help = /** @type {HTMLDetailsElement | null} */ (page.querySelector('details[data-open-at]'));
  if (!seconds) return;

  const inMinutes = seconds.getAttribute('data-seconds') !== '';
  const end = Date.now() + Number(seconds.getAttribute('data-seconds') || seconds.textContent) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    seconds.textContent = inMinutes ? minutesAndSeconds(left) : `${left}`;
    if (bar) bar.value = left;
    if (help && left <= Number(help.dataset.openAt)) {
      help.open = true;
      help = null;
    }
    if (left > 0) return;

    clearInterval(timer);
    if (form) renewal = renew(form);
  };
  const timer = setInterval(tick, 500);
}

/** As the server words it (TimeLeft). @param {number} left */
const minutesAndSeconds = left => (left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${String(left % 60).padStart(2, '0')} s`);

/** Submits the form and replaces the content with the response; the scroll position stays. @param {HTMLFormElement} form */
async function renew(form) {
  question.abort();
  try {
    const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(/** @type {any} */ (new FormData(form))) });
    const next = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-news]');
    if (!next || next.querySelector('h1')?.id !== page.querySelector('h1')?.id) return location.reload();

    const isOpen = page.querySelector('details')?.open ?? false;
    page.replaceWith(next);
    page = /** @type {HTMLElement} */ (next);
    page.querySelector('details')?.toggleAttribute('open', isOpen);
    countDown();
  } catch {
    await pause(2);
    location.reload();
  }
}
