/**
 * How far behind the newest picture a live stream is played: as near as its pictures' unevenness allows, and,
 * where boxes are to be on the frame that they belong to, as long as analysis takes, up to a bound.
 *
 * It only calculates, on times that it is given, in seconds: `now` of a clock that is not set, `end` and
 * `mediaTime` of the stream. The difference of the two is smallest for what came quickest; what came later
 * than that says how uneven the way is.
 */

/** With pictures that wait for their boxes, or without. */
export const SYNCHRONISED = 'synchronised';
export const FAST = 'fast';

/** A picture waits no longer for its boxes, from when it could be shown on: 400 ms from the camera, less the way and the screen. */
const MAX_WAIT = 0.3;
/** Before anything is known. */
const FIRST_TARGET = 0.25;
const MAX_TARGET = 1.5;
/** For the browser's own steps. */
const MARGIN = 0.03;
/** Seconds that are remembered; the worst one of them does not count. */
const REMEMBERED = 10;
/** What is so much quicker than all before was preceded by a group of pictures sent at once. */
const QUICKER = 0.01;
const MAX_DELAYS = 50;
/** Of a hundred observations so many are there in time, where the bound allows it. */
const IN_TIME = 0.9;
/** So much too far behind, playing jumps; nearer, it is a little quicker, or slower. */
const JUMP = 0.75;
/** Jumps are not nearer to one another, so that a browser that cannot keep up shows something in between. */
const JUMP_PAUSE = 2;
/** What one does not see does not change the speed. */
const NEAR = 0.02;
const SLOWEST = 0.85;
const FASTEST = 1.25;
/** A quarter of a second is made good in two. */
const GAIN = 0.5;

export class LatencyControl {
  mode;
  /** Of each second: the quickest picture's way, and how long the slowest was waited for. */
  #seconds = [];
  /** What observations took: when they came, less the media time of their frames. */
  #delays = [];
  #end;
  #jumpedAt = -Infinity;

  /** @param {'synchronised'|'fast'} mode */
  constructor(mode) {
    this.mode = mode;
  }

  /** Forgets what it knows: the stream begins anew. */
  reset() {
    this.#seconds.length = 0;
    this.#delays.length = 0;
    this.#end = undefined;
    this.#jumpedAt = -Infinity;
  }

  /** Notes that pictures can now be shown up to `end`. */
  appended(now, end) {
    const before = this.#end;
    if (before !== undefined && end <= before && before - end < MAX_TARGET) return;
    this.#end = end;
    const way = now - end;
    if (before === undefined || way < this.#quickest - QUICKER) this.#seconds.length = 0;
    // Had playing come to the end before, it would have waited for this picture.
    const waited = before === undefined || end < before ? way : now - before;
    const second = Math.floor(now);
    let newest = this.#seconds.at(-1);
    if (newest?.second !== second) {
      newest = { second, way, waited: -Infinity };
      this.#seconds.push(newest);
      this.#seconds = this.#seconds.filter((one) => one.second > second - REMEMBERED);
    }
    newest.way = Math.min(newest.way, way);
    newest.waited = Math.max(newest.waited, waited);
  }

  /** Notes that the observation of a frame is here. */
  observed(now, mediaTime) {
    this.#delays.push(now - mediaTime);
    if (this.#delays.length > MAX_DELAYS) this.#delays.shift();
  }

  get #quickest() {
    return this.#seconds.reduce((least, { way }) => Math.min(least, way), Infinity);
  }

  /** How far behind the end of what can be shown to play, in seconds. */
  get target() {
    if (this.#seconds.length < 2) return FIRST_TARGET;
    const quickest = this.#quickest;
    const waits = this.#seconds.map(({ waited }) => waited - quickest).sort((a, b) => b - a);
    const even = Math.min(waits[1] + MARGIN, MAX_TARGET);
    if (this.mode !== SYNCHRONISED || !this.#delays.length) return even;
    const delays = this.#delays.map((delay) => delay - quickest).sort((a, b) => a - b);
    const boxes = delays[Math.min(delays.length - 1, Math.floor(delays.length * IN_TIME))] + MARGIN;
    return Math.max(even, Math.min(boxes, this.#step + MAX_WAIT));
  }

  /** What the newest picture is shown for, at least: the least that was ever waited for one. */
  get #step() {
    const quickest = this.#quickest;
    return Math.max(0, this.#seconds.reduce((least, { waited }) => Math.min(least, waited - quickest), Infinity));
  }

  /**
   * Where to go on.
   *
   * @param {number} now
   * @param {number} position that is shown
   * @param {number} start of what can be shown without a hole, up to `end`
   * @param {number} end
   * @returns {{jump?: number, rate: number}} the position to jump to, if it must, and the speed
   */
  follow(now, position, start, end) {
    const { target } = this;
    const off = end - position - target;
    if (position < start || (off > JUMP && now - this.#jumpedAt > JUMP_PAUSE)) {
      this.#jumpedAt = now;
      return { jump: Math.max(start, end - target), rate: 1 };
    }
    const rate = Math.abs(off) < NEAR ? 1 : 1 + off * GAIN;
    return { rate: Math.round(Math.min(FASTEST, Math.max(SLOWEST, rate)) * 50) / 50 };
  }
}
