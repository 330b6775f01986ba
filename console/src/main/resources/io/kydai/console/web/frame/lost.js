/** The bar that says on every page that the server is lost, and since when nothing here is true. */

import { LitElement, html, nothing } from 'lit';
import { duration, time, zoneName } from '../i18n.js';
import { reconnect } from '../server.js';
import { t } from '../words/frame.js';
import { heartbeat } from './heartbeat.js';
import { sign } from './icons.js';

class Lost extends LitElement {
  #timer;

  constructor() {
    super();
    heartbeat.addEventListener('change', () => this.#change());
  }

  createRenderRoot() {
    return this;
  }

  #change() {
    clearInterval(this.#timer);
    if (heartbeat.lost) this.#timer = setInterval(() => this.requestUpdate(), 1000);
    this.requestUpdate();
  }

  render() {
    if (!heartbeat.lost) return nothing;
    return html`
      <div class="lost">
        ${sign('fault')}
        <span role="alert">${t('lost')(`${time(heartbeat.lastAt)} ${zoneName()}`)}</span>
        <span>${duration(heartbeat.age)}</span>
        <span class="grow"></span>
        <button type="button" class="btn small" @click=${() => reconnect()}>${t('tryNow')}</button>
      </div>
    `;
  }
}

customElements.define('kydai-lost', Lost);
