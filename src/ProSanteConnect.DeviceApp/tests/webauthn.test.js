import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../wwwroot/app/base64url.js';
import { readCreation, readRequest, writeCredential } from '../wwwroot/app/webauthn.js';

const bytes = (...values) => Uint8Array.from(values);

test('base64url goes there and back without padding', () => {
  for (const value of [bytes(), bytes(255), bytes(251, 255), bytes(0, 1, 2, 3)]) assert.deepEqual(decode(encode(value)), value);
  assert.equal(encode(bytes(251, 255)), '-_8');
});

test('options written as JSON are read into bytes', () => {
  const creation = readCreation({ challenge: '-_8', user: { id: 'AQ', name: 'x', displayName: 'x' }, rp: { name: 'e-CPS' }, pubKeyCredParams: [], excludeCredentials: [{ type: 'public-key', id: 'Ag' }] });
  const request = readRequest({ challenge: '-_8', rpId: 'localhost', allowCredentials: [{ type: 'public-key', id: 'Ag' }] });

  assert.deepEqual(creation.challenge, bytes(251, 255));
  assert.deepEqual(creation.user.id, bytes(1));
  assert.deepEqual(creation.excludeCredentials[0].id, bytes(2));
  assert.deepEqual(request.allowCredentials[0].id, bytes(2));
  assert.equal(request.rpId, 'localhost');
});

const credential = (response) => ({ id: 'Ag', rawId: bytes(2).buffer, type: 'public-key', authenticatorAttachment: null, getClientExtensionResults: () => ({}), response });

test('a new key is written as a registration', () => {
  const written = writeCredential(credential({ clientDataJSON: bytes(1).buffer, attestationObject: bytes(3).buffer, getTransports: () => ['internal'] }));

  assert.equal(written.rawId, 'Ag');
  assert.deepEqual(written.response, { clientDataJSON: 'AQ', attestationObject: 'Aw', transports: ['internal'] });
});

test('a signature is written as an authentication', () => {
  const written = writeCredential(credential({ clientDataJSON: bytes(1).buffer, authenticatorData: bytes(4).buffer, signature: bytes(5).buffer, userHandle: null }));

  assert.deepEqual(written.response, { clientDataJSON: 'AQ', authenticatorData: 'BA', signature: 'BQ', userHandle: undefined });
});
