/** A page of settings that reads something from the server, and does things with it. */

import { LitElement, html } from 'lit';
import { problemWords } from '../problems.js';

export class ReadingPage extends LitElement {
  static properties = {
    error: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.run(() => {});
  }

  /** Does something, then reads what is so now. @param {() => Promise<string|undefined>} work what to say of it */
  async run(work) {
    this.busy = true;
    this.error = undefined;
    this.done = undefined;
    try {
      const done = await work();
      await this.read();
      this.done = done;
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  messages() {
    return html`
      <p class="warning" role="alert">${this.error ?? ''}</p>
      <p class="good" role="status">${this.done ?? ''}</p>
    `;
  }
}
