/** The tour: the pages of the group one after the other, and then the next group's. */

import { setQuery } from '../frame/place.js';

const EVERY_MS = 20_000;

export class Tour {
  #wall;
  #timer;

  constructor(wall) {
    this.#wall = wall;
  }

  get on() {
    return this.#timer !== undefined;
  }

  toggle() {
    if (this.on) this.stop();
    else this.#timer = setInterval(() => this.#next(), EVERY_MS);
    this.#wall.requestUpdate();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Not while somebody looks at one camera or one alert. */
  #next() {
    const { query } = this.#wall.place;
    if (document.hidden || query.get('cam') || query.get('alert')) return;
    if (this.#wall.page < this.#wall.pages || !this.#wall.group) {
      this.#wall.turn(1);
      return;
    }
    const { groups } = this.#wall;
    const next = groups[(groups.indexOf(this.#wall.group) + 1) % groups.length];
    setQuery({ group: next, page: undefined, named: undefined });
  }
}
