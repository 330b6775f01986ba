/** The map itself: tiles, cameras with their fields of view, clusters, areas, and the drawing of an area. */

import { t } from '../words/map.js';
import { clusters, fieldOfView, groupOutline } from './geo.js';

const HUE = [16.4637, 107.5909];
const CLUSTERED_BELOW = 17;
const LARGEST_ZOOM = 19;
const FEWEST_CORNERS = 3;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

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
  `<g class="b">${SHAPES[state]}</g>${count ? `<text class="g ${count > 9 ? 'long' : ''}" x="14" y="${state === 'high' ? 22 : 18.5}" text-anchor="middle">${count > 99 ? '99+' : Number(count)}</text>` : GLYPH}</svg>`;

export class MapCanvas {
  #leaflet;
  #map;
  #layers = {};
  #shown = { cameras: [], areas: [], layers: new Set(), selected: undefined };
  #draft;
  /** The corner that had the focus when the corners changed. */
  #focused;

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
    for (const name of ['groups', 'areas', 'views', 'cameras', 'draft']) this.#layers[name] = leaflet.layerGroup().addTo(this.#map);
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
    for (const name of ['groups', 'areas', 'views', 'cameras']) this.#layers[name].clearLayers();
    if (layers.has('groups')) this.#groups(cameras);
    if (layers.has('areas')) areas.forEach((area) => this.#area(area));
    if (layers.has('views')) cameras.forEach((camera) => this.#view(camera));
    if (layers.has('cameras')) {
      const zoom = this.#map.getZoom();
      const groups = zoom >= CLUSTERED_BELOW ? cameras.map((one) => [one]) : clusters(cameras, ({ place: { lat, lon } }) => this.#map.project([lat, lon], zoom));
      groups.forEach((group) => (group.length === 1 ? this.#camera(group[0], group[0].id === selected) : this.#cluster(group)));
    }
  }

  /** Each group as what its cameras stand around. */
  #groups(cameras) {
    for (const name of new Set(cameras.flatMap(({ groups = [] }) => groups))) {
      const places = cameras.filter(({ groups = [] }) => groups.includes(name)).map(({ place: { lat, lon } }) => [lat, lon]);
      this.#leaflet
        .polygon(groupOutline(places), { className: 'map-group', interactive: false })
        .bindTooltip(text(name), { permanent: true, direction: 'top', className: 'map-label of-group' })
        .addTo(this.#layers.groups);
    }
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

  /**
   * Begins to draw an area, or goes on with the corners of one; undefined ends it.
   *
   * @param {number[][]} [corners]
   */
  drawing(corners) {
    if (corners === this.#draft) return;
    this.#draft = corners;
    this.#drawDraft();
    this.draw();
  }

  #corner({ lat, lng }) {
    if (!this.#draft) return;
    this.#change([...this.#draft, rounded({ lat, lng })]);
  }

  #change(corners, focused) {
    this.#focused = focused;
    this.calls.corners(corners);
  }

  /** Not with the rest, which is drawn again while somebody moves a corner. */
  #drawDraft() {
    const layer = this.#layers.draft;
    layer.clearLayers();
    if (!this.#draft?.length) return;
    const shape = this.#leaflet.polygon(this.#draft, { className: 'map-draft', interactive: false }).addTo(layer);
    this.#draft.forEach((corner, i) => this.#handle(corner, i, shape));
    if (this.#draft.length > 2) this.#draft.forEach((corner, i) => this.#middle(corner, i));
  }

  /** A corner: it is dragged, or moved by arrow keys, and goes by Delete. */
  #handle(corner, i, shape) {
    const { marker, element } = this.#grip(corner, 'map-corner', t('corner')(i + 1));
    const moved = (to) => this.#draft.map((one, at) => (at === i ? to : one));
    marker.on('drag', ({ latlng }) => shape.setLatLngs(moved([latlng.lat, latlng.lng])));
    marker.on('dragend', () => this.#change(moved(rounded(marker.getLatLng())), i));
    element.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      if (!step && event.key !== 'Delete') return;
      event.preventDefault();
      event.stopPropagation();
      if (!step) {
        if (this.#draft.length > FEWEST_CORNERS) this.#change(this.#draft.filter((one, at) => at !== i), 0);
        return;
      }
      const far = event.shiftKey ? 10 : 2;
      const at = this.#map.latLngToContainerPoint(marker.getLatLng()).add([step[0] * far, step[1] * far]);
      this.#change(moved(rounded(this.#map.containerPointToLatLng(at))), i);
    });
    if (this.#focused === i) {
      this.#focused = undefined;
      element.focus();
    }
  }

  /** Between two corners: dragged away, it is one. */
  #middle(corner, i) {
    const next = this.#draft[(i + 1) % this.#draft.length];
    const { marker } = this.#grip([(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2], 'map-middle', '');
    marker.on('dragend', () => this.#change(this.#draft.toSpliced(i + 1, 0, rounded(marker.getLatLng())), i + 1));
  }

  #grip(at, className, name) {
    const size = name ? 20 : 14;
    const icon = this.#leaflet.divIcon({ className, iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
    const marker = this.#leaflet.marker(at, { icon, draggable: true, autoPan: true, keyboard: Boolean(name), title: '' }).addTo(this.#layers.draft);
    const element = marker.getElement();
    if (name) element.setAttribute('aria-label', name);
    else element.setAttribute('aria-hidden', 'true');
    return { marker, element };
  }

  /** The corners of what is seen, some part of it inside its edge. */
  seen(inside) {
    const bounds = this.#map.getBounds().pad(-inside);
    return [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthEast(), bounds.getNorthWest()].map(rounded);
  }

  close() {
    this.#map.remove();
  }
}

/** A place to a decimetre. */
const rounded = ({ lat, lng }) => [Number(lat.toFixed(6)), Number(lng.toFixed(6))];

/** A text as an element, so that no name is read as markup. */
const text = (words) => Object.assign(document.createElement('span'), { textContent: words });

const escaped = (words) => text(words).innerHTML;
