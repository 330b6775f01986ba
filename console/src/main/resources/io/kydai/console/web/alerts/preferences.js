/** How the bell sounds for whoever is signed in: kept in this browser, for each account. */

import { session } from '../server.js';
import { PRIORITIES } from './priority.js';

/** Until acknowledged, once, or not at all. */
export const MODES = ['again', 'once', 'silent'];

const USUAL = { volume: 50, urgent: 'again', high: 'again', normal: 'once' };

class SoundPreferences extends EventTarget {
  #key = '';
  #value = USUAL;

  constructor() {
    super();
    session.then(({ account }) => {
      this.#key = `kydai.sounds.${account?.id ?? ''}`;
      this.#value = this.#read();
      this.dispatchEvent(new Event('change'));
    });
  }

  #read() {
    try {
      const stored = JSON.parse(localStorage.getItem(this.#key)) ?? {};
      const modes = PRIORITIES.filter((one) => MODES.includes(stored[one])).map((one) => [one, stored[one]]);
      const volume = Math.min(100, Math.max(5, Number(stored.volume) || USUAL.volume));
      return { ...USUAL, ...Object.fromEntries(modes), volume };
    } catch (error) {
      console.warn('the kept sounds are not readable', error);
      return USUAL;
    }
  }

  /** 5 to 100. */
  get volume() {
    return this.#value.volume;
  }

  /** @param {'urgent'|'high'|'normal'} priority @returns {'again'|'once'|'silent'} */
  mode(priority) {
    return this.#value[priority];
  }

  /** Changes some entries, and keeps them. */
  change(entries) {
    this.#value = { ...this.#value, ...entries };
    localStorage.setItem(this.#key, JSON.stringify(this.#value));
    this.dispatchEvent(new Event('change'));
  }
}

/** Fires 'change'. */
export const sounds = new SoundPreferences();
