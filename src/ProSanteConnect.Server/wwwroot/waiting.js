// @ts-check
// A page that waits for the phone: it counts the seconds down, and goes on by itself as soon as the server has news.
// What the page says is the server's matter; this only fetches it anew.

const page = /** @type {HTMLElement} */ (document.querySelector('[data-news]'));
const pause = /** @type {(seconds: number) => Promise<void>} */ (seconds => new Promise(done => setTimeout(done, seconds * 1000)));

countDown();
listen();

/** Asks for news, one long question after the other; a lost network, or a night's sleep, ends none of it. */
async function listen() {
  for (let failures = 0; ;) {
    const waking = new AbortController();
    // After a sleep the question that was asked before it may hang on a dead connection: ask again at once.
    const wake = () => document.visibilityState === 'visible' && waking.abort();
    document.addEventListener('visibilitychange', wake);
    try {
      const news = await ask(waking.signal);
      if (news) return goOn(news);
      failures = 0;
    } catch {
      if (!waking.signal.aborted) await pause(Math.min(++failures, 5));
    } finally {
      document.removeEventListener('visibilitychange', wake);
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

/** Shows the seconds that are left; when none is, a form that is there for it asks for what comes next. */
function countDown() {
  const seconds = page.querySelector('[data-seconds]');
  const bar = page.querySelector('progress');
  if (!seconds) return;

  const end = Date.now() + Number(seconds.textContent) * 1000;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    seconds.textContent = `${left}`;
    if (bar) bar.value = left;
    if (left === 0) clearInterval(timer);
  }, 500);
}

// The back button may bring a page out of memory that shows what was.
addEventListener('pageshow', event => event.persisted && location.reload());
