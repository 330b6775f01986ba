/**
 * Tells of each picture that a <video> shows.
 *
 * `requestVideoFrameCallback` does, with the picture's own time. Firefox has it from release 132 on, and a
 * browser may leave it out for a video that it does not draw; then the pictures that the browser counts
 * as shown are what tells of new ones, and playback's position is their time, which may be a picture off.
 */

/** How often the count is looked at, in milliseconds: in place of the callback, and behind it. */
const INSTEAD_MS = 40;
const BEHIND_MS = 500;
/** Without a callback for so long, in milliseconds, the count is believed. */
const SILENCE_MS = 1_000;

/** @param {HTMLVideoElement} video */
function shownBy(video) {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  return totalVideoFrames - droppedVideoFrames;
}

/**
 * Calls a function with the media time of each picture that is shown, in seconds.
 *
 * @param {HTMLVideoElement} video
 * @param {(mediaTime: number) => void} onFrame
 * @returns {() => void} ends it
 */
export function eachFrame(video, onFrame) {
  return 'requestVideoFrameCallback' in video ? eachCall(video, onFrame) : eachCount(video, onFrame);
}

function eachCall(video, onFrame) {
  /** Since when it plays without a callback, as performance.now(). */
  let silentSince;
  const called = (_, { mediaTime }) => {
    silentSince = undefined;
    handle = video.requestVideoFrameCallback(called);
    onFrame(mediaTime);
  };
  let handle = video.requestVideoFrameCallback(called);
  const endCount = eachCount(video, onFrame, BEHIND_MS, () => {
    if (video.paused || video.seeking) silentSince = undefined;
    else silentSince ??= performance.now();
    return performance.now() - silentSince > SILENCE_MS;
  });
  return () => {
    endCount();
    video.cancelVideoFrameCallback(handle);
  };
}

/** @param {() => boolean} believed whether the count tells of pictures, asked each time */
function eachCount(video, onFrame, everyMs = INSTEAD_MS, believed = () => true) {
  let counted = shownBy(video);
  const timer = setInterval(() => {
    const before = counted;
    counted = shownBy(video);
    // A count that fell is that of a new stream. Nobody sees the pictures of a hidden page.
    if (!document.hidden && believed() && counted > before) onFrame(video.currentTime);
  }, everyMs);
  return () => clearInterval(timer);
}
