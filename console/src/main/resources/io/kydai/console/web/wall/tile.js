/**
 * One camera's picture: live video, with what analytics sees drawn on the right frame. It says how old
 * the picture is; one without a new frame for 3 s is grey, says so, and has no boxes over it.
 */

import { LitElement, html, nothing } from 'lit';
import { Stills } from '../stills.js';
import { t } from '../words/tile.js';
import { showsAll, watchBoxes } from './boxes.js';
import { flag, plate, say } from './tileparts.js';
import { LivePlayer } from '../live.js';
import { draw } from '../overlay.js';
import { stateOf } from './tilestate.js';
import { eachTick } from './ticker.js';

/** @param {string} codec as the live stream names it */
const codecName = (codec) => (codec === 'jpeg' ? 'MJPEG' : codec?.startsWith('hvc1') ? 'H.265' : codec);

class Tile extends LitElement {
  static properties = {
    camera: { attribute: false },
    /** The most urgent open alert of the camera, or nothing. */
    alert: { attribute: false },
    number: { type: Number },
    /** Whether the whole picture is shown, with labels at its boxes. */
    labels: { type: Boolean },
    note: { state: true },
    view: { state: true },
  };

  #player;
  #stills;
  #playing;
  #frame;
  #mediaTime = 0;
  #newestAt;
  #begunAt = performance.now();
  #seen = false;
  #endings = [];
  #observer = new IntersectionObserver(([entry]) => this.#see(entry.isIntersecting));

  constructor() {
    super();
    this.view = { kind: 'waiting' };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#observer.observe(this);
    this.resizer = new ResizeObserver(() => this.redraw());
    this.resizer.observe(this);
    this.#endings = [eachTick(() => this.#tick()), watchBoxes(() => this.redraw())];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.resizer.disconnect();
    for (const end of this.#endings) end();
    this.#stop();
    this.#seen = false;
  }

  /** What nobody sees costs nothing: its stream ends, and begins anew when it is seen. */
  #see(seen) {
    this.#seen = seen;
    if (!seen) this.#stop();
    else if (this.hasUpdated) this.#play();
  }

  updated(changed) {
    if (this.#seen && this.#playing !== this.camera.id) this.#play();
    if (changed.has('alert') || changed.has('labels')) this.redraw();
    this.#tick();
  }

  #play() {
    this.#stop();
    const video = this.querySelector('video');
    this.#playing = this.camera.id;
    this.#begunAt = performance.now();
    this.#player = new LivePlayer(this.camera.id, video);
    this.#player.addEventListener('state', ({ detail }) => this.#onState(detail));
    const onFrame = (_, { mediaTime }) => {
      this.#mediaTime = mediaTime;
      this.#newestAt = performance.now();
      this.redraw();
      this.#frame = video.requestVideoFrameCallback(onFrame);
    };
    this.#frame = video.requestVideoFrameCallback(onFrame);
  }

  /** Where the browser cannot play the camera's stream, stills take the place of the video. */
  #onState({ state, reason, codec }) {
    this.playState = state;
    if (state === 'unsupported') {
      this.note = reason === 'no-key-picture' ? t('noKeyPicture') : `${codecName(codec)}: ${t('stills')}`;
      this.#stills ??= new Stills(
        this.camera.id,
        this.querySelector('img.still'),
        () => showsAll(),
        () => (this.#newestAt = performance.now()),
      );
    } else {
      this.note = undefined;
      this.#endStills();
    }
    this.#tick();
  }

  #endStills() {
    this.#stills?.close();
    this.#stills = undefined;
  }

  #stop() {
    this.#endStills();
    this.querySelector('video')?.cancelVideoFrameCallback(this.#frame);
    this.#player?.close();
    this.#player = undefined;
    this.#playing = undefined;
    this.#newestAt = undefined;
  }

  /** The age of the picture that is shown, in seconds; nothing before the first. */
  get age() {
    if (this.#newestAt === undefined) return undefined;
    return (performance.now() - this.#newestAt) / 1000 + (this.#player?.latency ?? 0);
  }

  /** Looks what is so now; draws anew only where it is another state. */
  #tick() {
    if (!this.camera || !this.#seen) return;
    const still = this.#newestAt === undefined ? undefined : (performance.now() - this.#newestAt) / 1000;
    const view = stateOf({
      status: this.camera.status,
      age: still === undefined ? undefined : Math.max(still, this.age - (this.#player?.latency ?? 0)),
      waited: (performance.now() - this.#begunAt) / 1000,
      playState: this.playState,
    });
    if (view.key !== this.view.key) {
      const was = this.view.kind;
      this.view = view;
      if (view.kind !== was) this.redraw();
    }
    const age = this.querySelector('.age');
    if (age) age.textContent = view.kind === 'live' ? t('seconds')(this.age) : '';
  }

  /** Draws the overlay of the frame that is shown. */
  redraw() {
    const canvas = this.querySelector('canvas');
    const video = this.querySelector('video');
    if (!canvas || !this.#player) return;
    const live = this.view.kind === 'live';
    const found = live ? this.#player.observationAt(this.#mediaTime) : { tracks: [], exact: false };
    const boxes = draw(canvas, video, live ? this.camera : undefined, found.tracks, {
      all: showsAll(),
      alert: this.alert,
      labels: this.labels,
      whole: this.labels,
    });
    canvas.dataset.boxes = boxes;
    canvas.dataset.exact = found.exact;
    canvas.dataset.latency = this.#player.latency.toFixed(2);
  }

  render() {
    const { camera, view, alert } = this;
    return html`
      <div class="screen ${view.kind} ${this.labels ? 'whole' : ''}">
        <video muted playsinline disablepictureinpicture tabindex="-1"></video>
        <canvas></canvas>
        <img class="still" alt="" ?hidden=${this.note === undefined} />
        ${this.note === undefined ? nothing : html`<span class="stillnote note">${this.note}</span>`}
        ${say(view)} ${alert ? flag(alert) : nothing} ${plate(camera, view, this.number)}
      </div>
    `;
  }
}

customElements.define('kydai-tile', Tile);
