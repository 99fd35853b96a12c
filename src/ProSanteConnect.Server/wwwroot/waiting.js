// @ts-check
// A page that waits for the phone: it counts the seconds down, and goes on by itself as soon as the server has news.
// What the page says is the server's matter; this only fetches it anew.

let page = /** @type {HTMLElement} */ (document.querySelector('[data-news]'));
let question = new AbortController();
let renewal = Promise.resolve();
const pause = /** @type {(seconds: number) => Promise<void>} */ (seconds => new Promise(done => setTimeout(done, seconds * 1000)));

countDown();
listen();

// After a sleep, what was asked before it may hang on a dead connection: ask again at once.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && question.abort());
// The back button may bring a page out of memory that shows what was.
addEventListener('pageshow', event => event.persisted && location.reload());

/** Asks for news, one long question after the other; a lost network, or a night's sleep, ends none of it. */
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

/** Shows the seconds that are left. When none is, a form that stands there for it fetches what comes next. */
function countDown() {
  const seconds = page.querySelector('[data-seconds]');
  const bar = page.querySelector('progress');
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector('form[data-at-end]'));
  if (!seconds) return;

  const end = Date.now() + Number(seconds.textContent) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    seconds.textContent = `${left}`;
    if (bar) bar.value = left;
    if (left > 0) return;

    clearInterval(timer);
    if (form) renewal = renew(form);
  };
  const timer = setInterval(tick, 500);
}

/** Sends the form, and puts what has come of it in the place of what was: the reader stays where they are. @param {HTMLFormElement} form */
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
