/** One camera: its picture large, its health, its counts and rules, and how its picture is used. */

import { LitElement, html, nothing } from 'lit';
import { elementPage } from './frame/mounted.js';
import { Flow } from './flow.js';
import { dateTime, number, typeName } from './i18n.js';
import { t } from './words/camera.js';
import { t as ruleWords } from './words/rules.js';
import {
  camera as fetchCamera,
  counts as fetchCounts,
  events,
  may,
  signals as fetchSignals,
} from './server.js';
import './cameras/actions.js';
import './cameras/ptz.js';
import './cameras/traffic.js';
import { toggleBoxes } from './wall/boxes.js';
import './wall/tile.js';

const REFRESH_MS = 2000;

/** Nothing where the camera may be seen, but not its past. */
async function countsOf(id) {
  if (!may('history')) return undefined;
  try {
    return await fetchCounts(id);
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
}

class CameraPage extends LitElement {
  static properties = {
    cameraId: { attribute: false },
    camera: { state: true },
    counts: { state: true },
    signals: { state: true },
    error: { state: true },
  };

  #abort;
  #timer;
  #flow = new Flow(this);

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('camera', ({ detail }) => {
      if (detail.camera.id === this.cameraId) this.camera = detail.camera;
    }, { signal });
    addEventListener(
      'keydown',
      (event) => {
        if (event.target.closest?.('input, dialog[open]')) return;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'b') toggleBoxes();
        if (event.key === 'h') this.#toggleFlow();
      },
      { signal },
    );
    this.#timer = setInterval(() => this.#load(), REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    clearInterval(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('cameraId')) {
      this.camera = undefined;
      this.counts = undefined;
      this.#flow.close();
      this.signals = undefined;
      this.#load();
    }
  }

  #toggleFlow() {
    if (!may('history')) return;
    if (this.#flow.open) this.#flow.close();
    else this.#flow.look(this.cameraId);
  }

  async #load() {
    const id = this.cameraId;
    try {
      const [camera, counts, signals] = await Promise.all([
        fetchCamera(id),
        countsOf(id),
        fetchSignals(id),
      ]);
      if (id !== this.cameraId) return;
      this.camera = camera;
      this.counts = counts;
      this.signals = signals;
      this.error = undefined;
    } catch (error) {
      this.error = error.message;
    }
  }

  render() {
    const { camera, counts, error } = this;
    if (!camera) return html`<p class="empty">${error ?? ''}</p>`;
    const { status } = camera;
    const flow = this.#flow;
    return html`
      <section class="camera-page">
        <header>
          <a class="quiet" href="#/cameras">← ${t('cameras')}</a>
          <h1>${camera.name ?? camera.id}</h1>
          ${error ? html`<span class="warning">${error}</span>` : nothing}
          <span class="grow"></span>
          ${may('history')
            ? html`<button class="btn flow" aria-pressed=${flow.open} @click=${() => this.#toggleFlow()}>
                ${t('flow')} <kbd>h</kbd>
              </button>`
            : nothing}
        </header>
        <kydai-camera-actions .camera=${camera}></kydai-camera-actions>
        <div class="halves">
          <div class="picture">
            <kydai-tile .camera=${camera} labels></kydai-tile>
            ${flow.open
              ? html`<kydai-flow
                  .heat=${flow.heat}
                  .lanes=${flow.suggestions?.lanes}
                  .chosen=${flow.chosen}
                ></kydai-flow>`
              : nothing}
          </div>
          <div class="side">
            ${flow.open ? flow.render() : nothing}
            <dl class="facts">
              <dt>${t('received_fps')}</dt>
              <dd>${number(status['fps-received'], 1)}</dd>
              <dt>${t('analysed_fps')}</dt>
              <dd>
                ${number(status['fps-analysed'], 1)}
                ${status.analysis ? html`<span class="muted">${t(`limit_${status.analysis['limited-by']}`)}</span>` : nothing}
              </dd>
              <dt>${t('bitrate')}</dt>
              <dd>${number(status.bitrate / 1000)} kbit/s</dd>
              ${status.codec
                ? html`<dt>${t('resolution')}</dt>
                    <dd>${status.width} × ${status.height} · ${status.codec}</dd>`
                : nothing}
              ${status['transcoded-viewers']
                ? html`<dt>${t('transcoded')}</dt><dd class="transcoded">${t('transcodedFor')(status['transcoded-viewers'])}</dd>`
                : nothing}
              ${camera.place?.address ? html`<dt>${t('where')}</dt><dd>${camera.place.address}</dd>` : nothing}
              ${camera.purpose ? html`<dt>${t('purpose')}</dt><dd>${camera.purpose}</dd>` : nothing}
              <dt>${t('recording')}</dt>
              <dd>${t('recordings')[camera.recording ?? 'off']} <span class="muted">${camera.recording === 'schedule' ? camera['recording-times'].join('; ') : ''} ${camera['recording-streams'] ? t('recordedStreams')[camera['recording-streams']] : ''}</span></dd>
              ${camera['retention-days']
                ? html`<dt>${t('retention')}</dt><dd>${camera['retention-days']} ${t('days')}
                    ${camera['retention-thin-days'] ? html`<span class="muted">${t('thinnedAfter')(camera['retention-thin-days'])}</span>` : nothing}</dd>`
                : nothing}
              ${(this.signals ?? []).map(({ signal, state, since, lamps }) => html`
                <dt>${t('trafficSignal')} ${signal}</dt>
                <dd title=${lamps?.doubt ?? ''}>
                  ${t(`light_${state}`)} ${since ? html`<span class="muted">${t('since')} ${dateTime(since)}</span>` : nothing}
                </dd>
              `)}
              ${status['last-error']
                ? html`<dt>${t('lastError')}</dt><dd class="warning">${status['last-error']}</dd>`
                : nothing}
            </dl>
            ${camera.onvif && may('ptz') ? html`<kydai-ptz .cameraId=${camera.id}></kydai-ptz>` : nothing}
            ${counts ? this.#counts(counts) : nothing}
            ${counts ? html`<kydai-camera-traffic .cameraId=${camera.id}></kydai-camera-traffic>` : nothing}
            <h2>${t('rules')}</h2>
            <ul class="rules">
              ${camera.rules.map(({ id, type, ...settings }) => html`
                <li>
                  <b>${id}</b> ${typeName(type)}
                  ${Object.entries(settings).map(
                    ([key, value]) => html`<span class="measure">${ruleWords('parameters')[key] ?? key} <b>${typeof value === 'object' ? JSON.stringify(value) : value}</b></span>`,
                  )}
                </li>
              `)}
            </ul>
          </div>
        </div>
      </section>
    `;
  }

  #counts(counts) {
    return html`
      <h2>${t('counts')}</h2>
      <table class="counts">
        <thead>
          <tr><th>${t('line')}</th><th></th><th>${t('forward')}</th><th>${t('backward')}</th></tr>
        </thead>
        <tbody>
          ${counts.lines.map((line) => html`
            <tr class="total"><td>${line.id}</td><td></td><td>${number(line.forward)}</td><td>${number(line.backward)}</td></tr>
            ${Object.entries(line['by-class']).map(([label, { forward, backward }]) => html`
              <tr><td></td><td>${ruleWords('classes')[label] ?? label}</td><td>${number(forward)}</td><td>${number(backward)}</td></tr>
            `)}
          `)}
        </tbody>
      </table>
    `;
  }
}

customElements.define('kydai-camera', CameraPage);

export const mount = elementPage('kydai-camera', (element, { id }) => (element.cameraId = id));
