// @ts-check
import { en } from './en.js';
import { fr } from './fr.js';

/** The language of the screens: English if it is the browser's first choice, otherwise French. */
export const language = globalThis.navigator?.language?.toLowerCase().startsWith('en') ? 'en' : 'fr';

export const t = language === 'en' ? en : fr;

const locale = language === 'en' ? 'en-GB' : 'fr-FR';
const longDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const dateAndTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const hourAndMinute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });

/** @param {string} instant ISO 8601 */
export const date = (instant) => longDate.format(new Date(instant));

/** @param {string} instant ISO 8601 */
export const moment = (instant) => dateAndTime.format(new Date(instant));

/** @param {string} instant ISO 8601 */
export const time = (instant) => hourAndMinute.format(new Date(instant));

/**
 * French has a space before double punctuation and inside quotation marks; it must not break.
 * @param {string} text
 */
export const typesetFrench = (text) => text.replace(/ ([?!:;»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');

/** @param {string} text */
export const typeset = (text) => (language === 'fr' ? typesetFrench(text) : text);
