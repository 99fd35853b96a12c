import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventParser } from '../wwwroot/app/event-parser.js';

const whole = 'retry: 500\n: heartbeat\n\nevent: requests\ndata: [1,\ndata: 2]\n\ndata: alone\n\n';
const expected = [{ event: 'requests', data: '[1,\n2]' }, { event: 'message', data: 'alone' }];

test('a stream is read whole', () => {
  const parser = new EventParser();

  assert.deepEqual(parser.push(whole), expected);
  assert.equal(parser.retry, 500);
});

for (const lineBreak of ['\n', '\r\n', '\r']) {
  test(`a stream cut at every place says the same, with ${JSON.stringify(lineBreak)}`, () => {
    const text = whole.replaceAll('\n', lineBreak);
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new EventParser();
      const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut)), ...parser.push(': end')];

      assert.deepEqual(events, expected, `cut at ${cut}`);
    }
  });
}

test('a heartbeat is no event', () => {
  assert.deepEqual(new EventParser().push(': still here\n\n'), []);
});

test('an event that has not ended is not told', () => {
  assert.deepEqual(new EventParser().push('event: requests\ndata: []\n'), []);
});

test('only one space after the colon belongs to the field', () => {
  assert.deepEqual(new EventParser().push('data:  x\n\n'), [{ event: 'message', data: ' x' }]);
});
