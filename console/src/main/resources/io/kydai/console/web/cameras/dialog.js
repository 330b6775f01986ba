/** A dialog of the cameras' page: it opens by itself, and Escape or a click beside it closes it. */

import { LitElement } from 'lit';

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

  /** Closes it with what is said of it afterwards. @param {string} words */
  done(words) {
    const { close } = this.given;
    this.given = { ...this.given, close: () => {} };
    close(words);
  }

  cancel() {
    this.querySelector('dialog').close();
  }
}
