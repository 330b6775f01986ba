/** The site's clock with its zone, and the age of the server's newest heartbeat. */

import { LitElement, html } from 'lit';
import { number, time, zoneName } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/frame.js';
import { heartbeat } from './heartbeat.js';
import { sign } from './icons.js';

/** An element in the light DOM that is drawn again and again. */
class Ticking extends LitElement {
  #timer;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), this.constructor.EVERY_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }
}

class Clock extends Ticking {
  static EVERY_MS = 250;

  render() {
    const now = siteNow();
    return html`<time datetime=${new Date(now).toISOString()}>${time(now)}</time> <small>${zoneName(now)}</small>`;
  }
}

class Beat extends Ticking {
  static EVERY_MS = 250;

  render() {
    const seconds = heartbeat.age;
    const words = t('server')(number(seconds, seconds < 10 ? 1 : 0));
    this.classList.toggle('late', heartbeat.lost);
    this.title = t('serverTitle');
    return html`${sign(heartbeat.lost ? 'stale' : 'live')}<span class="beat-t">${words}</span>`;
  }
}

customElements.define('kydai-clock', Clock);
customElements.define('kydai-beat', Beat);
