/** Who has which report open: the own claim, which is renewed while the report is shown, and those of others. */

import { claim, claims, events, may, release } from '../server.js';
import { siteNow } from '../site.js';

const RENEW_MS = 25_000;

/** Fires 'change', and 'released' where a report is nobody's any more. */
export class Claims extends EventTarget {
  #known = new Map();
  #own;
  #timer;

  /** @param {AbortSignal} signal ends it, and releases the own claim */
  constructor(signal) {
    super();
    events.addEventListener('hello', () => this.#again(), { signal });
    events.addEventListener('claim', ({ detail }) => this.#put(detail.claim), { signal });
    events.addEventListener('released', ({ detail }) => this.#drop(detail.report), { signal });
    addEventListener('pagehide', () => this.show(undefined), { signal });
    signal.addEventListener('abort', () => this.show(undefined));
    this.#load();
  }

  /** The claim of the first of some reports that has one. */
  of = (ids) => ids.map((id) => this.#known.get(id)).find((one) => one && Date.parse(one.until) > siteNow());

  /** Claims a report instead of the one before. @param {string|undefined} id */
  show(id, takeOver = false) {
    if (!may('review') || (id === this.#own && !takeOver)) return;
    clearInterval(this.#timer);
    if (this.#own && this.#own !== id) release(this.#own).catch((error) => console.info('the claim ends by itself', error));
    this.#own = id;
    if (!id) return;
    this.#renew(takeOver);
    this.#timer = setInterval(() => this.#renew(false), RENEW_MS);
  }

  /** The server ended the own claim with the socket that broke off. */
  async #again() {
    if (this.#own) await this.#renew(false);
    this.#load();
  }

  async #renew(takeOver) {
    const id = this.#own;
    try {
      const made = await claim(id, takeOver);
      if (id === this.#own) this.#put(made);
    } catch (error) {
      // Another reviewer has it: who it is, is in the list of claims.
      if (error.status === 409) this.#load();
    }
  }

  async #load() {
    try {
      this.#known = new Map((await claims()).map((one) => [one.report, one]));
      this.dispatchEvent(new Event('change'));
    } catch (error) {
      console.info('nobody knows who has which report open', error);
    }
  }

  #put(one) {
    this.#known.set(one.report, one);
    this.dispatchEvent(new Event('change'));
  }

  #drop(report) {
    if (!this.#known.delete(report)) return;
    this.dispatchEvent(new Event('change'));
    this.dispatchEvent(new Event('released'));
    // It is shown here, and free now.
    if (report === this.#own) this.#renew(false);
  }
}
