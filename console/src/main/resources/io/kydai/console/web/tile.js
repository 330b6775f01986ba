/** One camera's picture: live video with what analytics sees drawn on the right frame. */

import { LitElement, html, nothing } from 'lit';
import { t } from './words/wall.js';
import { LivePlayer } from './live.js';
import { draw } from './overlay.js';
import { Stills } from './stills.js';

/** Whether boxes, zones and lines are shown, on all tiles alike. */
let annotated = localStorage.getItem('kydai.annotated') !== 'false';
const tiles = new Set();

/** Shows or hides what is drawn over the pictures. */
export function toggleAnnotations() {
  annotated = !annotated;
  localStorage.setItem('kydai.annotated', annotated);
  for (const tile of tiles) tile.redraw();
}

/** @param {string} codec as the live stream names it */
const codecName = (codec) => (codec === 'jpeg' ? 'MJPEG' : codec?.startsWith('hvc1') ? 'H.265' : codec);

class Tile extends LitElement {
  static properties = {
    camera: { attribute: false },
    number: { type: Number },
    labels: { type: Boolean },
    playState: { state: true },
    note: { state: true },
    objects: { state: true },
  };

  #player;
  #stills;
  #playing;
  #frame;
  #mediaTime = 0;

  constructor() {
    super();
    this.playState = 'connecting';
    this.objects = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    tiles.add(this);
    if (this.hasUpdated) this.#play();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    tiles.delete(this);
    this.#stop();
  }

  firstUpdated() {
    this.resizer = new ResizeObserver(() => this.redraw());
    this.resizer.observe(this);
  }

  updated() {
    if (this.#playing !== this.camera.id) this.#play();
  }

  #play() {
    this.#stop();
    const video = this.querySelector('video');
    this.#playing = this.camera.id;
    this.#player = new LivePlayer(this.camera.id, video);
    this.#player.addEventListener('state', ({ detail }) => this.#onState(detail));
    this.#player.addEventListener('observation', ({ detail }) => (this.objects = detail.tracks.length));
    const onFrame = (_, { mediaTime }) => {
      this.#mediaTime = mediaTime;
      this.redraw();
      this.#frame = video.requestVideoFrameCallback(onFrame);
    };
    this.#frame = video.requestVideoFrameCallback(onFrame);
  }

  /** Where the browser cannot play the camera's stream, stills take the place of the video. */
  #onState({ state, reason, codec }) {
    this.playState = state;
    this.note = reason === 'no-key-picture' ? t('noKeyPicture') : `${codecName(codec)}: ${t('stills')}`;
    if (state === 'unsupported') {
      this.#stills ??= new Stills(this.camera.id, this.querySelector('img.still'), () => annotated);
    } else {
      this.#endStills();
    }
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
  }

  /** Draws the overlay of the frame that is shown. */
  redraw() {
    const canvas = this.querySelector('canvas');
    const video = this.querySelector('video');
    if (!canvas || !this.#player) return;
    const { tracks, exact } = annotated
      ? this.#player.observationAt(this.#mediaTime)
      : { tracks: [], exact: false };
    const boxes = draw(canvas, video, annotated ? this.camera.scene : undefined, tracks, {
      labels: this.labels || canvas.clientWidth > 420,
    });
    canvas.dataset.boxes = boxes;
    canvas.dataset.exact = exact;
    canvas.dataset.latency = this.#player.latency.toFixed(2);
  }

  render() {
    const { status, name, id } = this.camera;
    const trouble =
      status.state !== 'live'
        ? t(status.state)
        : ['playing', 'connecting', 'unsupported'].includes(this.playState)
          ? undefined
          : t(this.playState);
    return html`
      <div class="screen">
        <video muted playsinline disablepictureinpicture></video>
        <canvas></canvas>
        <img class="still" alt=${t('unsupported')} ?hidden=${this.playState !== 'unsupported'} />
        ${this.playState === 'unsupported'
          ? html`<div class="note">${this.note}</div>`
          : nothing}
        ${trouble
          ? html`<div class="trouble">
              <strong>${trouble}</strong>
              ${status.state !== 'live' && status['last-error']
                ? html`<span>${status['last-error']}</span>`
                : nothing}
            </div>`
          : nothing}
        <div class="label">
          <i class="dot ${status.state}"></i>
          ${this.number ? html`<kbd>${this.number}</kbd>` : nothing}
          <span class="name">${name ?? id}</span>
          <span class="figures">${this.objects ? `${this.objects} ◻` : ''}</span>
        </div>
      </div>
    `;
  }
}

customElements.define('kydai-tile', Tile);
