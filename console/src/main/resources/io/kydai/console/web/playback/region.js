/**
 * A region that is drawn on a picture: a rectangle by dragging, a polygon by one click per corner (a click
 * on the first, or Enter, closes it). By keys, the arrows move it and, with shift, make it larger or smaller.
 */

import { LitElement, html, svg } from 'lit';
import { t } from '../words/playback.js';

const MOST_CORNERS = 32;
/** Nearer than this to where it was pressed, a pointer clicks and does not drag; in parts of the picture. */
const CLICK = 0.012;
const KEY_STEP = 0.02;
const FIRST = [[0.35, 0.35], [0.65, 0.35], [0.65, 0.65], [0.35, 0.65]];

const within = (value) => Math.min(1, Math.max(0, value));
const rounded = (value) => Math.round(value * 10_000) / 10_000;

class Region extends LitElement {
  static properties = {
    /** Corners, each across and down, from 0 to 1; undefined for none. */
    corners: { attribute: false },
    /** Whether it may be changed. */
    drawing: { type: Boolean },
    /** Width by height of the picture within the element. */
    ratio: { type: Number },
    open: { state: true },
  };

  #pressed;

  constructor() {
    super();
    this.ratio = 16 / 9;
    this.open = [];
  }

  createRenderRoot() {
    return this;
  }

  #tell(corners) {
    this.corners = corners.map((corner) => corner.map(rounded));
    this.dispatchEvent(new CustomEvent('region', { detail: this.corners }));
  }

  #at(event) {
    const { left, top, width, height } = this.querySelector('svg').getBoundingClientRect();
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  }

  #down(event) {
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#pressed = this.#at(event);
  }

  #move(event) {
    if (!this.#pressed || this.open.length) return;
    const [x, y] = this.#at(event);
    const [a, b] = this.#pressed;
    if (Math.hypot(x - a, y - b) > CLICK) this.#tell([[Math.min(x, a), Math.min(y, b)], [Math.max(x, a), Math.min(y, b)], [Math.max(x, a), Math.max(y, b)], [Math.min(x, a), Math.max(y, b)]]);
  }

  #up(event) {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (!pressed) return;
    const at = this.#at(event);
    if (Math.hypot(at[0] - pressed[0], at[1] - pressed[1]) > CLICK && !this.open.length) return;
    const [first] = this.open;
    if (first && this.open.length > 2 && Math.hypot(at[0] - first[0], at[1] - first[1]) < 2 * CLICK) this.#close();
    else if (this.open.length < MOST_CORNERS) this.open = [...this.open, at];
    if (this.open.length === MOST_CORNERS) this.#close();
  }

  #close() {
    if (this.open.length > 2) this.#tell(this.open);
    this.open = [];
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Enter' && this.open.length) this.#close();
    else if (step) this.#shift(step, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #shift([dx, dy], larger) {
    const corners = this.corners ?? FIRST;
    const middle = [0, 1].map((i) => corners.reduce((sum, corner) => sum + corner[i], 0) / corners.length);
    const one = (value, i, by) => within(larger ? value + Math.sign(value - middle[i]) * by * KEY_STEP : value + by * KEY_STEP);
    this.#tell(corners.map(([x, y]) => [one(x, 0, dx), one(y, 1, -dy * (larger ? 1 : -1))]));
  }

  updated() {
    this.querySelector('.region').style.setProperty('--ratio', this.ratio);
  }

  render() {
    const points = (corners) => corners.map(([x, y]) => `${x * 1000},${y * 1000}`).join(' ');
    return html`
      <div class="region ${this.drawing ? 'drawing' : ''}">
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="application" tabindex=${this.drawing ? 0 : -1} aria-label=${t('drawRegion')}
          @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @keydown=${this.#key}>
          ${this.corners ? svg`<polygon points=${points(this.corners)}></polygon>` : ''}
          ${this.open.length ? svg`<polyline points=${points(this.open)}></polyline>${this.open.map(([x, y]) => svg`<circle cx=${x * 1000} cy=${y * 1000} r="8"></circle>`)}` : ''}
        </svg>
      </div>
    `;
  }
}

customElements.define('kydai-region', Region);
