/**
 * Layouts that somebody saved under a name, which the server keeps, own ones and those that others
 * share; and the order in which tiles were laid, kept in this browser for each account.
 */

import { layouts, removeLayout, saveLayout } from '../server.js';

const KEY = 'kydai.wall';

/**
 * @typedef {{id: string, name: string, layout: string, group: string, order: string[], shared: boolean,
 *   own: boolean, by: string}} SavedLayout
 */

const read = ({ tiles, cameras, group = '', 'saved-by': by, ...rest }) => ({ ...rest, layout: tiles, order: cameras, group, by });

export class SavedLayouts extends EventTarget {
  #key;
  /** @type {SavedLayout[]} own ones first, by name */
  list = [];

  /** @param {string} account the id of the account that is signed in */
  constructor(account) {
    super();
    this.#key = `${KEY}.${account}`;
  }

  /** Asks the server for the layouts. */
  async load() {
    await this.#moveOld();
    const found = (await layouts()).map(read);
    this.list = [...found.filter(({ own }) => own), ...found.filter(({ own }) => !own)];
    this.dispatchEvent(new Event('change'));
  }

  /** Layouts were kept in the browser once: they go to the server, and are forgotten here. */
  async #moveOld() {
    const { layouts: old, ...rest } = this.#read();
    if (!old) return;
    for (const { name, layout, group, order } of old) await this.#send({ name, layout, group, order });
    localStorage.setItem(this.#key, JSON.stringify(rest));
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? {};
    } catch (error) {
      console.warn('what was laid is not readable', error);
      return {};
    }
  }

  #send({ name, layout, group, order, shared = false }) {
    return saveLayout({ name, tiles: layout, cameras: order, shared, ...(group ? { group } : {}) });
  }

  find(name) {
    return this.list.find((one) => one.name === name);
  }

  /** @param {SavedLayout} layout replaces an own one of the same name */
  async save(layout) {
    await this.#send(layout);
    await this.load();
  }

  /** @param {SavedLayout} layout */
  async remove({ id }) {
    await removeLayout(id);
    await this.load();
  }

  /** The order of a group's tiles; empty where nobody moved one. @returns {string[]} */
  order(group) {
    return this.#read().orders?.[group] ?? [];
  }

  setOrder(group, ids) {
    const known = this.#read();
    localStorage.setItem(this.#key, JSON.stringify({ ...known, orders: { ...known.orders, [group]: ids } }));
  }
}
