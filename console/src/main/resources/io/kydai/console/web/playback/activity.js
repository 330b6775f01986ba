/** What moved in front of the cameras that are shown, in steps of the time line. */

import { activity } from '../server.js';
import { siteNow } from '../site.js';

/** How often what is still growing is asked for again, in milliseconds. */
const AGAIN = 10_000;
/** The lengths of a step, in seconds, and how many of the shortest that fits there are at most. */
const STEPS = [10, 60, 300, 900, 3600];
const MOST = 400;
/** The height of a strip, and how high one object is on it. */
export const HEIGHT = 10;
const ONE = 2.5;

/** One camera's steps. */
class Strip {
  /** @param {object} answer the contract's ActivityList */
  constructor({ step, steps }, from, to) {
    this.step = step * 1000;
    this.width = Math.max(1, Math.ceil((to - from) / this.step));
    this.from = from;
    this.at = new Map(steps.map((one) => [Date.parse(one.from), one.objects]));
    this.path = [...this.at].map(([at, objects]) => this.#bar(at, objects)).join('');
  }

  /** As a path: one object is seen, a hundred are no more than four times as high. */
  #bar(at, objects) {
    const sum = Object.values(objects).reduce((all, one) => all + one, 0);
    if (!sum) return '';
    const height = Math.min(HEIGHT, ONE + Math.log2(sum) * 1.3).toFixed(1);
    return `M${(at - this.from) / this.step} ${HEIGHT}v-${height}h1v${height}z`;
  }

  /** What moved at a moment, by class; undefined where the camera was not looked at. */
  objects(moment) {
    return this.at.get(Math.floor(moment / this.step) * this.step);
  }
}

export class Activity {
  #key;
  #asked = 0;
  #strips = new Map();

  /** @returns {Strip|undefined} of a camera, for the span that was asked for last */
  of(camera) {
    return this.#strips.get(camera);
  }

  /**
   * Asks for what is not known of a span, or was a while ago.
   *
   * @param {string[]} cameras
   * @param {{from: number, to: number}} shown
   * @returns {Promise<boolean>} whether there is something new
   */
  async load(cameras, shown) {
    const step = STEPS.find((one) => shown.to - shown.from <= one * 1000 * MOST) ?? STEPS.at(-1);
    const from = Math.floor(shown.from / (step * 1000)) * step * 1000;
    const key = [from, shown.to, ...cameras].join();
    const growing = shown.to > siteNow() - AGAIN;
    if (key === this.#key && !(growing && performance.now() - this.#asked > AGAIN)) return false;
    if (key !== this.#key) this.#strips = new Map();
    this.#key = key;
    this.#asked = performance.now();
    const answers = await Promise.allSettled(
      cameras.map((id) => activity(id, new Date(from).toISOString(), new Date(shown.to).toISOString(), step)),
    );
    if (key !== this.#key) return false;
    answers.forEach(({ value }, i) => value && this.#strips.set(cameras[i], new Strip(value, from, shown.to)));
    return true;
  }
}
