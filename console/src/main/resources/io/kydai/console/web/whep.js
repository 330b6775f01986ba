/** A camera's live stream in a <video> by WebRTC: nothing is buffered, and nothing is known of the pictures' times. */

import { beginWhep, endWhep } from './server.js';

/** A stream that has brought no picture within this time, in milliseconds, does not come. */
const PATIENCE_MS = 8_000;

export class WhepPlayer {
  #video;
  #peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  #session;
  #timer;
  #closed = false;
  #onFailure;

  /**
   * @param {string} cameraId
   * @param {'main'|'sub'|undefined} rendition of a camera that has two streams
   * @param {HTMLVideoElement} video owned by the caller, muted
   * @param {(error?: Error) => void} onFailure is called once, where the stream does not come or ends
   */
  constructor(cameraId, rendition, video, onFailure) {
    this.#video = video;
    this.#onFailure = onFailure;
    this.#peer.addTransceiver('video', { direction: 'recvonly' });
    this.#peer.ontrack = ({ track, receiver }) => {
      // Pictures are shown as they come: a PTZ head is turned by them.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      video.srcObject = new MediaStream([track]);
      video.play().catch((error) => this.#fail(error));
    };
    this.#peer.onconnectionstatechange = () => {
      if (this.#peer.connectionState === 'failed') this.#fail();
    };
    this.#timer = setTimeout(() => this.#fail(), PATIENCE_MS);
    this.#begin(cameraId, rendition).catch((error) => this.#fail(error));
  }

  async #begin(cameraId, rendition) {
    await this.#peer.setLocalDescription();
    const { answer, session } = await beginWhep(cameraId, rendition, this.#peer.localDescription.sdp);
    this.#session = session;
    if (this.#closed) this.#end();
    else await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /** A picture was shown: the stream is there. */
  arrived() {
    clearTimeout(this.#timer);
  }

  #fail(error) {
    if (this.#closed) return;
    this.close();
    this.#onFailure(error);
  }

  /** Ends playing; the video element is left empty. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#peer.close();
    this.#video.srcObject = null;
    if (this.#session) this.#end();
  }

  #end() {
    const session = this.#session;
    this.#session = undefined;
    // A session that is over already is none: the server has noticed first.
    endWhep(session).catch((error) => error.status === 404 || console.warn('a live session did not end', error));
  }
}
