// @ts-check

/** @typedef {{ event: string, data: string }} ServerEvent */

/** Parses text/event-stream in chunks of any size (HTML Standard, section 9.2.6). */
export class EventParser {
  #rest = '';
  #event = '';
  /** @type {string[]} */
  #data = [];

  /** The reconnection time in milliseconds, set by the server. */
  retry = 2000;

  /**
   * @param {string} piece
   * @returns {ServerEvent[]}
   */
  push(piece) {
    this.#rest += piece;
    /** @type {ServerEvent[]} */
    const events = [];
    // A trailing carriage return may be the first half of a line break, so it is kept for the next chunk.
    const lines = this.#rest.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') this.#field(line);
      else if (this.#data.length > 0) events.push({ event: this.#event || 'message', data: this.#data.join('\n') });
      if (line === '') this.#start();
    }
    return events;
  }

  #start() {
    this.#event = '';
    this.#data = [];
  }

  /** @param {string} line */
  #field(line) {
    const [, name, value] = line.match(/^([^:]*)(?:: ?(.*))?$/) ?? [];
    if (name === 'event') this.#event = value ?? '';
    if (name === 'data') this.#data.push(value ?? '');
    if (name === 'retry' && /^\d+$/.test(value ?? '')) this.retry = Number(value);
  }
}
