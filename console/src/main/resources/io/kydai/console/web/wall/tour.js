/**
 * The tour: the pages of what is shown one after the other, then the next saved layout, or the next group.
 * The address says that it is on, so that a monitor that nobody sits at goes on after a reload.
 */

import { place, setQuery } from '../frame/place.js';

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
    setQuery({ tour: this.on ? undefined : '1' });
  }

  /** Begins or ends as the address says. @param {URLSearchParams} query */
  follow(query) {
    const wanted = query.get('tour') === '1';
    if (wanted && !this.on) this.#timer = setInterval(() => this.#next(), EVERY_MS);
    else if (!wanted) this.stop();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Not while somebody looks at one camera or one alert. */
  #next() {
    const { query } = place();
    if (document.hidden || query.get('cam') || query.get('alert')) return;
    const wall = this.#wall;
    if (wall.page < wall.pages) wall.turn(1);
    else setQuery({ page: undefined, ...this.#after(query) });
  }

  /** What comes after the last page. */
  #after(query) {
    const { groups, group, saved } = this.#wall;
    const following = (list, one) => list[(list.indexOf(one) + 1) % list.length];
    const named = saved.find(query.get('named') ?? '');
    if (named) return { named: following(saved.list, named).name, layout: undefined, group: undefined };
    return groups.includes(group) ? { group: following(groups, group) } : {};
  }
}
