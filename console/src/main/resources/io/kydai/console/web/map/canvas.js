/** The map itself: tiles, cameras with their fields of view, clusters, areas, and the drawing of an area. */

import { t } from '../words/map.js';
import { clusters, fieldOfView } from './geo.js';

const HUE = [16.4637, 107.5909];
const CLUSTERED_BELOW = 17;
const LARGEST_ZOOM = 19;

const SHAPES = {
  urgent: '<path d="M14 1l13 13-13 13L1 14z"/>',
  high: '<path d="M14 2l13 23H1z"/>',
  live: '<circle cx="14" cy="14" r="11"/>',
  lost: '<circle cx="14" cy="14" r="11"/>',
};
const GLYPH = '<path class="g" d="M8 10h8v8H8zM17 12l4-2v8l-4-2z"/>';

/** The sign of a state as markup; a number in the place of the camera where there is one. */
const pin = (state, count, selected) =>
  `<svg class="pin is-${state} ${selected ? 'sel' : ''}" viewBox="0 0 28 28" width="32" height="32" aria-hidden="true">` +
  `<g class="b">${SHAPES[state]}</g>${count ? `<text class="g" x="14" y="${state === 'high' ? 22 : 18.5}" text-anchor="middle">${Number(count)}</text>` : GLYPH}</svg>`;

export class MapCanvas {
  #leaflet;
  #map;
  #layers = {};
  #shown = { cameras: [], areas: [], layers: new Set(), selected: undefined };
  #draft;

  /**
   * @param {object} leaflet
   * @param {HTMLElement} host
   * @param {{tiles?: string, attribution?: string, 'max-zoom'?: number}} config
   * @param {{camera: (id: string) => void, area: (id: string) => void, corners: (all: number[][]) => void, moved: () => void}} calls
   */
  constructor(leaflet, host, config, calls) {
    this.#leaflet = leaflet;
    this.calls = calls;
    this.#map = leaflet.map(host, { zoomControl: false, attributionControl: Boolean(config.attribution), zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches });
    this.#map.setView(HUE, 15);
    leaflet.control.zoom({ position: 'topright', zoomInTitle: t('zoomIn'), zoomOutTitle: t('zoomOut') }).addTo(this.#map);
    leaflet.control.scale({ imperial: false, position: 'bottomright' }).addTo(this.#map);
    if (config.tiles) {
      leaflet
        .tileLayer(config.tiles, { maxNativeZoom: config['max-zoom'], maxZoom: LARGEST_ZOOM, attribution: escaped(config.attribution ?? '') })
        .addTo(this.#map);
    }
    this.#map.attributionControl?.setPrefix(false);
    for (const name of ['areas', 'views', 'cameras', 'draft']) this.#layers[name] = leaflet.layerGroup().addTo(this.#map);
    this.#map.on('zoomend', () => this.draw());
    this.#map.on('moveend', () => calls.moved());
    this.#map.on('click', ({ latlng }) => this.#corner(latlng));
    host.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === host && this.#draft) this.#corner(this.#map.getCenter());
    });
  }

  /** The middle and zoom, as the address holds them. */
  get view() {
    const { lat, lng } = this.#map.getCenter();
    return { at: `${lat.toFixed(5)},${lng.toFixed(5)}`, zoom: String(this.#map.getZoom()) };
  }

  /** Goes to a middle and zoom of the address; to all that is shown where there is none. */
  goTo({ at, zoom }, cameras, areas) {
    const place = (at ?? '').split(',').map(Number);
    if (place.length === 2 && place.every(Number.isFinite)) {
      this.#map.setView(place, Math.min(LARGEST_ZOOM, Number(zoom) || 15), { animate: false });
      return;
    }
    const corners = [...cameras.map(({ place: { lat, lon } }) => [lat, lon]), ...areas.flatMap(({ polygon }) => polygon)];
    if (corners.length) this.#map.fitBounds(corners, { padding: [48, 48], maxZoom: 17, animate: false });
  }

  /** Shows a place without changing the zoom more than needed. */
  reveal({ lat, lon }) {
    this.#map.setView([lat, lon], Math.max(this.#map.getZoom(), CLUSTERED_BELOW));
  }

  /** Takes what is to be shown, and draws it. */
  show(shown) {
    this.#shown = shown;
    this.draw();
  }

  draw() {
    const { cameras, areas, layers, selected } = this.#shown;
    Object.values(this.#layers).forEach((layer) => layer.clearLayers());
    if (layers.has('areas')) areas.forEach((area) => this.#area(area));
    if (layers.has('views')) cameras.forEach((camera) => this.#view(camera));
    if (layers.has('cameras')) {
      const zoom = this.#map.getZoom();
      const groups = zoom >= CLUSTERED_BELOW ? cameras.map((one) => [one]) : clusters(cameras, ({ place: { lat, lon } }) => this.#map.project([lat, lon], zoom));
      groups.forEach((group) => (group.length === 1 ? this.#camera(group[0], group[0].id === selected) : this.#cluster(group)));
    }
    this.#drawDraft();
  }

  #area(area) {
    this.#leaflet
      .polygon(area.polygon, { className: 'map-area', interactive: !this.#draft })
      .on('click', () => this.calls.area(area.id))
      .bindTooltip(text(area.name), { permanent: true, direction: 'center', className: 'map-label' })
      .addTo(this.#layers.areas);
  }

  #view({ place }) {
    const corners = fieldOfView(place);
    if (corners) this.#leaflet.polygon(corners, { className: 'map-view', interactive: false }).addTo(this.#layers.views);
  }

  #camera({ id, name, state, alerts, place: { lat, lon } }, selected) {
    const words = `${name}, ${alerts ? t('alerts')(alerts) : t(state === 'lost' ? 'lost' : 'live')}`;
    this.#marker([lat, lon], pin(state, alerts, selected), words, () => this.calls.camera(id)).bindTooltip(text(name), { direction: 'top', offset: [0, -14] });
  }

  #cluster(group) {
    const state = ['urgent', 'high', 'live'].find((one) => group.some((camera) => camera.state === one)) ?? 'lost';
    const alerts = group.reduce((sum, camera) => sum + camera.alerts, 0);
    const middle = (key) => group.reduce((sum, camera) => sum + camera.place[key], 0) / group.length;
    const words = `${t('cluster')(group.length)}${alerts ? `, ${t('alerts')(alerts)}` : ''}`;
    const bounds = group.map(({ place: { lat, lon } }) => [lat, lon]);
    this.#marker([middle('lat'), middle('lon')], pin(state, group.length, false), words, () => this.#map.fitBounds(bounds, { padding: [64, 64], maxZoom: CLUSTERED_BELOW }));
  }

  #marker(at, markup, words, press) {
    const icon = this.#leaflet.divIcon({ html: markup, className: 'map-pin', iconSize: [32, 32], iconAnchor: [16, 16] });
    const marker = this.#leaflet.marker(at, { icon, alt: words, title: '', keyboard: true }).addTo(this.#layers.cameras);
    marker.getElement()?.setAttribute('aria-label', words);
    marker.on('click', press).on('keypress', ({ originalEvent }) => originalEvent.key === 'Enter' && press());
    return marker;
  }

  /** Begins to draw an area, or goes on with the corners of one; undefined ends it. */
  drawing(corners) {
    this.#draft = corners;
    this.draw();
  }

  #corner({ lat, lng }) {
    if (!this.#draft) return;
    this.calls.corners([...this.#draft, [Number(lat.toFixed(6)), Number(lng.toFixed(6))]]);
  }

  #drawDraft() {
    if (!this.#draft?.length) return;
    this.#leaflet.polygon(this.#draft, { className: 'map-draft', interactive: false }).addTo(this.#layers.draft);
    this.#draft.forEach((corner) => this.#leaflet.circleMarker(corner, { radius: 6, className: 'map-corner', interactive: false }).addTo(this.#layers.draft));
  }

  close() {
    this.#map.remove();
  }
}

/** A text as an element, so that no name is read as markup. */
const text = (words) => Object.assign(document.createElement('span'), { textContent: words });

const escaped = (words) => text(words).innerHTML;
