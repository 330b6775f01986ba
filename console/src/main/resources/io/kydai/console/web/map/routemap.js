/** A map of a route: numbered points and the lines between them; it needs no tiles. */

import { t } from '../words/map.js';

const LARGEST_ZOOM = 19;
const NEAR_ZOOM = 17;

/** A point of more stops than these says the first and how many more. */
const MOST_NUMBERS = 2;

export class RouteMap {
  #leaflet;
  #map;
  #layer;
  #places = [];

  /**
   * @param {object} leaflet
   * @param {HTMLElement} host
   * @param {{tiles?: string, attribution?: string, 'max-zoom'?: number}} config
   */
  constructor(leaflet, host, config) {
    this.#leaflet = leaflet;
    this.#map = leaflet.map(host, { zoomControl: false, attributionControl: Boolean(config.attribution), zoomAnimation: false });
    this.#map.attributionControl?.setPrefix(false);
    leaflet.control.zoom({ position: 'topright', zoomInTitle: t('zoomIn'), zoomOutTitle: t('zoomOut') }).addTo(this.#map);
    leaflet.control.scale({ imperial: false, position: 'bottomright' }).addTo(this.#map);
    if (config.tiles) {
      const words = Object.assign(document.createElement('span'), { textContent: config.attribution ?? '' });
      leaflet.tileLayer(config.tiles, { maxNativeZoom: config['max-zoom'], maxZoom: LARGEST_ZOOM, attribution: words.innerHTML }).addTo(this.#map);
    }
    this.#layer = leaflet.layerGroup().addTo(this.#map);
    this.#map.on('resize', () => this.#fit());
  }

  /**
   * Draws stops in their order, in the place of those before. Stops at one place are one point.
   *
   * @param {{number: number, place: number[], words: string, jump: boolean}[]} stops `jump`: the way to it cannot be
   * @param {(number: number) => void} press called with the number of the first stop of a point
   */
  show(stops, press) {
    this.#layer.clearLayers();
    if (!stops.length) return;
    // Before anything is drawn: points have no element while the map has no view.
    this.#places = stops.map(({ place }) => place);
    this.#fit();
    for (let i = 1; i < stops.length; i++) {
      this.#leaflet
        .polyline([stops[i - 1].place, stops[i].place], { className: stops[i].jump ? 'route-line is-jump' : 'route-line', interactive: false })
        .addTo(this.#layer);
    }
    const points = new Map();
    for (const stop of stops) points.set(stop.place.join(), [...(points.get(stop.place.join()) ?? []), stop]);
    for (const group of points.values()) this.#point(group, press);
  }

  /** Shows the whole route. */
  #fit() {
    if (this.#places.length) this.#map.fitBounds(this.#places, { padding: [48, 48], maxZoom: NEAR_ZOOM, animate: false });
  }

  #point(group, press) {
    const numbers = group.map(({ number }) => number);
    const label = Object.assign(document.createElement('span'), { textContent: numbers.length > MOST_NUMBERS ? `${numbers[0]} +${numbers.length - 1}` : numbers.join(', ') });
    const icon = this.#leaflet.divIcon({ html: label, className: group.some(({ jump }) => jump) ? 'route-point is-jump' : 'route-point', iconSize: [40, 26], iconAnchor: [20, 13] });
    const marker = this.#leaflet.marker(group[0].place, { icon, title: '', keyboard: true }).addTo(this.#layer);
    marker.getElement().setAttribute('aria-label', group.map(({ words }) => words).join('; '));
    marker.on('click', () => press(numbers[0])).on('keypress', ({ originalEvent }) => originalEvent.key === 'Enter' && press(numbers[0]));
  }

  close() {
    this.#map.remove();
  }
}
