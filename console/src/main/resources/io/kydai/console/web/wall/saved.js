/**
 * Layouts that somebody saved under a name, and the order in which tiles were laid, kept in this
 * browser for each account.
 */

const KEY = 'kydai.wall';
const MOST = 30;

/**
 * @typedef {{name: string, layout: string, group: string, order: string[]}} SavedLayout
 */

export class SavedLayouts {
  #key;

  /** @param {string} account the id of the account that is signed in */
  constructor(account) {
    this.#key = `${KEY}.${account}`;
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? {};
    } catch (error) {
      console.warn('the saved layouts are not readable', error);
      return {};
    }
  }

  #write(changes) {
    localStorage.setItem(this.#key, JSON.stringify({ ...this.#read(), ...changes }));
  }

  /** @returns {SavedLayout[]} by the time at which they were saved */
  get list() {
    return this.#read().layouts ?? [];
  }

  find(name) {
    return this.list.find((one) => one.name === name);
  }

  /** @param {SavedLayout} layout replaces one of the same name; the oldest gives way beyond 30 */
  save(layout) {
    const others = this.list.filter(({ name }) => name !== layout.name);
    this.#write({ layouts: [...others, layout].slice(-MOST) });
  }

  remove(name) {
    this.#write({ layouts: this.list.filter((one) => one.name !== name) });
  }

  /** The order of a group's tiles; empty where nobody moved one. @returns {string[]} */
  order(group) {
    return this.#read().orders?.[group] ?? [];
  }

  setOrder(group, ids) {
    this.#write({ orders: { ...this.#read().orders, [group]: ids } });
  }
}
