/** What crossed a camera's lines today, beside the same day of the week before, as a chart. */

import { LitElement, html, nothing } from 'lit';
import { address } from '../frame/place.js';
import { number } from '../i18n.js';
import { statistics } from '../server.js';
import { siteZone } from '../site.js';
import { chart, chartStyle } from '../statistics/chart.js';
import { aligned, series, spans } from '../statistics/data.js';
import { t } from '../words/camera.js';

const REFRESH_MS = 60_000;
const HOUR_MINUTES = 60;

class CameraTraffic extends LitElement {
  static properties = { cameraId: { attribute: false }, data: { state: true } };

  #timer;
  #chart;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    chartStyle();
    this.#timer = setInterval(() => this.#load(), REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#chart?.close();
  }

  willUpdate(changed) {
    if (changed.has('cameraId')) {
      this.data = undefined;
      this.#load();
    }
  }

  async #load() {
    const id = this.cameraId;
    const span = spans(1);
    const ask = ({ from, to }) =>
      statistics({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), step: '60', cameras: id });
    try {
      const [now, before] = await Promise.all([ask(span.now), ask(span.before)]);
      if (id !== this.cameraId) return;
      this.data = { now: series(now.elements, 'count'), before: series(before.elements, 'count'), span };
    } catch (error) {
      console.warn('the counts of the day are not known', error);
    }
  }

  get #shown() {
    return this.data && (this.data.now.size || this.data.before.size);
  }

  render() {
    if (!this.#shown) return nothing;
    const total = [...this.data.now.values()].reduce((sum, { value }) => sum + value, 0);
    const words = t('crossedToday')(number(total));
    return html`
      <h2>${t('today')}</h2>
      <p class="muted">${words} · ${siteZone()}</p>
      <div class="plot" role="img" aria-label=${words}></div>
      <p><a href=${address('statistics', undefined, { camera: this.cameraId })}>${t('moreStatistics')}</a></p>
    `;
  }

  updated(changed) {
    if (!changed.has('data')) return;
    this.#chart?.close();
    this.#chart = undefined;
    if (!this.#shown) return;
    const { now, before, span } = this.data;
    this.#chart = chart(this.querySelector('.plot'), aligned(now, before, span.now, span.shift, HOUR_MINUTES), span.now, false);
  }
}

customElements.define('kydai-camera-traffic', CameraTraffic);
