/** The evidence of a report: the offender, the clip with its boxes, the snapshot. */

import { LitElement, html, nothing, svg } from 'lit';
import { draw } from '../overlay.js';
import { icon } from '../frame/icons.js';
import { number, typeName } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/incidents.js';
import { observationsOf, offender, tracksAt } from './boxes.js';

/** Longer after a report came in, no clip of it is being made any more. */
const CLIP_TAKES_MS = 3 * 60_000;
const FRAME = 1 / 25;
const SPEEDS = [1, 0.5, 0.25, 2];

/** Whether a report has a clip, or why it has none. @returns {'there'|'made'|'none'|'failed'} */
export function clipState({ evidence, 'received-at': received, 'ended-at': ended }) {
  if (evidence.some((item) => item['media-type'] === 'video/mp4')) return 'there';
  // The observations come with the clip: alone they say that the camera had no picture for one.
  if (evidence.some(({ name }) => name === 'observations.json')) return 'none';
  const since = siteNow() - Date.parse(ended ?? received);
  return since < CLIP_TAKES_MS ? 'made' : 'failed';
}

class Evidence extends LitElement {
  static properties = {
    report: { attribute: false },
    camera: { attribute: false },
    seen: { state: true },
    speed: { state: true },
    loop: { state: true },
    broken: { state: true },
    paused: { state: true },
  };

  #stop;

  constructor() {
    super();
    this.speed = 1;
    this.loop = true;
    this.paused = false;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
  }

  willUpdate(changed) {
    const before = changed.get('report');
    if (!changed.has('report') || (before?.id === this.report.id && before.evidence.length === this.report.evidence.length)) return;
    this.seen = undefined;
    this.broken = false;
    const { report } = this;
    observationsOf(report).then(
      (seen) => report.id === this.report.id && (this.seen = seen),
      (error) => console.warn('the clip has no boxes', error),
    );
  }

  get #video() {
    return this.querySelector('video');
  }

  updated() {
    this.#stop?.();
    const video = this.#video;
    if (!video) return;
    video.playbackRate = this.speed;
    let handle;
    const onFrame = (_, { mediaTime }) => {
      this.#draw(video, mediaTime);
      handle = video.requestVideoFrameCallback(onFrame);
    };
    handle = video.requestVideoFrameCallback(onFrame);
    this.#stop = () => video.cancelVideoFrameCallback(handle);
    this.#draw(video, video.currentTime);
  }

  #draw(video, seconds) {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.seen?.clip) return;
    // The offender stays marked after the event has ended: the clip is of then.
    const alert = { rule: this.report.rule, tracks: this.seen.alert.tracks };
    canvas.dataset.boxes = draw(canvas, video, this.camera ?? {}, tracksAt(this.seen, seconds), { all: false, alert });
  }

  /** Stops or goes on. */
  toggle() {
    const video = this.#video;
    if (video) video[video.paused ? 'play' : 'pause']();
  }

  /** One frame back or on. */
  step(frames) {
    const video = this.#video;
    if (!video) return;
    video.pause();
    video.currentTime = Math.max(0, video.currentTime + frames * FRAME);
  }

  /** The next speed. */
  faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
  }

  render() {
    const { report } = this;
    const image = report.evidence.find(({ name }) => name === 'snapshot.jpg') ?? report.evidence.find((item) => item['media-type'] === 'image/jpeg');
    const clip = report.evidence.find((item) => item['media-type'] === 'video/mp4');
    const hit = this.seen && offender(this.seen);
    const name = `${typeName(report.type)}, ${this.camera?.name ?? report.camera}`;
    return html`
      <div class="evid">
        ${hit && image ? this.#crop(hit, image) : nothing}
        <figure class="player">
          ${clip && !this.broken
            ? html`
                <span class="pic whole clip">
                  <video
                    src=${clip.href}
                    aria-label=${t('clipOf')(name)}
                    poster=${image?.href ?? ''}
                    .muted=${true}
                    .loop=${this.loop}
                    autoplay
                    playsinline
                    @error=${() => (this.broken = true)}
                    @play=${() => (this.paused = false)}
                    @pause=${() => (this.paused = true)}
                  ></video>
                  <canvas class="over" aria-hidden="true"></canvas>
                </span>
                ${this.#controls()}
              `
            : html`<p class="note ${clip || clipState(report) === 'failed' ? 'amber' : ''}" data-clip=${clip ? 'broken' : clipState(report)}>
                ${t(`clip_${clip ? 'broken' : clipState(report)}`)}
              </p>`}
        </figure>
      </div>
      ${image
        ? html`<a class="pic whole snapshot" href=${image.href} target="_blank" rel="noopener"><img src=${image.href} alt=${t('snapshotOf')(name)} /></a>`
        : html`<p class="note">${t('noSnapshot')}</p>`}
    `;
  }

  #crop({ box: [left, top, right, bottom], label, id, score, width, height }, image) {
    // A square around the box, with some ground around it.
    const size = Math.min(width, height, Math.max((right - left) * width, (bottom - top) * height) * 1.3);
    const x = Math.min(width - size, Math.max(0, ((left + right) * width - size) / 2));
    const y = Math.min(height - size, Math.max(0, ((top + bottom) * height - size) / 2));
    return html`
      <figure class="offender">
        <svg viewBox="${x} ${y} ${size} ${size}" role="img" aria-label=${t('offender')}>
          ${svg`<image href=${image.href} width=${width} height=${height} preserveAspectRatio="none"></image>`}
        </svg>
        <figcaption class="muted">${label} ${id} · ${number(Math.floor(score * 100))} %</figcaption>
      </figure>
    `;
  }

  #controls() {
    return html`
      <div class="ctl" role="group" aria-label=${t('clipControls')}>
        <button type="button" class="btn quiet icon small" aria-label=${this.paused ? t('play') : t('pause')} @click=${() => this.toggle()}>
          ${icon(this.paused ? 'next' : 'pause')}
        </button>
        <button type="button" class="btn quiet small" aria-label=${t('frameBack')} @click=${() => this.step(-1)}><kbd>,</kbd></button>
        <button type="button" class="btn quiet small" aria-label=${t('frameOn')} @click=${() => this.step(1)}><kbd>.</kbd></button>
        <span class="grow"></span>
        <button type="button" class="btn quiet small" aria-label=${t('speed')(number(this.speed, 2))} @click=${() => this.faster()}>${this.speed}×</button>
        <button type="button" class="btn quiet small" aria-pressed=${this.loop} @click=${() => (this.loop = !this.loop)}>${t('loop')}</button>
      </div>
    `;
  }
}

customElements.define('kydai-evidence', Evidence);
