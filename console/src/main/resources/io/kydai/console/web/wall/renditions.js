/** Which of a camera's two streams a tile shows: the small one in small tiles, the large one where it is enlarged. */

import { eachFrame } from '../frames.js';
import { heartbeat } from '../frame/heartbeat.js';
import { LivePlayer } from '../live.js';

/** A sub-stream of unknown size is taken to be so wide, in pixels. */
const USUAL_SUB_WIDTH = 640;
/** A picture may be shown so many times larger than it is before the main stream is worth its cost. */
const LARGER = 1.25;
/** What is shown stays until the tile is so much smaller, that a window being resized does not go to and fro. */
const STAYS = 0.85;

/**
 * @param {object} camera of the contract
 * @param {number} pixels the width of the picture on the screen, in device pixels
 * @param {string} [shown] what the tile shows now
 * @returns {'main'|'sub'|undefined} nothing where the camera has one stream only
 */
export function renditionFor(camera, pixels, shown) {
  if (!camera['second-url']) return undefined;
  const subWidth = analysedOf(camera) === 'sub' ? camera.status.width : undefined;
  const limit = (subWidth ?? USUAL_SUB_WIDTH) * LARGER;
  return pixels > (shown === 'main' ? limit * STAYS : limit) ? 'main' : 'sub';
}

/** The other one of a camera's two streams. @param {'main'|'sub'} name */
export const otherOf = (name) => (name === 'main' ? 'sub' : 'main');

/** The one of a camera's streams that is analysed, and is always received. */
export const analysedOf = (camera) => {
  if (!camera['second-url']) return undefined;
  return (camera['second-role'] ?? 'main') === 'main' ? 'sub' : 'main';
};

/** Frames may be expected from here on: a page that was hidden, or whose server was lost, begins anew. */
let expectedSince = performance.now();
const expectAnew = () => (expectedSince = performance.now());
document.addEventListener('visibilitychange', expectAnew);
heartbeat.addEventListener('change', expectAnew);

/** One stream of a camera, played into a video of its own. */
export class Rendition {
  mediaTime = 0;
  /** When the newest frame was shown, as performance.now(); nothing before the first. */
  newestAt;
  begunAt = performance.now();
  #video;
  #endFrames;

  /**
   * @param {string} cameraId
   * @param {'main'|'sub'|undefined} name
   * @param {HTMLVideoElement} video left empty at the end
   * @param {{onFrame: (rendition: Rendition) => void, onState: (rendition: Rendition, state: object) => void,
   *   elsewhere: (rendition: Rendition) => boolean}} listener `elsewhere` as {@link LivePlayer} has it
   */
  constructor(cameraId, name, video, { onFrame, onState, elsewhere }) {
    this.name = name;
    this.#video = video;
    this.player = new LivePlayer(cameraId, video, name, () => elsewhere(this));
    this.player.addEventListener('state', ({ detail }) => onState(this, detail));
    this.#endFrames = eachFrame(video, (mediaTime) => {
      this.mediaTime = mediaTime;
      this.newestAt = performance.now();
      onFrame(this);
    });
  }

  get video() {
    return this.#video;
  }

  /** For how many seconds a frame was expected and none came. */
  get silence() {
    if (document.hidden || heartbeat.lost) return 0;
    return (performance.now() - Math.max(this.newestAt ?? this.begunAt, expectedSince)) / 1000;
  }

  close() {
    this.#endFrames();
    this.player.close();
  }
}
