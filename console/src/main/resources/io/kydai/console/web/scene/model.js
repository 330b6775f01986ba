/**
 * A camera's scene and rules while they are edited: every change makes a new state, so that it can be
 * undone. A shape is a line, a zone, a mask that hides a part of the picture, or the calibration's points,
 * with its points in parts of the picture.
 *
 * @typedef {[number, number]} Point
 * @typedef {{lines: object[], zones: object[], masks: object[], calibration?: object}} Scene
 * @typedef {{scene: Scene, rules: object[]}} State
 * @typedef {{kind: 'line'|'zone'|'mask'|'calibration', id: string}} ShapeKey
 */

const STEPS_KEPT = 200;
const FIELDS = { line: 'lines', zone: 'zones', mask: 'masks' };
/** As many corners a polygon may have. */
export const MOST_CORNERS = { zone: 100, mask: 64 };

export const CALIBRATION = 'calibration';

/** @param {number} value @returns it within the picture, to a ten-thousandth */
export const within = (value) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

/** @returns {State} of a camera of the contract, whose masks are not of its scene: they hide, and count nothing */
export const stateOf = ({ scene, privacy, rules }) => ({
  scene: { ...scene, lines: scene?.lines ?? [], zones: scene?.zones ?? [], masks: privacy?.masks ?? [] },
  rules: rules ?? [],
});

/** @returns {object} what of a scene is analysed, as the contract has it */
export const analysed = ({ masks: ignored, ...scene }) => scene;

/** @returns {object} a camera as the contract has it, with what was edited */
export function withState(camera, { scene, rules }) {
  const { masks } = scene;
  const masked = masks.length || camera.privacy?.masks;
  return { ...camera, scene: analysed(scene), rules, privacy: masked ? { ...camera.privacy, masks } : camera.privacy };
}

/** The states of an edited camera, of which the newest 200 can be undone. */
export class History extends EventTarget {
  #states;
  #at = 0;
  #saved;

  /** @param {State} state as it is saved */
  constructor(state) {
    super();
    this.#states = [state];
    this.#saved = state;
  }

  get state() {
    return this.#states[this.#at];
  }

  get canUndo() {
    return this.#at > 0;
  }

  get canRedo() {
    return this.#at < this.#states.length - 1;
  }

  /** How many steps lie between what is saved and what is shown. */
  get changes() {
    const saved = this.#states.indexOf(this.#saved);
    return saved < 0 ? Math.max(1, this.#at) : Math.abs(this.#at - saved);
  }

  /**
   * Makes a state the present one.
   *
   * @param {State} state
   * @param {boolean} [joined] whether it takes the place of the present one, as while something is dragged
   */
  set(state, joined = false) {
    const kept = this.#states.slice(0, this.#at + (joined && this.canUndo ? 0 : 1));
    this.#states = [...kept, state].slice(-STEPS_KEPT);
    this.#at = this.#states.length - 1;
    this.dispatchEvent(new Event('change'));
  }

  undo() {
    this.#go(-1);
  }

  redo() {
    this.#go(1);
  }

  #go(step) {
    const next = this.#at + step;
    if (next < 0 || next >= this.#states.length) return;
    this.#at = next;
    this.dispatchEvent(new Event('change'));
  }

  /** The present state has been saved. */
  saved() {
    this.#saved = this.state;
    this.dispatchEvent(new Event('change'));
  }
}

/** The points of a shape. @returns {Point[]} */
export function pointsOf(scene, { kind, id }) {
  if (kind === 'calibration') return (scene.calibration?.points ?? []).map(({ image }) => image);
  const item = find(scene, { kind, id });
  if (!item) return [];
  return kind === 'line' ? [item.from, item.to] : [...item.polygon, ...(item.direction ?? [])];
}

/** The line, zone or mask of a key. */
export const find = (scene, { kind, id }) => (scene[FIELDS[kind]] ?? []).find((item) => item.id === id);

/** How many points of a zone are its corners; the others are its direction's. */
export const cornersOf = (item) => item.polygon.length;

const withItem = (scene, { kind, id }, change) => ({
  ...scene,
  [FIELDS[kind]]: scene[FIELDS[kind]].map((item) => (item.id === id ? change(item) : item)),
});

const replaced = (list, at, value) => list.map((one, index) => (index === at ? value : one));

/** @returns {Scene} with one point of a shape at another place */
export function movePoint(scene, key, at, [x, y]) {
  const point = [within(x), within(y)];
  if (key.kind === 'calibration') {
    const points = scene.calibration.points;
    return { ...scene, calibration: { points: replaced(points, at, { ...points[at], image: point }) } };
  }
  return withItem(scene, key, (item) => {
    if (key.kind === 'line') return { ...item, [at === 0 ? 'from' : 'to']: point };
    const corners = cornersOf(item);
    return at < corners
      ? { ...item, polygon: replaced(item.polygon, at, point) }
      : { ...item, direction: replaced(item.direction, at - corners, point) };
  });
}

/** @returns {Scene} with a whole shape moved, as far as it stays within the picture */
export function moveShape(scene, key, dx, dy) {
  const points = pointsOf(scene, key);
  const room = (axis, by) =>
    by < 0
      ? Math.max(by, -Math.min(...points.map((point) => point[axis])))
      : Math.min(by, 1 - Math.max(...points.map((point) => point[axis])));
  const [x, y] = [room(0, dx), room(1, dy)];
  return points.reduce((moved, point, at) => movePoint(moved, key, at, [point[0] + x, point[1] + y]), scene);
}

/** @returns {Scene} with a corner between a zone's corner and the next one */
export const addCorner = (scene, key, at, point) =>
  withItem(scene, key, (item) => ({ ...item, polygon: item.polygon.toSpliced(at + 1, 0, point) }));

/** @returns {Scene} without a point; a zone keeps three corners, a line its two ends */
export function removePoint(scene, key, at) {
  if (key.kind === 'calibration') {
    const points = scene.calibration.points.toSpliced(at, 1);
    return { ...scene, calibration: points.length ? { points } : undefined };
  }
  const item = find(scene, key);
  if (key.kind === 'line' || at >= cornersOf(item) || cornersOf(item) <= 3) return scene;
  return withItem(scene, key, (zone) => ({ ...zone, polygon: zone.polygon.toSpliced(at, 1) }));
}

/** @returns {Scene} without a shape */
export function removeShape(scene, key) {
  if (key.kind === 'calibration') return { ...scene, calibration: undefined };
  const field = FIELDS[key.kind];
  return { ...scene, [field]: scene[field].filter((item) => item.id !== key.id) };
}

/** @returns {Scene} with changed keys of a line, zone or mask; a key that is undefined goes */
export const changeShape = (scene, key, changes) => withItem(scene, key, (item) => clean({ ...item, ...changes }));

const clean = (item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

/** @returns {Scene} with another line, zone or mask */
export const addShape = (scene, kind, item) => ({ ...scene, [FIELDS[kind]]: [...scene[FIELDS[kind]], item] });

/** @returns {Scene} with another point of the ground, whose metres are to be given */
export const addMark = (scene, image, metres = [0, 0]) => ({
  ...scene,
  calibration: { points: [...(scene.calibration?.points ?? []), { image, metres }] },
});

/** An id that no other has: 'zone-2'. @param {{id: string}[]} items */
export function freeId(items, stem) {
  const ids = new Set(items.map(({ id }) => id));
  if (!ids.has(stem)) return stem;
  let number = 2;
  while (ids.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/** The ids of the rules that name a line or zone; none names a mask. */
export const rulesOf = (rules, { kind, id }) =>
  (kind === 'mask' ? [] : rules)
    .filter((rule) => Object.entries(rule).some(([key, value]) => key !== 'id' && key !== 'type' && [value].flat().includes(id)))
    .map((rule) => rule.id);

/** @returns {State} in which a line, zone or mask has another id, in the rules as well */
export function rename({ scene, rules }, key, id) {
  const drawn = withItem(scene, key, (item) => ({ ...item, id }));
  if (key.kind === 'mask') return { scene: drawn, rules };
  const named = (value) =>
    Array.isArray(value) ? value.map(named) : value === key.id ? id : value;
  return {
    scene: drawn,
    rules: rules.map((rule) =>
      Object.fromEntries(
        Object.entries(rule).map(([name, value]) => [name, name === 'id' || name === 'type' ? value : named(value)]),
      ),
    ),
  };
}
