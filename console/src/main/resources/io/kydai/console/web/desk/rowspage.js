/** A page of one setting of the desk that is a list of rows, of which one is open below the list. */

import { listKeys, onKeys } from '../frame/keys.js';
import { t } from '../words/desk.js';
import { SettingPage } from './setting.js';

export class RowsPage extends SettingPage {
  static properties = {
    /** The number of the open row. */
    row: { state: true },
  };

  /**
   * @param {string} setting its name in the API
   * @param {string} title the key of its name
   * @param {{list: string, most: number, add: () => string, ordered?: boolean, prefix?: string, focus?: string}} rows
   *   the list's name in the setting, how many rows it may have, the words of adding one, whether their order counts,
   *   how ids of new rows begin, and which field of theirs is typed first
   */
  constructor(setting, title, { list, most, add, ordered = false, prefix = 'r', focus = 'id' }) {
    super(setting, title);
    Object.assign(this, { list, most, addWords: add, ordered, idPrefix: prefix, focusOfNew: focus });
    this.row = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    const keys = { j: () => this.select(this.row + 1), k: () => this.select(this.row - 1), n: () => this.add() };
    const order = { J: () => this.move(this.row, this.row + 1), K: () => this.move(this.row, this.row - 1) };
    onKeys(this.ordered ? { ...keys, ...order } : keys, this.ended);
    listKeys(
      () => [
        [['j', 'k'], t('keysSelect')],
        ...(this.ordered ? [[['J', 'K'], t('keysMove')]] : []),
        [['n'], this.addWords()],
      ],
      this.ended,
    );
  }

  showRow(row) {
    this.row = row;
  }

  async select(row) {
    if (!this.value?.[this.list][row]) return;
    this.row = row;
    await this.updateComplete;
    this.querySelector(`[data-row="${row}"] .choose`)?.focus();
  }

  move(from, to) {
    if (this.value && this.moveRow(this.list, from, to)) this.select(to);
  }

  get full() {
    return this.value[this.list].length >= this.most;
  }

  /** Makes a row to be added. @param {string} id one that no row has */
  fresh(id) {
    return { id };
  }

  async add() {
    if (!this.value || this.full) return;
    const rows = this.value[this.list];
    const taken = new Set(rows.map(({ id }) => id));
    let number = rows.length + 1;
    while (taken.has(`${this.idPrefix}${number}`)) number += 1;
    this.change({ [this.list]: [...rows, this.fresh(`${this.idPrefix}${number}`)] });
    this.row = rows.length;
    await this.updateComplete;
    this.querySelector(`.one [name=${this.focusOfNew}]`).focus();
  }

  /** Removes the open row. */
  removeOpen() {
    this.removeRow(this.list, this.row);
    this.row = Math.max(0, Math.min(this.row, this.value[this.list].length - 1));
  }
}
