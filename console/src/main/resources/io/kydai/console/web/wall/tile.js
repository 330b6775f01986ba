/**
 * One camera's picture: live video, with what analytics sees drawn on the right frame. It says how old
 * the picture is; one without a new frame for 3 s is grey, says so, and has no boxes over it.
 */

import { LitElement, html, nothing } from 'lit';
import { Stills } from '../stills.js';
import { t } from '../words/tile.js';
import { showsAll, watchBoxes } from './boxes.js';
import { isFast, watchFast } from './fast.js';
import { LowestDelay } from './lowestdelay.js';
import { flag, plate, say } from './tileparts.js';
import { draw } from '../overlay.js';
import { Rendition, analysedOf, otherOf, renditionFor } from './renditions.js';
import { stateOf } from './tilestate.js';
import { eachTick } from './ticker.js';

/** How long a stream that is not analysed may be silent before the other is shown, in seconds. */
const PATIENCE = 6;
/** How long it is left alone then, in milliseconds; and a stream that the browser cannot play. */
const LEFT_ALONE_MS = 30_000;
const UNPLAYABLE_MS = 300_000;
/** How long WebRTC is left alone where it does not come, in milliseconds. */
const FAST_PAUSE_MS = 60_000;
/** Without a frame for so long, in milliseconds, the picture with the lowest delay is taken away. */
const FAST_SILENCE_MS = 2_000;
/** Two streams are compared within this time, in milliseconds, or it is said that they cannot be. */
const SOON_MS = 4_000;

/** @param {string} codec as the live stream names it */
const codecName = (codec) => (codec === 'jpeg' ? 'MJPEG' : codec?.startsWith('hvc1') ? 'H.265' : codec?.startsWith('avc1') ? 'H.264' : codec);

class Tile extends LitElement {
  static properties = {
    camera: { attribute: false },
    /** The most urgent open alert of the camera, or nothing. */
    alert: { attribute: false },
    number: { type: Number },
    /** Whether the whole picture is shown, with labels at its boxes. */
    labels: { type: Boolean },
    note: { state: true },
    /** Of the camera's two streams: why one is not shown, or why it has no boxes. */
    remark: { state: true },
    view: { state: true },
  };

  /** @type {Rendition|undefined} */
  #shown;
  /** The other stream of the camera, which takes the place of the one shown with its first frame. */
  #next;
  /**
   * Streams of the camera that are left alone: until when, as performance.now(), and whether for their codec.
   *
   * @type {Map<string, {until: number, codec: boolean}>}
   */
  #leftAlone = new Map();
  #hiddenSince;
  /** The picture with the lowest delay, where somebody wants it of an enlarged tile. */
  #fast;
  /** Until when, as performance.now(), it is left alone. */
  #fastPause = 0;
  #stills;
  #stillAt;
  #playing;
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
    this.resizer = new ResizeObserver(() => {
      this.#choose();
      this.redraw();
    });
    this.resizer.observe(this);
    this.#endings = [eachTick(() => this.#tick()), watchBoxes(() => this.redraw()), watchFast(() => ((this.#fastPause = 0), this.#tick()))];
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
    this.#playing = this.camera.id;
    this.#begunAt = performance.now();
    this.#shown = this.#rendition(this.#wanted, this.querySelector('video'));
  }

  #rendition(name, video) {
    return new Rendition(this.camera.id, name, video, {
      onFrame: (rendition) => (rendition === this.#next ? this.#swap() : this.redraw()),
      onState: (rendition, state) => {
        if (state.state === 'unsupported' && this.#isOther(rendition)) this.#leaveAlone(rendition.name, UNPLAYABLE_MS, true);
        else if (rendition === this.#shown) this.#onState(state);
      },
      elsewhere: (rendition) => this.#elsewhere(rendition),
    });
  }

  /** A main stream is often H.265, which the browser may not play: the other stream is shown, if it can be. */
  #elsewhere({ name }) {
    if (name === undefined || this.#leaves(otherOf(name))) return false;
    this.#leaveAlone(name, UNPLAYABLE_MS, true);
    return true;
  }

  /** Whether it is the stream that is not analysed, in whose place the other can be shown. */
  #isOther(rendition) {
    return rendition?.name !== undefined && rendition.name !== analysedOf(this.camera);
  }

  /** Whether a stream is left alone now. */
  #leaves(name) {
    return performance.now() < (this.#leftAlone.get(name)?.until ?? 0);
  }

  /** Shows the other stream for a while, whatever the size of the tile. */
  #leaveAlone(name, milliseconds, codec) {
    this.#leftAlone.set(name, { until: performance.now() + milliseconds, codec });
    // Not from within the player's own event, which goes on to end it itself.
    queueMicrotask(() => this.#choose());
  }

  /** Which stream is right for the size of the tile; nothing where the camera has one. */
  get #wanted() {
    const { camera } = this;
    const wide = Math.max(this.clientWidth, (this.clientHeight * 16) / 9) * (devicePixelRatio || 1);
    const right = renditionFor(camera, wide, this.#shown?.name);
    if (right === undefined || !this.#leaves(right)) return right;
    return this.#leaves(otherOf(right)) ? analysedOf(camera) : otherOf(right);
  }

  /** Begins the stream that the tile's size asks for, behind the one that is shown. */
  #choose() {
    if (!this.#seen || !this.#shown || this.#playing !== this.camera.id) return;
    if (this.camera.status.state === 'live') {
      const silent = [this.#shown, this.#next].find((one) => this.#isOther(one) && one.silence > PATIENCE);
      if (silent && !this.#leaves(silent.name)) this.#leaveAlone(silent.name, LEFT_ALONE_MS, false);
    }
    const wanted = this.#wanted;
    if (wanted === this.#shown.name) {
      this.#endNext();
    } else if (wanted !== this.#next?.name || !this.#next) {
      this.#endNext();
      const video = document.createElement('video');
      Object.assign(video, { muted: true, playsInline: true, disablePictureInPicture: true, tabIndex: -1 });
      video.className = 'next';
      this.#shown.video.after(video);
      this.#next = this.#rendition(wanted, video);
    }
  }

  /** The stream that was waited for has a picture: it is shown, and the other ends. */
  #swap() {
    const before = this.#shown;
    this.#shown = this.#next;
    this.#next = undefined;
    this.#shown.video.className = '';
    before.close();
    before.video.remove();
    this.#onState({ state: 'playing' });
    this.redraw();
  }

  /** Begins and ends the picture with the lowest delay. */
  #hurry() {
    const now = performance.now();
    if (this.#fast?.playing && now - this.#fast.newestAt > FAST_SILENCE_MS && !document.hidden) this.#giveUp();
    const wanted = this.labels && isFast() && this.#shown && this.playState !== 'unsupported' && now >= this.#fastPause;
    if (this.#fast && (!wanted || this.#fast.rendition !== this.#shown.name)) this.#endFast();
    if (wanted && !this.#fast) {
      this.#fast = new LowestDelay(this.camera.id, this.#shown.name, this.#shown.video, {
        onFrame: () => this.redraw(),
        onFailure: () => this.#giveUp(),
      });
    }
  }

  #giveUp() {
    this.#fastPause = performance.now() + FAST_PAUSE_MS;
    this.#endFast();
  }

  #endFast() {
    this.#fast?.close();
    this.#fast = undefined;
  }

  #endNext() {
    this.#next?.close();
    this.#next?.video.remove();
    this.#next = undefined;
  }

  /** Where the browser cannot play the camera's stream, stills take the place of the video. */
  #onState({ state, reason, codec }) {
    this.playState = state;
    if (state === 'unsupported') {
      const why = reason === 'transcodes-full' ? t('transcodesFull') : t('stills');
      this.note = reason === 'no-key-picture' ? t('noKeyPicture') : `${codecName(codec)}: ${why}`;
      this.#stills ??= new Stills(
        this.camera.id,
        this.querySelector('img.still'),
        () => showsAll(),
        () => (this.#stillAt = performance.now()),
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
    this.#stillAt = undefined;
  }

  #stop() {
    this.#endStills();
    this.#endFast();
    this.#endNext();
    this.#shown?.close();
    this.#shown = undefined;
    this.#playing = undefined;
  }

  get #newestAt() {
    return this.#stillAt ?? this.#shown?.newestAt;
  }

  /** The age of the picture that is shown, in seconds; nothing before the first. */
  get age() {
    if (this.#fast?.playing) return (performance.now() - this.#fast.newestAt) / 1000;
    if (this.#newestAt === undefined) return undefined;
    return (performance.now() - this.#newestAt) / 1000 + (this.#shown?.player.latency ?? 0);
  }

  /** Looks what is so now; draws anew only where it is another state. */
  #tick() {
    if (!this.camera || !this.#seen) return;
    this.#choose();
    this.#hurry();
    this.#say();
    const still = this.#newestAt === undefined ? undefined : (performance.now() - this.#newestAt) / 1000;
    const view = stateOf({
      status: this.camera.status,
      age: still === undefined ? undefined : Math.max(still, this.age - (this.#shown?.player.latency ?? 0)),
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

  /** Says why another stream is shown than the size asks for, and why there are no boxes. */
  #say() {
    const by = this.#shown?.player.alignedBy;
    if (by !== 'none') this.#hiddenSince = undefined;
    else this.#hiddenSince ??= performance.now();
    const hidden = this.#hiddenSince !== undefined && performance.now() - this.#hiddenSince > SOON_MS;
    const other = this.#shown?.name && otherOf(this.#shown.name);
    const missing = other && this.#leaves(other);
    const from = this.#shown?.player.transcodedFrom;
    const slow = this.labels && isFast() && performance.now() < this.#fastPause;
    this.remark = slow
      ? t('fastMissing')
      : missing
      ? t(this.#leftAlone.get(other).codec ? 'otherUnplayable' : 'secondMissing')(other)
      : hidden
        ? t('boxesHidden')
        : by === 'arrival' && this.labels && showsAll()
          ? t('boxesByArrival')
          : from && this.labels
            ? `${codecName(from)}: ${t('transcoded')}`
            : undefined;
  }

  /** Draws the overlay of the frame that is shown. */
  redraw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.#shown) return;
    const { player, mediaTime, name } = this.#shown;
    const live = this.view.kind === 'live';
    // Nothing says which frame WebRTC shows: the newest boxes are the nearest.
    const fast = this.#fast?.playing ?? false;
    const video = fast ? this.#fast.video : this.#shown.video;
    const newest = () => ({ tracks: player.newest?.tracks ?? [], exact: false });
    const found = live ? (fast ? newest() : player.observationAt(mediaTime)) : { tracks: [], exact: false };
    const boxes = draw(canvas, video, live ? this.camera : undefined, found.tracks, {
      all: showsAll(),
      alert: this.alert,
      labels: this.labels,
      whole: this.labels,
    });
    canvas.dataset.boxes = boxes;
    canvas.dataset.exact = found.exact;
    canvas.dataset.latency = player.latency.toFixed(2);
    canvas.dataset.fast = fast;
    canvas.dataset.rendition = name ?? '';
    canvas.dataset.aligned = player.alignedBy ?? '';
  }

  #note() {
    const words = this.note ?? this.remark;
    return words === undefined ? nothing : html`<span class="stillnote note">${words}</span>`;
  }

  render() {
    const { camera, view, alert } = this;
    return html`
      <div class="screen ${view.kind} ${this.labels ? 'whole' : ''}">
        <video muted playsinline disablepictureinpicture tabindex="-1"></video>
        <canvas></canvas>
        <img class="still" alt="" ?hidden=${this.note === undefined} />
        ${this.#note()}
        ${say(view)} ${alert ? flag(alert) : nothing} ${plate(camera, view, this.number)}
      </div>
    `;
  }
}

customElements.define('kydai-tile', Tile);
