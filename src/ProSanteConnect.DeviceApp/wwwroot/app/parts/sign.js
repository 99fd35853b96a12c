// @ts-check
import { el, icon } from '../dom.js';

/**
 * The picture above a title that shows a state.
 * @param {string} path
 * @param {'good' | 'stop' | 'calm'} mood
 */
export const sign = (path, mood = 'calm') => el('div', { class: `sign sign-${mood}` }, icon(path));
