/** A small map on which somebody chooses where a camera is. Fires 'place' with {lat, lon}. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { problemWords } from '../problems.js';
import { cameras, mapConfig } from '../server.js';
import { t } from '../words/map.js';
import { leaflet } from './leaflet.js';

const HUE = [16.4637, 107.5909];
const NEAR_ZOOM = 16;
const LARGEST_ZOOM = 19;

class PlacePicker extends LitElement {
  static properties = {
    /** Degrees north and east; not numbers where there is no place yet. */
    lat: { attribute: false },
    lon: { attribute: false },
    open: { state: true },
    error: { state: true },
  };

  #library;
  #map;
  #marker;

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  get #place() {
    return Number.isFinite(this.lat) && Number.isFinite(this.lon) ? [this.lat, this.lon] : undefined;
  }

  async #toggle() {
    this.open = !this.open;
    this.error = undefined;
    if (!this.open) {
      this.#close();
      return;
    }
    try {
      const [library, config, known] = await Promise.all([leaflet(), mapConfig(), cameras()]);
      await this.updateComplete;
      if (this.open && this.isConnected) this.#show(library, config, known);
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #show(library, config, known) {
    const host = this.querySelector('.place-map');
    this.#library = library;
    this.#map = library.map(host, { zoomControl: false, attributionControl: Boolean(config.attribution), zoomAnimation: false });
    this.#map.attributionControl?.setPrefix(false);
    library.control.zoom({ position: 'topright', zoomInTitle: t('zoomIn'), zoomOutTitle: t('zoomOut') }).addTo(this.#map);
    if (config.tiles) {
      const words = Object.assign(document.createElement('span'), { textContent: config.attribution ?? '' });
      library.tileLayer(config.tiles, { maxNativeZoom: config['max-zoom'], maxZoom: LARGEST_ZOOM, attribution: words.innerHTML }).addTo(this.#map);
    }
    const placed = known.filter(({ place }) => place?.lat !== undefined).map(({ place: { lat, lon } }) => [lat, lon]);
    for (const at of placed) library.circleMarker(at, { radius: 4, className: 'map-view', interactive: false }).addTo(this.#map);
    if (this.#place || !placed.length) this.#map.setView(this.#place ?? HUE, NEAR_ZOOM);
    else this.#map.fitBounds(placed, { padding: [32, 32], maxZoom: NEAR_ZOOM });
    this.#map.on('click', ({ latlng }) => this.#choose(latlng));
    let moving = false;
    this.#map.on('movestart', () => (moving = true));
    this.#map.on('moveend', () => (moving = false));
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault(); // It would send the form around.
      if (!moving) this.#choose(this.#map.getCenter());
      else this.#map.once('moveend', () => this.#choose(this.#map.getCenter())); // An arrow key was pressed just before.
    });
    this.#mark();
    host.focus();
  }

  #choose({ lat, lng }) {
    this.dispatchEvent(new CustomEvent('place', { detail: { lat: Number(lat.toFixed(6)), lon: Number(lng.toFixed(6)) } }));
  }

  #mark() {
    const at = this.#place;
    if (!at) {
      this.#marker?.remove();
      this.#marker = undefined;
    } else if (this.#marker) {
      this.#marker.setLatLng(at);
    } else {
      const sign = this.#library.divIcon({ className: 'map-corner', iconSize: [20, 20], iconAnchor: [10, 10] });
      this.#marker = this.#library.marker(at, { icon: sign, draggable: true, keyboard: false, title: '' }).addTo(this.#map);
      this.#marker.getElement().setAttribute('aria-label', t('picked'));
      this.#marker.on('dragend', () => this.#choose(this.#marker.getLatLng()));
    }
  }

  #close() {
    this.#map?.remove();
    this.#map = undefined;
    this.#marker = undefined;
  }

  updated() {
    if (this.#map) this.#mark();
  }

  render() {
    return html`
      <button type="button" class="btn small pick" aria-expanded=${Boolean(this.open)} @click=${() => this.#toggle()}>${icon('pin')}${t('pick')}</button>
      ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
      ${this.open
        ? html`<p class="hint">${t('pickHint')}</p><div class="place-map" tabindex="0" role="application" aria-label=${t('pick')}></div>`
        : nothing}
    `;
  }
}

customElements.define('kydai-place-picker', PlacePicker);
