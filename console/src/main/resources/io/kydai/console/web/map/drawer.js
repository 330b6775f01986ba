/** A small map on which somebody draws an area. Fires 'area' with its corners; with none when it is dropped. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { problemWords } from '../problems.js';
import { areas, cameras, mapConfig, may } from '../server.js';
import { t } from '../words/map.js';
import { MapCanvas } from './canvas.js';
import { leaflet } from './leaflet.js';

const FEWEST = 3;
const LAYERS = new Set(['cameras', 'areas']);

class AreaDrawer extends LitElement {
  static properties = {
    /** Corners as [latitude, longitude]; empty where nothing was drawn yet. */
    corners: { attribute: false },
    most: { attribute: false },
    open: { state: true },
    draft: { state: true },
    error: { state: true },
  };

  #canvas;

  constructor() {
    super();
    this.corners = [];
    this.most = 50;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  async #begin() {
    this.open = true;
    this.error = undefined;
    this.draft = this.corners;
    try {
      const [library, config, seen, known] = await Promise.all([leaflet(), mapConfig(), may('live') ? cameras() : [], areas()]);
      await this.updateComplete;
      if (!this.open || !this.isConnected) return;
      this.querySelector('dialog').showModal();
      this.#show(library, config, seen, known);
    } catch (error) {
      this.error = problemWords(error);
      this.open = false;
    }
  }

  #show(library, config, seen, known) {
    const host = this.querySelector('.draw-map');
    const placed = seen.filter(({ place }) => place?.lat !== undefined).map((camera) => ({ ...camera, state: 'live', alerts: 0 }));
    this.#canvas = new MapCanvas(library, host, config, {
      camera: () => {},
      area: () => {},
      corners: (corners) => (this.draft = corners.slice(0, this.most)),
      moved: () => {},
    });
    const around = this.draft.length ? [{ polygon: this.draft }] : known;
    this.#canvas.goTo({}, this.draft.length ? [] : placed, around);
    this.#canvas.show({ cameras: placed, areas: known, layers: LAYERS });
    this.#canvas.drawing(this.draft);
    host.focus();
  }

  #close() {
    this.#canvas?.close();
    this.#canvas = undefined;
  }

  updated(changed) {
    if (changed.has('draft')) this.#canvas?.drawing(this.draft);
  }

  /** The square of the map that is seen, a little inside its edge. */
  #frame() {
    this.draft = this.#canvas.seen(0.1);
  }

  async #end(corners) {
    this.open = false;
    this.#close();
    if (corners) this.dispatchEvent(new CustomEvent('area', { detail: corners }));
    await this.updateComplete;
    this.querySelector('.draw')?.focus();
  }

  render() {
    return html`
      <button type="button" class="btn small draw" @click=${() => this.#begin()}>${icon('pin')}${this.corners.length ? t('redraw') : t('drawHere')}</button>
      ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
      ${this.open ? this.#dialog() : nothing}
    `;
  }

  #dialog() {
    return html`
      <dialog class="dlg draw-area" aria-labelledby="draw-title" @cancel=${(event) => this.#cancel(event)}>
        <h2 id="draw-title">${t('drawHere')}</h2>
        <p class="hint">${t('drawHint')}</p>
        <div class="draw-map map-host" data-draws tabindex="0" role="application" aria-label=${t('drawHere')}></div>
        <p class="line wrap">
          <span class="muted grow" role="status">${t('corners')(this.draft.length)}</span>
          <button type="button" class="btn small" @click=${() => this.#frame()}>${t('whatIsSeen')}</button>
          <button type="button" class="btn small" ?disabled=${!this.draft.length} @click=${() => (this.draft = this.draft.slice(0, -1))}>${t('undoCorner')}</button>
        </p>
        <p class="line wrap">
          <button type="button" class="btn primary use" ?disabled=${this.draft.length < FEWEST} @click=${() => this.#end(this.draft)}>${t('useArea')}</button>
          <button type="button" class="btn" @click=${() => this.#end()}>${t('cancel')}</button>
        </p>
      </dialog>
    `;
  }

  #cancel(event) {
    event.preventDefault();
    this.#end();
  }
}

customElements.define('kydai-area-drawer', AreaDrawer);
