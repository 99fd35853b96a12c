// @ts-check
// Finds a QR code in the camera's picture.
import { wait } from '../parts/countdown.js';

/** Milliseconds between two attempts. */
const between = 125;
const side = 640;

/** Copied from npm by the build (ADR 0029); may be missing. */
const library = '../lib/qr/decode.js';

/** Neither the browser nor the optional library can decode a QR code. */
export class NoDecoder extends Error {}

/** @typedef {(video: HTMLVideoElement) => Promise<string | undefined>} Decoder */

/**
 * @param {HTMLVideoElement} video
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<string>} the text of each QR code in the picture
 */
export async function* qrTexts(video, signal) {
  const decode = (await browserDecoder()) ?? (await libraryDecoder());
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  try {
    if (signal.aborted) return;
    signal.addEventListener('abort', stop);
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const text = await decode(video).catch(() => undefined);
      if (text && !signal.aborted) yield text;
      await wait(between, signal);
    }
  } finally {
    stop();
    video.srcObject = null;
  }
}

/** @returns {Promise<Decoder | undefined>} */
async function browserDecoder() {
  if (typeof BarcodeDetector === 'undefined') return undefined;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => /** @type {string[]} */ ([]));
  if (!formats.includes('qr_code')) return undefined;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

/** @returns {Promise<Decoder>} */
async function libraryDecoder() {
  /** @type {{ default: (image: { width: number, height: number, data: Uint8ClampedArray }) => string }} */
  const { default: decodeQR } = await import(library).catch(() => { throw new NoDecoder(); });
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new NoDecoder();
  return async (video) => {
    // The frame on the screen is the central square of the picture.
    const square = Math.min(video.videoWidth, video.videoHeight);
    if (square === 0) return undefined;
    context.drawImage(video, (video.videoWidth - square) / 2, (video.videoHeight - square) / 2, square, square, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    // Throws when the picture has no QR code, which is the normal case.
    return decodeQR({ width: side, height: side, data });
  };
}
