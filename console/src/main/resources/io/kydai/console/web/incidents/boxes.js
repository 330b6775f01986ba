/** The observations of a clip, and those of one of its pictures. */

const TICKS_PER_SECOND = 90_000;
/** Half a picture at 25 per second: nearer, an observation is of the very frame. */
const SAME_FRAME = 0.02;
/** A box is held over frames that were not analysed for at most this long, in seconds. */
const MAX_HOLD = 0.6;
/** How long before an event its first picture is, in seconds. */
const BEFORE = 2;

/** @param {object} report the contract's Report @returns {Promise<object|undefined>} its observations.json */
export async function observationsOf({ evidence }) {
  const item = evidence.find(({ name }) => name === 'observations.json');
  if (!item) return undefined;
  const response = await fetch(item.href);
  return response.ok ? response.json() : undefined;
}

/** The tracks on the picture at a time of the clip, in seconds: of its frame, or of the last one before it. */
export function tracksAt({ clip, observations }, seconds) {
  const ticks = clip.startMediaTime + seconds * TICKS_PER_SECOND;
  const found = observations.findLast(({ mediaTime }) => mediaTime <= ticks + SAME_FRAME * TICKS_PER_SECOND);
  return found && ticks - found.mediaTime <= MAX_HOLD * TICKS_PER_SECOND ? found.tracks : [];
}

/** The track of the offender when the alert was raised, and the size of its picture in pixels. */
export function offender({ alert, observations }) {
  const near = [...(observations ?? [])].sort(
    (one, other) => Math.abs(one.mediaTime - alert.startMediaTime) - Math.abs(other.mediaTime - alert.startMediaTime),
  );
  for (const { tracks, width, height } of near) {
    const track = tracks.find(({ id }) => alert.tracks.includes(id));
    if (track) return { ...track, width, height };
  }
  return undefined;
}

/**
 * The moments of an event in its clip, in seconds: before it began, when it began, when the clip ends.
 * When it was worst is not recorded.
 */
export function moments({ alert, clip }) {
  const seconds = (ticks) => Math.max(0, ticks - clip.startMediaTime) / TICKS_PER_SECOND;
  const end = seconds(clip.endMediaTime);
  const began = Math.min(seconds(alert.startMediaTime), end);
  return { before: Math.max(0, began - BEFORE), began, end };
}

/** When a picture of a clip was taken. @param {number} at seconds of the clip @returns {number} ms since 1970 */
export const takenAt = ({ clip }, at) => Date.parse(clip.startedAt) + at * 1000;
