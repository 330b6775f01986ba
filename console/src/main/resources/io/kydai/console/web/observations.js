/** What was observed on a live stream's frames, and what of it belongs on the frame that is shown. */

export const TICKS_PER_SECOND = 90_000;
const MAX_OBSERVATIONS = 300;
/** A track's box is held, or moved on, over frames that were not analysed for at most this long, in ticks. */
const MAX_HOLD = 0.6 * TICKS_PER_SECOND;
/** Observations so near to one another, in ticks, do not tell how fast something moves; so far apart no more. */
const LEAST_STEP = 0.03 * TICKS_PER_SECOND;
const MAX_STEP = 1.5 * TICKS_PER_SECOND;
/** Times so near, in ticks, are of one frame. */
const SAME = TICKS_PER_SECOND / 500;

const NOTHING = { tracks: [], exact: false };

export class Observations {
  #all = [];

  /** The newest one, if there is one. */
  get newest() {
    return this.#all.at(-1);
  }

  /** @param {{mediaTime: number, tracks: object[]}} observation in the order of its frames */
  add(observation) {
    // A camera's observations come in order, but a restarted node counts media time anew.
    if (this.newest && observation.mediaTime <= this.newest.mediaTime) this.clear();
    this.#all.push(observation);
    if (this.#all.length > MAX_OBSERVATIONS) this.#all.shift();
  }

  clear() {
    this.#all.length = 0;
  }

  /**
   * What is on a frame: its own observation; one between the observations before and after it; or the one
   * before, each track moved on as it moved last, where none after it is here yet.
   *
   * @param {number} ticks media time of the frame
   * @returns {{tracks: object[], exact: boolean}}
   */
  at(ticks) {
    let at = this.#all.length - 1;
    while (at >= 0 && this.#all[at].mediaTime > ticks + SAME) at--;
    const before = this.#all[at];
    if (!before) return NOTHING;
    if (Math.abs(before.mediaTime - ticks) <= SAME) return { tracks: before.tracks, exact: true };
    if (ticks - before.mediaTime > MAX_HOLD) return NOTHING;
    const after = this.#all[at + 1];
    if (after) return { tracks: between(before, after, ticks).filter(Boolean), exact: false };
    return { tracks: movedOn(this.#all, before, ticks), exact: false };
  }
}

const byId = ({ tracks }) => new Map(tracks.map((track) => [track.id, track]));

/** A track's boxes on a straight line through two observations; undefined where only the first has the track. */
function between(one, other, ticks) {
  const share = (ticks - one.mediaTime) / (other.mediaTime - one.mediaTime);
  const there = byId(other);
  return one.tracks.map((track) => {
    const end = there.get(track.id);
    return end && { ...track, box: track.box.map((v, i) => v + share * (end.box[i] - v)) };
  });
}

/** The newest observation's boxes at a later time. Each keeps its size, and stays where it came to at the picture's edge. */
function movedOn(all, newest, ticks) {
  const earlier = all.findLast(
    ({ mediaTime }) => newest.mediaTime - mediaTime >= LEAST_STEP && newest.mediaTime - mediaTime <= MAX_STEP,
  );
  if (!earlier) return newest.tracks;
  const share = (ticks - newest.mediaTime) / (newest.mediaTime - earlier.mediaTime);
  const was = byId(earlier);
  return newest.tracks.map((track) => {
    const from = was.get(track.id);
    if (!from) return track;
    const [left, top, right, bottom] = track.box;
    const step = (a, b) => ((track.box[a] + track.box[b] - from.box[a] - from.box[b]) / 2) * share;
    const dx = Math.max(-left, Math.min(1 - right, step(0, 2)));
    const dy = Math.max(-top, Math.min(1 - bottom, step(1, 3)));
    return { ...track, box: [left + dx, top + dy, right + dx, bottom + dy] };
  });
}
