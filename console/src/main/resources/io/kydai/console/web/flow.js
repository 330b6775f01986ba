/** How a camera's picture is used: the heat map over it, and suggested lanes to accept. */

import { LitElement, html, nothing } from 'lit';
import { number } from './i18n.js';
import { t } from './words/camera.js';
import { pictureIn, text, way } from './overlay.js';
import {
  camera as fetchCamera,
  forgetHeatMap,
  heatMap,
  may,
  replaceCamera,
  suggestions as fetchSuggestions,
} from './server.js';

const REFRESH_MS = 10_000;
const LANE = '#f1f5f8';
const CHOSEN = '#fdf1a0';
const LINE = '#c4b5fd';

/** A Lit controller: what is known of one camera's use while it is looked at. */
export class Flow {
  camera;
  show = 'passes';
  heat;
  suggestions;
  chosen;
  error;
  busy = false;
  #host;
  #timer;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  get open() {
    return Boolean(this.camera);
  }

  hostDisconnected() {
    this.close();
  }

  look(cameraId, show = 'passes') {
    clearInterval(this.#timer);
    this.camera = cameraId;
    this.show = show;
    this.#timer = setInterval(() => this.#load(), REFRESH_MS);
    this.#load();
    this.#host.requestUpdate();
  }

  close() {
    clearInterval(this.#timer);
    if (this.heat) URL.revokeObjectURL(this.heat);
    Object.assign(this, { camera: undefined, heat: undefined, suggestions: undefined, error: undefined });
    this.#host.requestUpdate();
  }

  choose(id) {
    this.chosen = id;
    this.#host.requestUpdate();
  }

  /** Puts a suggested lane into the camera as it is by now, also where another changes it just then. */
  accept(lane) {
    return this.#change((id) => again(() => this.#add(id, lane)));
  }

  async #add(id, lane) {
    const { status, ...definition } = await fetchCamera(id);
    const rule = { ...lane.rule };
    while (definition.rules.some((known) => known.id === rule.id)) rule.id += '-2';
    const { lines = [], zones = [] } = definition.scene;
    definition.scene.lines = [...lines, lane.line];
    definition.scene.zones = [...zones, lane.zone];
    definition.rules.push(rule);
    await replaceCamera(definition);
  }

  forget() {
    return this.#change(forgetHeatMap);
  }

  async #change(what) {
    this.busy = true;
    this.#host.requestUpdate();
    try {
      await what(this.camera);
      this.error = undefined;
      await this.#load();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
    this.#host.requestUpdate();
  }

  async #load() {
    const { camera, show } = this;
    try {
      const [suggestions, heat] = await Promise.all([
        may('configure-cameras') ? fetchSuggestions(camera) : undefined,
        heatMap(camera, show),
      ]);
      if (camera !== this.camera || show !== this.show) return;
      if (this.heat) URL.revokeObjectURL(this.heat);
      this.heat = URL.createObjectURL(heat);
      this.suggestions = suggestions;
    } catch (error) {
      this.error = error.message;
    }
    this.#host.requestUpdate();
  }

  /** The list beside the picture. */
  render() {
    const { suggestions, error, busy, show } = this;
    const lanes = suggestions?.lanes ?? [];
    return html`
      <h2>${t('flow')}</h2>
      <p class="choice">
        ${['passes', 'standing'].map(
          (what) => html`<button
            class="btn quiet"
            aria-pressed=${what === show}
            @click=${() => this.look(this.camera, what)}
          >
            ${t(what)}
          </button>`,
        )}
        <span class="grow"></span>
        ${may('configure-cameras')
          ? html`<button
              class="btn quiet"
              ?disabled=${busy}
              @click=${() => confirm(t('beginAnewQuestion')) && this.forget()}
            >
              ${t('beginAnew')}
            </button>`
          : nothing}
      </p>
      ${may('configure-cameras') ? html`<h2>${t('suggestedLanes')}</h2>` : nothing}
      ${error ? html`<p class="warning" role="alert">${error}</p>` : nothing}
      ${suggestions && !suggestions.enough
        ? html`<p class="muted">${t('notEnough')(Math.floor(suggestions.tracks), suggestions.needed)}</p>`
        : nothing}
      ${suggestions?.enough && !lanes.length ? html`<p class="muted">${t('noLanes')}</p>` : nothing}
      <ul class="lanes">
        ${lanes.map(
          (lane) => html`
            <li
              data-lane=${lane.zone.id}
              @mouseenter=${() => this.choose(lane.zone.id)}
              @mouseleave=${() => this.choose()}
            >
              <b>${lane.zone.id}</b>
              <span class="muted">
                ${t('roadUsers')} <b>${number(lane.tracks)}</b><br />
                ${t('confidence')} <b>${number(lane.confidence * 100)} %</b>
              </span>
              <button class="btn primary verify" ?disabled=${busy} @click=${() => this.accept(lane)}>${t('accept')}</button>
            </li>
          `,
        )}
      </ul>
      ${lanes.length ? html`<p class="muted">${t('acceptMeans')}</p>` : nothing}
    `;
  }
}

/** Tries once more what the server refused because the camera had been changed meanwhile. */
async function again(what) {
  try {
    await what();
  } catch (error) {
    if (error.status !== 409) throw error;
    await what();
  }
}

/** The heat map and the outlines, to lie over a picture of the same shape. */
class FlowOverlay extends LitElement {
  static properties = {
    heat: { attribute: false },
    lanes: { attribute: false },
    chosen: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.resizer = new ResizeObserver(() => this.#draw());
    this.resizer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resizer?.disconnect();
  }

  updated() {
    this.#draw();
  }

  render() {
    return html`
      <img alt=${t('flow')} src=${this.heat ?? nothing} @load=${() => this.#draw()} />
      <canvas></canvas>
    `;
  }

  #draw() {
    const canvas = this.querySelector('canvas');
    const image = this.querySelector('img');
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    if (!image.naturalWidth || !width) return;
    const g = canvas.getContext('2d');
    g.scale(ratio, ratio);
    const { x, y, w, h } = pictureIn(width, height, image.naturalWidth, image.naturalHeight);
    const place = ([u, v]) => [x + u * w, y + v * h];
    g.font = '12px ui-sans-serif, system-ui, sans-serif';
    g.textBaseline = 'bottom';
    for (const lane of this.lanes ?? []) outline(g, place, lane, lane.zone.id === this.chosen);
    canvas.dataset.lanes = this.lanes?.length ?? 0;
  }
}

function outline(g, place, { zone, line }, chosen) {
  g.strokeStyle = chosen ? CHOSEN : LANE;
  g.lineWidth = chosen ? 2.5 : 1.5;
  g.fillStyle = chosen ? 'rgb(253 241 160 / 0.18)' : 'rgb(241 245 248 / 0.08)';
  g.beginPath();
  zone.polygon.map(place).forEach(([px, py], i) => (i ? g.lineTo(px, py) : g.moveTo(px, py)));
  g.closePath();
  g.fill();
  g.stroke();

  const [start, end] = zone.direction.map(place);
  g.lineWidth = chosen ? 3.5 : 2.5;
  way(g, start, end);

  const [from, to] = [place(line.from), place(line.to)];
  g.strokeStyle = LINE;
  g.lineWidth = 2;
  g.setLineDash([4, 3]);
  g.beginPath();
  g.moveTo(...from);
  g.lineTo(...to);
  g.stroke();
  g.setLineDash([]);
  text(g, zone.id, start[0] + 6, start[1], chosen ? CHOSEN : LANE);
}

customElements.define('kydai-flow', FlowOverlay);
