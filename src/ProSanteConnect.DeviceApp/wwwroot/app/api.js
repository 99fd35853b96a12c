// @ts-check
// The e-CPS API, one function per call (docs: /openapi/ecps.json).
import { send } from './http.js';

export const tokenAddress = '/auth/realms/esante-wallet/protocol/openid-connect/token';
export const base = '/ecps/v1';

const clientId = 'ecps-app';
const grantTypes = 'urn:prosanteconnect:params:oauth:grant-type:';

/** @param {string} path @param {object} [json] @param {string} [token] */
const post = (path, json, token) => send(base + path, { method: 'POST', json, token });

/** @param {string} path @param {string} token @param {AbortSignal} [signal] */
const get = (path, token, signal) => send(base + path, { token, signal });

// The two grants

/**
 * Redeems a scanned QR code, which binds the activation to this phone.
 * @param {string} qrCode
 * @param {string} deviceName
 * @returns {Promise<Contract.Pairing>}
 */
export const pair = (qrCode, deviceName) =>
  send(tokenAddress, {
    method: 'POST',
    form: { grant_type: `${grantTypes}ecps-qr`, client_id: clientId, qr_code: qrCode, device_name: deviceName },
  });

/**
 * Exchanges the pairing token for an enrolment token: with the code of the SMS, or after the code shown here was typed on the computer.
 * @param {string} pairingToken
 * @param {string} [code]
 * @returns {Promise<Contract.EnrolmentToken>}
 */
export const confirm = (pairingToken, code) =>
  send(tokenAddress, {
    method: 'POST',
    form: { grant_type: `${grantTypes}ecps-code`, client_id: clientId, pairing_token: pairingToken, ...(code ? { code } : {}) },
  });

// Before any token

/** @param {string} rpps @returns {Promise<void>} */
export const requestActivation = (rpps) => post('/activation-requests', { rpps });

/** @param {string} email @param {string} phone @returns {Promise<{ rpps: string }>} */
export const searchRpps = (email, phone) => post('/rpps-search', { email, phone });

/** @param {string} qrCode @returns {Promise<Contract.Inspection>} */
export const inspect = (qrCode) => post('/activation/inspect', { qrCode });

// With the pairing or the enrolment token

/** @param {string} token @param {AbortSignal} [signal] @returns {Promise<Contract.Activation>} */
export const activation = (token, signal) => get('/activation', token, signal);

/** @param {string} token @returns {Promise<Contract.SentCode>} */
export const sendSms = (token) => post('/activation/sms', undefined, token);

/** @param {string} token @param {string} deviceName @returns {Promise<Contract.CreationCeremony>} */
export const enrolmentOptions = (token, deviceName) => post('/enrolment/options', { deviceName }, token);

/** @param {string} token @param {Contract.Enrolment} enrolment @returns {Promise<Contract.Enrolled>} */
export const enrol = (token, enrolment) => post('/enrolment', enrolment, token);

// With the device token

/** @param {string} token @returns {Promise<Contract.DeviceToken>} */
export const rotate = (token) => post('/device-token', undefined, token);

/** @param {string} token @param {AbortSignal} [signal] @returns {Promise<Contract.ECps>} */
export const eCps = (token, signal) => get('/e-cps', token, signal);

/** @param {string} token @param {AbortSignal} [signal] @returns {Promise<{ requests: Contract.ApprovalRequest[] }>} */
export const requests = (token, signal) => get('/requests', token, signal);

/** @param {string} token @param {string} id @param {AbortSignal} [signal] @returns {Promise<Contract.ApprovalRequest>} */
export const request = (token, id, signal) => get(`/requests/${encodeURIComponent(id)}`, token, signal);

/** @param {string} token @param {string} id @param {string} number as typed @returns {Promise<Contract.RequestCeremony>} */
export const challenge = (token, id, number) => post(`/requests/${encodeURIComponent(id)}/challenge`, { number }, token);

/** @param {string} token @param {string} id @param {{ ceremony: string, assertion: unknown, pin: string }} proof @returns {Promise<Contract.Approved>} */
export const approve = (token, id, proof) => post(`/requests/${encodeURIComponent(id)}/approve`, proof, token);

/** @param {string} token @param {string} id @param {boolean} notMe @returns {Promise<{ outcome: 'denied' }>} */
export const deny = (token, id, notMe) => post(`/requests/${encodeURIComponent(id)}/deny`, { notMe }, token);

/** @param {string} token @param {Contract.Action} action @returns {Promise<Contract.RequestCeremony>} */
export const actionChallenge = (token, action) => post('/e-cps/challenge', { action }, token);

/** @param {string} token @param {{ ceremony: string, assertion: unknown }} proof @returns {Promise<Contract.Inactive>} */
export const deactivate = (token, proof) => post('/e-cps/deactivate', proof, token);

/** @param {string} token @param {{ ceremony: string, assertion: unknown, pin: string }} proof @returns {Promise<Contract.ECps>} */
export const renew = (token, proof) => post('/e-cps/renew', proof, token);

/** @param {string} token @param {{ ceremony: string, assertion: unknown, pin: string }} proof @returns {Promise<Contract.ECps>} */
export const liftFreeze = (token, proof) => post('/e-cps/lift-freeze', proof, token);

/** @param {string} token @param {AbortSignal} [signal] @returns {Promise<{ entries: Contract.HistoryEntry[] }>} */
export const history = (token, signal) => get('/history', token, signal);

// Push

/** @returns {Promise<{ publicKey: string }>} */
export const pushKey = () => send(`${base}/push-key`);

/** @param {string} token @param {PushSubscriptionJSON} subscription @returns {Promise<void>} */
export const subscribe = (token, { endpoint, keys }) =>
  send(`${base}/push-subscription`, { method: 'PUT', json: { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } }, token });

/** @param {string} token @returns {Promise<void>} */
export const unsubscribe = (token) => send(`${base}/push-subscription`, { method: 'DELETE', token });
