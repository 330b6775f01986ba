/** The shape that is being drawn, and the tools. */

import { CALIBRATION, MOST_CORNERS, addMark, addShape, freeId, within } from './model.js';
import { defaultDirection } from './shape.js';

/** @type {{tool: string, key: string, word: string, sign: string}[]} */
export const TOOLS = [
  { tool: 'select', key: 'v', word: 'toolSelect', sign: 'pointer' },
  { tool: 'line', key: 'l', word: 'toolLine', sign: 'next' },
  { tool: 'zone', key: 'z', word: 'toolZone', sign: 'zone' },
  { tool: 'lane', key: 'n', word: 'toolLane', sign: 'lane' },
  { tool: 'mark', key: 'c', word: 'toolMark', sign: 'target' },
  { tool: 'signal', key: 'd', word: 'toolSignal', sign: 'signal' },
  { tool: 'mask', key: 'm', word: 'toolMask', sign: 'hidden' },
];

/** What Enter puts into the middle where nothing is drawn yet. */
const DEFAULTS = {
  line: [[0.3, 0.6], [0.7, 0.6]],
  zone: [[0.3, 0.35], [0.7, 0.35], [0.75, 0.75], [0.25, 0.75]],
  lane: [[0.42, 0.3], [0.58, 0.3], [0.7, 0.9], [0.3, 0.9]],
  signal: [[0.48, 0.1], [0.52, 0.1], [0.52, 0.25], [0.48, 0.25]],
  mask: [[0.35, 0.1], [0.65, 0.1], [0.65, 0.4], [0.35, 0.4]],
  mark: [[0.5, 0.6]],
};
const MOST_POINTS = { line: 2, signal: 4, mark: 1, zone: MOST_CORNERS.zone, lane: MOST_CORNERS.zone, mask: MOST_CORNERS.mask };
const FEWEST = { line: 2, signal: 3, mark: 1, zone: 3, lane: 3, mask: 3 };

export class Drawing {
  #editor;
  #tool;
  #points = [];

  /** @param {object} editor whose state gets what is drawn */
  constructor(editor) {
    this.#editor = editor;
  }

  /** What is drawn so far; nothing while no tool is used. */
  get shown() {
    return this.#tool ? { tool: this.#tool, points: this.#points } : undefined;
  }

  begin(tool) {
    this.#tool = tool === 'select' ? undefined : tool;
    this.#points = [];
  }

  add(point) {
    this.#points = [...this.#points, point.map(within)];
    if (this.#points.length >= MOST_POINTS[this.#tool]) this.close();
    this.#editor.requestUpdate();
  }

  /** Ends the shape, where it has enough points; where it has none, the default shape is put. */
  close() {
    if (!this.#tool) return;
    const points = this.#points.length ? this.#points : DEFAULTS[this.#tool];
    if (points.length < FEWEST[this.#tool]) return;
    this.#put(this.#tool, points);
    this.#editor.use('select');
  }

  /** Drops what is drawn. */
  drop() {
    this.#editor.use('select');
  }

  #put(tool, points) {
    const { scene } = this.#editor.history.state;
    if (tool === 'mark') {
      this.#editor.changeScene(addMark(scene, points[0]));
      this.#editor.choose({ kind: 'calibration', id: CALIBRATION }, scene.calibration?.points?.length ?? 0);
    } else if (tool === 'line') {
      const id = freeId(scene.lines, 'line');
      this.#editor.changeScene(addShape(scene, 'line', { id, from: points[0], to: points[1] }));
      this.#editor.choose({ kind: 'line', id });
    } else if (tool === 'mask') {
      const id = freeId(scene.masks, 'mask');
      this.#editor.changeScene(addShape(scene, 'mask', { id, polygon: points }));
      this.#editor.choose({ kind: 'mask', id });
    } else {
      const id = freeId(scene.zones, tool);
      const more = tool === 'lane' ? { use: 'lane', direction: defaultDirection(points) } : tool === 'signal' ? { use: 'signal' } : {};
      this.#editor.changeScene(addShape(scene, 'zone', { id, polygon: points, ...more }));
      this.#editor.choose({ kind: 'zone', id });
    }
  }
}
