/**
 * What is drawn over the picture, to be edited by pointer and keys. Every point is a button that can be
 * reached by Tab and moved by the arrow keys. The drawing has the picture's own coordinates, and is
 * fitted into its place as the picture is: whole.
 */

import { LitElement, html, nothing, svg } from 'lit';
import { t } from '../words/scene.js';
import { arrowPath, contains, middle, snapped } from './geometry.js';
import { CALIBRATION, MOST_CORNERS, cornersOf, find, pointsOf } from './model.js';
import { shapesOf } from './shape.js';

const CALIBRATION_KEY = { kind: 'calibration', id: CALIBRATION };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAST = 10;

export const sameKey = (one, other) => one?.kind === other?.kind && one?.id === other?.id;

class Canvas extends LitElement {
  static properties = {
    scene: { attribute: false },
    chosen: { attribute: false },
    point: { attribute: false },
    drawing: { attribute: false },
    width: { attribute: false },
    height: { attribute: false },
    snapping: { attribute: false },
    boxes: { attribute: false },
    errors: { attribute: false },
    scale: { state: true },
  };

  #sizes;
  #drag;

  constructor() {
    super();
    this.scale = 1;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  /** How many units of the drawing are a pixel of the screen, so that knobs keep their size. */
  #measure() {
    const { clientWidth, clientHeight } = this;
    if (clientWidth && clientHeight) this.scale = Math.max(this.width / clientWidth, this.height / clientHeight);
  }

  willUpdate(changed) {
    if (changed.has('width') || changed.has('height')) this.#measure();
  }

  get #aspect() {
    return this.width / this.height;
  }

  #on([x, y]) {
    return [x * this.width, y * this.height];
  }

  #path(points) {
    return points.map((point) => this.#on(point).join(',')).join(' ');
  }

  /** Where on the picture a pointer is, in parts of it. */
  #at(event) {
    const matrix = this.querySelector('svg').getScreenCTM().inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [Math.min(1, Math.max(0, x / this.width)), Math.min(1, Math.max(0, y / this.height))];
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #snap(point, key, at) {
    if (!this.snapping) return point;
    const own = key ? pointsOf(this.scene, key).filter((_, other) => other !== at) : this.drawing?.points ?? [];
    const keys = shapesOf(this.scene).filter(({ kind }) => kind !== 'calibration');
    const others = keys.filter((one) => !sameKey(one, key)).flatMap((one) => pointsOf(this.scene, one));
    return snapped(point, others, own, this.#aspect);
  }

  render() {
    const { scene } = this;
    const marks = scene.calibration?.points ?? [];
    return html`
      <svg
        class="over edit"
        viewBox="0 0 ${this.width} ${this.height}"
        preserveAspectRatio="xMidYMid meet"
        role="group"
        aria-label=${t('canvas')}
        @pointerdown=${(event) => this.#press(event)}
        @pointermove=${(event) => this.#move(event)}
        @pointerup=${() => (this.#drag = undefined)}
        @dblclick=${() => this.#tell('close-drawing')}
      >
        ${scene.masks.map((mask) => this.#mask(mask))} ${scene.zones.map((zone) => this.#zone(zone))} ${scene.lines.map((line) => this.#line(line))}
        ${marks.map((mark, at) => this.#mark(mark, at))} ${this.drawing ? this.#drawn(this.drawing) : nothing}
        ${(this.boxes ?? []).map(
          ([left, top, right, bottom]) => svg`<rect class="hit" x=${left * this.width} y=${top * this.height}
            width=${(right - left) * this.width} height=${(bottom - top) * this.height}></rect>`,
        )}
        ${this.chosen ? this.#knobs(this.chosen) : nothing}
      </svg>
    `;
  }

  #label(text, [x, y]) {
    const size = 12 * this.scale;
    return svg`<rect class="tag" x=${x - size * 0.4} y=${y - size * 1.1} width=${size * (0.8 + text.length * 0.58)} height=${size * 1.5}></rect>
      <text x=${x} y=${y} font-size=${size}>${text}</text>`;
  }

  #zone(zone) {
    const chosen = sameKey(this.chosen, { kind: 'zone', id: zone.id });
    return svg`
      <polygon class="zone ${zone.use ?? 'area'} ${chosen ? 'edit' : ''}" points=${this.#path(zone.polygon)}></polygon>
      ${zone.direction ? this.#direction(zone.direction) : nothing}
      ${this.#label(zone.id, this.#on(middle(zone.polygon)))}`;
  }

  #mask({ id, polygon }) {
    const chosen = sameKey(this.chosen, { kind: 'mask', id });
    return svg`
      <polygon class="mask ${chosen ? 'edit' : ''}" points=${this.#path(polygon)}></polygon>
      ${this.#label(id, this.#on(middle(polygon)))}`;
  }

  #direction([from, to]) {
    const [a, b] = [this.#on(from), this.#on(to)];
    const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    const size = 12 * this.scale;
    return svg`<line class="lane" x1=${a[0]} y1=${a[1]} x2=${b[0]} y2=${b[1]}></line>
      <path class="garrow" d="M0 0L${-size} ${-size / 2}L${-size} ${size / 2}Z" transform="translate(${b[0]} ${b[1]}) rotate(${angle})"></path>`;
  }

  #line(line) {
    const [a, b] = [this.#on(line.from), this.#on(line.to)];
    return svg`
      <line class="gline ${sameKey(this.chosen, { kind: 'line', id: line.id }) ? 'edit' : ''}" x1=${a[0]} y1=${a[1]} x2=${b[0]} y2=${b[1]}></line>
      <path class="garrow" d=${arrowPath(a, b, 16 * this.scale)}></path>
      ${this.#label(line.id, [(a[0] + 3 * b[0]) / 4, (a[1] + 3 * b[1]) / 4 - 8 * this.scale])}`;
  }

  #mark({ image }, at) {
    const [x, y] = this.#on(image);
    const size = 9 * this.scale;
    const bad = (this.errors?.[at] ?? 0) > 1;
    return svg`<path class="mark ${bad ? 'bad' : ''}" d="M${x - size} ${y}H${x + size}M${x} ${y - size}V${y + size}"></path>
      ${this.#label(String(at + 1), [x + size, y - size])}`;
  }

  #drawn({ tool, points }) {
    return svg`<polyline class="${tool === 'mask' ? 'mask' : 'zone'} edit" points=${this.#path(points)}></polyline>
      ${points.map((point) => {
        const [x, y] = this.#on(point);
        return svg`<circle class="knob" cx=${x} cy=${y} r=${6 * this.scale}></circle>`;
      })}`;
  }

  #knobs(key) {
    const points = pointsOf(this.scene, key);
    const name = key.kind === 'calibration' ? t('calibration') : `“${key.id}”`;
    return svg`
      ${MOST_CORNERS[key.kind] ? this.#middles(key, name) : nothing}
      ${points.map((point, at) => {
        const [x, y] = this.#on(point);
        const words = t('pointName')(at + 1, name, point[0].toFixed(3), point[1].toFixed(3));
        return svg`<circle class="knob ${at === this.point ? 'on' : ''}" data-point=${at} cx=${x} cy=${y} r=${8 * this.scale}
          tabindex="0" role="button" aria-label=${words} @focus=${() => this.#tell('choose-point', at)}
          @keydown=${(event) => this.#key(event, at)}></circle>`;
      })}`;
  }

  /** Small knobs between the corners of a zone or mask, which add one. */
  #middles(key, name) {
    const zone = find(this.scene, key);
    if (!zone || zone.polygon.length >= MOST_CORNERS[key.kind]) return nothing;
    return zone.polygon.map((point, at) => {
      const place = middle([point, zone.polygon[(at + 1) % cornersOf(zone)]]);
      const [x, y] = this.#on(place);
      const add = () => this.#tell('add-corner', { at, point: place });
      return svg`<circle class="knob small" data-after=${at} cx=${x} cy=${y} r=${4.5 * this.scale} tabindex="0" role="button"
        aria-label=${t('newCorner')(at + 1, name)}
        @keydown=${(event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), event.stopPropagation(), add())}></circle>`;
    });
  }

  #key(event, at) {
    const step = ARROWS[event.key];
    if (step) {
      const by = event.shiftKey ? FAST : 1;
      event.preventDefault();
      event.stopPropagation();
      const [x, y] = pointsOf(this.scene, this.chosen)[at];
      this.#tell('move-point', { at, point: [x + (step[0] * by) / this.width, y + (step[1] * by) / this.height], keys: true });
    }
  }

  #press(event) {
    if (event.button !== 0) return;
    const place = this.#at(event);
    if (this.drawing) {
      this.#tell('draw', this.#snap(place));
      return;
    }
    const knob = event.target.closest('[data-point], [data-after]');
    if (knob?.dataset.after !== undefined) {
      const at = Number(knob.dataset.after);
      this.#tell('add-corner', { at, point: place });
      this.#drag = { at: at + 1, joined: true };
    } else if (knob) {
      this.#drag = { at: Number(knob.dataset.point), joined: false };
    } else {
      this.#choose(place);
    }
    if (this.#drag) event.target.closest('svg').setPointerCapture(event.pointerId);
  }

  /** Chooses what lies under a place; the smallest part of the picture first. */
  #choose(place) {
    const line = this.scene.lines.find(({ from, to }) => this.#near(place, from, to));
    const zone = this.scene.zones.findLast(({ polygon }) => contains(polygon, place));
    const mark = (this.scene.calibration?.points ?? []).some(({ image }) => this.#near(place, image, image));
    const mask = this.scene.masks.findLast(({ polygon }) => contains(polygon, place));
    const item = line ?? mask ?? zone;
    const kind = line ? 'line' : mask ? 'mask' : 'zone';
    const key = mark ? CALIBRATION_KEY : item && { kind, id: item.id };
    this.#tell('choose-shape', key);
    if (key) this.#drag = { whole: key, from: place, joined: false };
  }

  #near(place, from, to) {
    const [p, a, b] = [place, from, to].map((point) => this.#on(point));
    const length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2;
    const along = length ? Math.min(1, Math.max(0, ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length)) : 0;
    return Math.hypot(p[0] - a[0] - along * (b[0] - a[0]), p[1] - a[1] - along * (b[1] - a[1])) < 12 * this.scale;
  }

  #move(event) {
    if (!this.#drag || !event.buttons) return;
    const place = this.#at(event);
    const { at, whole, from, joined } = this.#drag;
    if (whole) {
      // What may not be changed has not been chosen.
      if (!sameKey(whole, this.chosen)) return;
      this.#tell('move-shape', { dx: place[0] - from[0], dy: place[1] - from[1], joined });
      this.#drag.from = place;
    } else {
      this.#tell('move-point', { at, point: this.#snap(place, this.chosen, at), joined });
    }
    this.#drag.joined = true;
  }
}

customElements.define('kydai-canvas', Canvas);
