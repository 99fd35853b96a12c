import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Offline, Problem, problemOf, send } from '../wwwroot/app/http.js';

const fetchOfNode = globalThis.fetch;
afterEach(() => { globalThis.fetch = fetchOfNode; });

/** Replies to the calls in turn; an Error is a failing network. */
function serve(...answers) {
  const calls = [];
  globalThis.fetch = async (address, options) => {
    calls.push({ address, ...options });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return calls;
}

const json = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

test('a problem is known by the end of its type', async () => {
  const problem = await problemOf(json(403, { type: 'urn:prosanteconnect:problem:pin-wrong', detail: 'Code PIN incorrect.', attemptsLeft: 2 }));

  assert.equal(problem.code, 'pin-wrong');
  assert.equal(problem.status, 403);
  assert.equal(problem.detail, 'Code PIN incorrect.');
  assert.equal(problem.members.attemptsLeft, 2);
});

test('an OAuth error is known by its error', async () => {
  const problem = await problemOf(json(400, { error: 'invalid_grant', error_description: 'Code incorrect.', attempts_left: 1 }));

  assert.equal(problem.code, 'invalid_grant');
  assert.equal(problem.detail, 'Code incorrect.');
  assert.equal(problem.members.attempts_left, 1);
});

test('an answer that is no JSON still has a code', async () => {
  const problem = await problemOf(new Response('<h1>Bad gateway</h1>', { status: 502 }));

  assert.equal(problem.code, 'http-502');
  assert.equal(problem.detail, undefined);
});

test('the time to wait is read from Retry-After', async () => {
  const problem = await problemOf(json(429, { type: 'urn:prosanteconnect:problem:too-many-requests' }, { 'Retry-After': '1200' }));

  assert.equal(problem.retryAfter, 1200);
});

test('a type of somebody else is not taken for ours', async () => {
  assert.equal((await problemOf(json(400, { type: 'https://example.org/pin-wrong' }))).code, 'http-400');
});

test('a refusal is thrown as a problem and not tried again', async () => {
  const calls = serve(json(410, { type: 'urn:prosanteconnect:problem:e-cps-inactive', reason: 'replaced' }));

  await assert.rejects(send('/x'), (error) => error instanceof Problem && error.members.reason === 'replaced');
  assert.equal(calls.length, 1);
});

test('what only reads is tried again when no answer came', async () => {
  const calls = serve(new TypeError('network'), json(200, { state: 'active' }));

  assert.deepEqual(await send('/x', { token: 'abc' }), { state: 'active' });
  assert.equal(calls.length, 2);
  assert.equal(calls[1].headers.Authorization, 'Bearer abc');
});

test('what changes something is never sent twice', async () => {
  const calls = serve(new TypeError('network'), json(200, {}));

  await assert.rejects(send('/x', { method: 'POST', json: {} }), Offline);
  assert.equal(calls.length, 1);
});

test('no cookie is ever sent', async () => {
  const calls = serve(json(200, {}));
  await send('/x');

  assert.equal(calls[0].credentials, 'omit');
});

test('an answer without content is nothing', async () => {
  serve(new Response(null, { status: 204 }));

  assert.equal(await send('/x', { method: 'DELETE' }), undefined);
});

test('a screen that was left asks no more', async () => {
  const left = new AbortController();
  serve(new TypeError('network'));
  left.abort();

  await assert.rejects(send('/x', { signal: left.signal }), { name: 'AbortError' });
});

test('too many requests say how long to wait, as the server does', async () => {
  const { explain } = await import('../wwwroot/app/failures.js');
  const { t } = await import('../wwwroot/app/texts.js');
  const problem = await problemOf(json(429, { type: 'urn:prosanteconnect:problem:too-many-requests' }, { 'Retry-After': '90' }));

  assert.equal(explain(problem), t.errors.tooManyIn(2));
  assert.equal(explain(await problemOf(json(429, { error: 'slow' }))), t.errors.tooMany);
});
