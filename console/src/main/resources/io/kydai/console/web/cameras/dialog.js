/** A dialog of the cameras' page: it opens by itself, and Escape or a click beside it closes it. */

import { LitElement } from 'lit';
import { forget } from '../typed/kept.js';

export class Dialog extends LitElement {
  static properties = { given: { attribute: false }, error: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    const dialog = this.querySelector('dialog');
    dialog.addEventListener('close', () => this.given.close());
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.showModal();
  }

  /** The name under which typed/ keeps what is typed; nothing where nothing is. */
  get typedAs() {
    return undefined;
  }

  /** Closes it with what is said of it afterwards. @param {string} words */
  done(words) {
    this.#forget();
    const { close } = this.given;
    this.given = { ...this.given, close: () => {} };
    close(words);
  }

  /** Escape or a click beside it keeps what was typed: one may have meant neither. */
  cancel() {
    this.#forget();
    this.querySelector('dialog').close();
  }

  #forget() {
    if (this.typedAs) forget(this.typedAs);
  }
}

/** A name for what is typed of some cameras. @param {string} form @param {{id: string}[]} chosen */
export const typedOf = (form, chosen) => `${form}.${chosen.map(({ id }) => id).join(',').slice(0, 200)}`;
