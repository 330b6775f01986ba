/** What was recorded of a camera in the time that a page knows of, and why the rest was not. */

/** How far the index may be behind the newest picture, in milliseconds: it is told every ten seconds. */
const INDEX_LAG = 15_000;

/** @typedef {{from: number, to: number, reason?: string, thinned?: boolean, stream?: string}} Span times in milliseconds since 1970 */

/** The reasons that somebody has set, which are no fault. */
const PLANNED = new Set(['not-scheduled', 'no-alert']);

/** Whether a gap is so because somebody set it. @param {string} reason of the contract */
export const isPlanned = (reason) => PLANNED.has(reason);

export class Coverage {
  /** @type {Span[]} */
  spans = [];
  /** @type {Span[]} */
  gaps = [];

  /** Takes the contract's RecordingList. @param {number} now the server's time */
  set({ spans, gaps }, now) {
    const times = (one) => ({ ...one, from: Date.parse(one.from), to: Date.parse(one.to) });
    this.spans = spans.map(times);
    this.gaps = gaps.map(times);
    const last = this.spans.at(-1);
    // It is being recorded: what the index does not know yet can be played all the same.
    this.live = Boolean(last) && now - last.to < INDEX_LAG;
    this.edge = last?.to;
  }

  /** The span at a moment. @param {number} now the server's time */
  at(moment, now) {
    const found = this.spans.find(({ from, to }) => from <= moment && moment < to);
    if (found) return found === this.spans.at(-1) ? this.#grown(found, now) : found;
    const last = this.spans.at(-1);
    return last && this.live && moment >= last.from && moment < now ? this.#grown(last, now) : undefined;
  }

  #grown(span, now) {
    return this.live ? { ...span, to: Math.max(span.to, now) } : span;
  }

  /** The beginning of the first span after a moment; undefined where there is none. */
  next(moment) {
    return this.spans.find(({ from }) => from > moment)?.from;
  }

  /** Why nothing was recorded at a moment: a reason of the contract, or 'none' where nobody knows one. */
  reason(moment) {
    return this.gaps.find(({ from, to }) => from <= moment && moment < to)?.reason ?? 'none';
  }
}
