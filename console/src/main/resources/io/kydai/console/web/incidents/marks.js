/** Several rows of the list that are dealt with at once: each with its reports as they were when it was marked. */

import { incident as fetchIncident } from '../server.js';

export class Marks {
  #changed;
  #incidents = new Map();

  /** @param {() => void} changed is called after each change */
  constructor(changed) {
    this.#changed = changed;
  }

  has = (id) => this.#incidents.has(id);

  /** Whether more than the shown one is marked. */
  get several() {
    return this.#incidents.size > 1;
  }

  get size() {
    return this.#incidents.size;
  }

  /** The marked incidents without one of them. @returns {object[]} the contract's Incidents, with their reports */
  without = (id) => [...this.#incidents].filter(([key, incident]) => key !== id && incident).map(([, incident]) => incident);

  /** Marks an incident, whose reports are looked up once: a decision is about those. */
  async add(id) {
    if (!id || this.has(id)) return;
    this.#incidents.set(id, undefined);
    this.#changed();
    try {
      const incident = await fetchIncident(id);
      if (this.has(id)) this.#incidents.set(id, incident);
    } catch (error) {
      console.info('the incident is not there any more', error);
      this.#incidents.delete(id);
    }
    this.#changed();
  }

  remove(id) {
    if (this.#incidents.delete(id)) this.#changed();
  }

  clear() {
    if (!this.#incidents.size) return;
    this.#incidents.clear();
    this.#changed();
  }
}
