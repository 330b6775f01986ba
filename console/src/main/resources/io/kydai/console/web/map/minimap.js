/**
 * A small still map of one place: cheap, since it is one drawing and no library. Tiles are under it where the site
 * has some; without them there are areas, cameras nearby, the field of view and a scale. Nothing is asked for
 * before it is scrolled to.
 */

import { LitElement, html, nothing, svg } from 'lit';
import { areas, cameras, mapConfig, may } from '../server.js';
import { t } from '../words/map.js';
import { fieldOfView } from './geo.js';

const WIDTH = 320;
const HEIGHT = 160;
const TILE = 256;
const ZOOM = 16;
const EARTH_METRES = 40_075_017;
const SCALE_METRES = 100;

/** What is around, for all maps of the page; what could not be had is asked for again by the next one. */
let known;
const around = () => {
  known ??= Promise.all([mapConfig(), areas(), may('live') ? cameras() : []]).catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
};

/** The place on Mercator's plane, in pixels at a zoom. */
function project([lat, lon], zoom) {
  const size = TILE * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

class MiniMap extends LitElement {
  static properties = {
    /** {lat, lon}, and where it is known bearing, view-angle and range, of a camera. */
    place: { attribute: false },
    /** Of the camera, for whoever does not see the picture. */
    name: { attribute: false },
    known: { state: true },
  };

  #seen;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#seen.disconnect();
      this.#load();
    });
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#seen.disconnect();
  }

  async #load() {
    try {
      const [config, named, seen] = await around();
      this.known = { config, named, seen };
    } catch {
      // The place itself is drawn without what is around it, and the page says that the server is away.
      this.known = { config: {}, named: [], seen: [] };
    }
  }

  render() {
    if (this.place?.lat === undefined) return nothing;
    const zoom = Math.min(ZOOM, this.known?.config['max-zoom'] ?? ZOOM);
    const middle = project([this.place.lat, this.place.lon], zoom);
    const left = middle[0] - WIDTH / 2;
    const top = middle[1] - HEIGHT / 2;
    const at = (one) => {
      const [x, y] = project(one, zoom);
      return [x - left, y - top];
    };
    const points = (corners) => corners.map((one) => at(one).map((pixel) => pixel.toFixed(1)).join(',')).join(' ');
    const view = fieldOfView(this.place);
    return html`
      <svg class="minimap" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t('miniMap')(this.name)}>
        <rect class="ground" width=${WIDTH} height=${HEIGHT}></rect>
        ${this.known ? svg`${this.#tiles(zoom, left, top)} ${this.known.named.map(({ polygon }) => svg`<polygon class="map-area" points=${points(polygon)}></polygon>`)} ${this.#others(at)}` : nothing}
        ${view ? svg`<polygon class="map-view" points=${points(view)}></polygon>` : nothing}
        <circle class="here" cx=${WIDTH / 2} cy=${HEIGHT / 2} r="8"></circle>
        <circle class="dot" cx=${WIDTH / 2} cy=${HEIGHT / 2} r="2.5"></circle>
        ${this.#scale(zoom)}
      </svg>
      ${this.known?.config.tiles && this.known.config.attribution ? html`<small class="minimap-source">${this.known.config.attribution}</small>` : nothing}
    `;
  }

  #tiles(zoom, left, top) {
    const { tiles } = this.known.config;
    if (!tiles) return nothing;
    const most = 2 ** zoom;
    const all = [];
    for (let x = Math.floor(left / TILE); x * TILE < left + WIDTH; x++) {
      for (let y = Math.max(0, Math.floor(top / TILE)); y < most && y * TILE < top + HEIGHT; y++) {
        const address = tiles.replace('{z}', zoom).replace('{x}', ((x % most) + most) % most).replace('{y}', y).replace('{s}', 'a').replace('{r}', '');
        all.push(svg`<image href=${address} x=${x * TILE - left} y=${y * TILE - top} width=${TILE} height=${TILE}></image>`);
      }
    }
    return all;
  }

  /** Cameras nearby, as dots. */
  #others(at) {
    return this.known.seen
      .filter(({ place }) => place?.lat !== undefined)
      .map(({ place }) => at([place.lat, place.lon]))
      .filter(([x, y]) => x >= 0 && y >= 0 && x <= WIDTH && y <= HEIGHT)
      .map(([x, y]) => svg`<circle class="other" cx=${x} cy=${y} r="4"></circle>`);
  }

  #scale(zoom) {
    const perPixel = (EARTH_METRES * Math.cos((this.place.lat * Math.PI) / 180)) / (TILE * 2 ** zoom);
    const length = SCALE_METRES / perPixel;
    return svg`
      <path class="scale" d="M${WIDTH - 8 - length} ${HEIGHT - 8}h${length}"></path>
      <text x=${WIDTH - 8} y=${HEIGHT - 13} text-anchor="end">${t('metres')(SCALE_METRES)}</text>
    `;
  }
}

customElements.define('kydai-mini-map', MiniMap);
