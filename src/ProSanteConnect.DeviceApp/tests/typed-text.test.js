import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress, requestRoute } from '../wwwroot/app/addresses.js';
import { isTrivial } from '../wwwroot/app/pin-policy.js';
import { readQrText } from '../wwwroot/app/qr-text.js';
import { isDoubtfulRpps, readRpps } from '../wwwroot/app/rpps.js';

const here = 'https://wallet.example';
const secret = 'Zm9vYmFyLV9mb29iYXI';

for (const [text, expected] of [
  [`${here}/app/#qr=${secret}`, { kind: 'request', secret }],
  [` ${here}/app/#qr=${secret}\n`, { kind: 'request', secret }],
  [secret, { kind: 'request', secret }],
  ['Zm9v YmFy LV9m b29i YXI', { kind: 'request', secret }],
  [`https://wallet.example.org/app/#qr=${secret}`, { kind: 'elsewhere', host: 'wallet.example.org' }],
  [`http://wallet.example/app/#qr=${secret}`, { kind: 'elsewhere', host: 'wallet.example' }],
  [`${here}/app/?qr=${secret}`, { kind: 'other' }],
  [`${here}/app/#qr=`, { kind: 'other' }],
  [`${here}/autre/#qr=${secret}`, { kind: 'other' }],
  [`javascript:alert(1)/app/#qr=${secret}`, { kind: 'other' }],
  ['https://example.org/', { kind: 'other' }],
  ['WIFI:S:reseau;T:WPA;P:secret;;', { kind: 'other' }],
  ['', { kind: 'other' }],
]) {
  test(`the QR text ${JSON.stringify(text)} is ${expected.kind}`, () => {
    assert.deepEqual(readQrText(text, here), expected);
  });
}

for (const [typed, expected] of [
  ['99700218896', '99700218896'],
  ['899700218896', '99700218896'],
  ['997 0021 8896', '99700218896'],
  ['997.002.188-96', '99700218896'],
  ['99700218897', undefined],
  ['9970021889', undefined],
  ['9970021889a', undefined],
  ['799700218896', undefined],
  ['', undefined],
]) {
  test(`the RPPS number ${JSON.stringify(typed)} is ${expected ?? 'refused'}`, () => {
    assert.equal(readRpps(typed), expected);
  });
}

for (const pin of ['0000', '1234', '4321', '8901', '2468', '2002', '1991', '1212', '1122', '123123', '11223344']) {
  test(`the PIN ${pin} is too easy`, () => assert.ok(isTrivial(pin)));
}

for (const pin of ['2580', '1379', '9073', '48213', '730518']) {
  test(`the PIN ${pin} is not too easy`, () => assert.ok(!isTrivial(pin)));
}

test('an address names a QR code, a request, a request of this phone, or nothing', () => {
  assert.deepEqual(readAddress(`#qr=${secret}`), { kind: 'qr', secret });
  assert.deepEqual(readAddress('#demande=7f'), { kind: 'request', id: '7f', sameDevice: false });
  assert.deepEqual(readAddress('#demande=7f&retour=1'), { kind: 'request', id: '7f', sameDevice: true });
  assert.equal(readAddress('#accueil'), undefined);
  assert.equal(readAddress(''), undefined);
});

test('the route of a request is no address, and keeps an id of any form', () => {
  const route = requestRoute('a&b=c', true);

  assert.equal(readAddress(`#${route}`), undefined);
  assert.equal(new URLSearchParams(route.split('?')[1]).get('id'), 'a&b=c');
});

test('an RPPS number is doubted once it is whole and its key is wrong', () => {
  for (const typed of ['99700218897', '899700218897', '997 0021 8897']) assert.ok(isDoubtfulRpps(typed), typed);
  for (const typed of ['', '9970021889', '99700218896', '899700218896']) assert.ok(!isDoubtfulRpps(typed), typed);
});
