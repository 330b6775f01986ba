/**
 * The picture with the lowest delay, over the usual one, which goes on beneath it: that brings the boxes, and
 * is there at once where WebRTC does not come.
 */

import { eachFrame } from '../frames.js';
import { WhepPlayer } from '../whep.js';

export class LowestDelay {
  /** When the newest frame was shown, as performance.now(); nothing before the first. */
  newestAt;
  #player;
  #endFrames;

  /**
   * @param {string} cameraId
   * @param {'main'|'sub'|undefined} rendition
   * @param {HTMLVideoElement} beneath the usual picture
   * @param {{onFrame: () => void, onFailure: (error?: Error) => void}} listener
   */
  constructor(cameraId, rendition, beneath, { onFrame, onFailure }) {
    this.rendition = rendition;
    this.video = document.createElement('video');
    Object.assign(this.video, { muted: true, playsInline: true, disablePictureInPicture: true, tabIndex: -1 });
    this.video.className = 'next';
    beneath.after(this.video);
    this.#endFrames = eachFrame(this.video, () => {
      this.newestAt = performance.now();
      this.video.className = 'fast';
      this.#player.arrived();
      onFrame();
    });
    this.#player = new WhepPlayer(cameraId, rendition, this.video, onFailure);
  }

  get playing() {
    return this.newestAt !== undefined;
  }

  close() {
    this.#endFrames();
    this.#player.close();
    this.video.remove();
  }
}
