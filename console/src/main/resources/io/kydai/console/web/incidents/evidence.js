/** The evidence of a report: the offender, the clip with its boxes, the moments before, at and after the alert. */

import { LitElement, html, nothing, svg } from 'lit';
import { draw } from '../overlay.js';
import { eachFrame } from '../frames.js';
import { icon } from '../frame/icons.js';
import { className, number, time, typeName, zoneName } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/incidents.js';
import { moments, observationsOf, offender, takenAt, tracksAt } from './boxes.js';

/** Longer after a report came in, no clip of it is being made any more. */
const CLIP_TAKES_MS = 3 * 60_000;
/** Where nothing says how long a picture of the clip lasts, in seconds. */
const USUAL_FRAME = 1 / 25;
const SPEEDS = [1, 0.5, 0.25, 2];

/** Whether a report has a clip, or why it has none. @returns {'there'|'made'|'none'|'failed'} */
export function clipState({ evidence, 'received-at': received, 'ended-at': ended }) {
  if (evidence.some((item) => item['media-type'] === 'video/mp4')) return 'there';
  // The observations come with the clip: alone they say that the camera had no picture for one.
  if (evidence.some(({ name }) => name === 'observations.json')) return 'none';
  const since = siteNow() - Date.parse(ended ?? received);
  return since < CLIP_TAKES_MS ? 'made' : 'failed';
}

/** '19:09:33,8': when a picture was taken, to a tenth of a second. */
const exact = (at) => `${time(at)}${number(Math.floor((at % 1000) / 100) / 10, 1).slice(1)}`;

/** What the camera's own signature says of the clip; nothing where it does not sign. */
function signature(seen) {
  const signed = seen?.clip?.signedVideo;
  if (!signed || signed.state === 'none') return nothing;
  const { fromSeconds: from, toSeconds: to } = signed.problems?.[0] ?? signed;
  const said = t(`signed_${signed.state}`)({ from: number(from ?? 0, 1), to: number(to ?? 0, 1) });
  const by = signed.signer ? t('signedBy')(signed.signer) : '';
  return html`<p class="note ${signed.state === 'valid' ? '' : 'amber'}" data-signed=${signed.state}>${said} ${by}</p>`;
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
    all: { state: true },
    still: { state: true },
  };

  #stop;
  /** Of the picture that is drawn, in seconds of the clip. */
  #at = 0;

  constructor() {
    super();
    this.speed = 1;
    this.loop = true;
    this.paused = false;
    this.all = false;
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
    this.still = undefined;
    const { report } = this;
    observationsOf(report).then(
      (seen) => report.id === this.report.id && (this.seen = seen),
      (error) => console.warn('the clip has no boxes', error),
    );
  }

  get #video() {
    return this.querySelector('.clip video');
  }

  updated() {
    this.#stop?.();
    const video = this.#video;
    if (!video) return;
    video.playbackRate = this.speed;
    this.#stop = eachFrame(video, (mediaTime) => this.#draw(video, mediaTime));
    this.#draw(video, video.currentTime);
  }

  #draw(video, seconds) {
    this.#at = seconds;
    const seek = this.querySelector('.seek');
    if (seek) seek.value = seconds;
    const place = this.querySelector('.at');
    if (place && video.duration) place.textContent = `${number(seconds, 1)} / ${number(video.duration, 1)} s`;
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.seen?.clip) return;
    this.querySelector('.clip .tr').textContent = `${exact(takenAt(this.seen, seconds))} ${zoneName(this.report['started-at'])}`;
    // The offender stays marked after the event has ended: the clip is of then.
    const alert = { rule: this.report.rule, tracks: this.seen.alert.tracks };
    canvas.dataset.boxes = draw(canvas, video, this.camera ?? {}, tracksAt(this.seen, seconds), { all: this.all, alert });
  }

  /** Stops or goes on. */
  toggle() {
    this.still = undefined;
    const video = this.#video;
    if (video) video[video.paused ? 'play' : 'pause']();
  }

  /** One frame back or on. */
  step(frames) {
    const { clip } = this.seen ?? {};
    const frame = clip?.pictures > 1 ? (clip.endMediaTime - clip.startMediaTime) / 90_000 / (clip.pictures - 1) : USUAL_FRAME;
    // Into the middle of the picture, since its edge may be the one before.
    this.#show(this.#at + (frames + 0.5) * frame);
  }

  /** Holds the clip at a time. */
  async #show(seconds) {
    this.still = undefined;
    await this.updateComplete;
    const video = this.#video;
    if (!video) return;
    video.pause();
    video.currentTime = Math.max(0, seconds);
  }

  /** The next speed. */
  faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
  }

  /** Boxes of all, or of the offender only. */
  toggleBoxes() {
    this.all = !this.all;
  }

  render() {
    const { report } = this;
    const image = report.evidence.find(({ name }) => name === 'snapshot.jpg') ?? report.evidence.find((item) => item['media-type'] === 'image/jpeg');
    const clip = report.evidence.find((item) => item['media-type'] === 'video/mp4');
    const hit = this.seen && offender(this.seen);
    const plays = clip && !this.broken;
    const stills = this.#stills(image);
    const still = report.evidence.find(({ name }) => name === this.still);
    return html`
      <div class="evid">
        ${hit && image ? this.#crop(hit, image) : nothing}
        <figure class="player">
          ${plays && !still ? this.#clip(clip, image) : this.#snapshot(still ?? image)}
          ${plays
            ? this.#controls()
            : html`<p class="note ${clip || clipState(report) === 'failed' ? 'amber' : ''}" data-clip=${clip ? 'broken' : clipState(report)}>
                ${t(`clip_${clip ? 'broken' : clipState(report)}`)}
              </p>`}
          ${clip ? signature(this.seen) : nothing}
        </figure>
      </div>
      ${plays && this.seen?.clip
        ? this.#moments(clip, stills)
        : stills.length > 1
          ? html`<ol class="strip moments" aria-label=${t('moments')}>${stills.map(([name, item]) => this.#still(name, item))}</ol>`
          : nothing}
    `;
  }

  get #name() {
    return `${typeName(this.report.type)}, ${this.camera?.name ?? this.report.camera}`;
  }

  #clip(clip, image) {
    return html`
      <span class="pic whole clip">
        <video
          src=${clip.href}
          aria-label=${t('clipOf')(this.#name)}
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
        <span class="cap tr"></span>
      </span>
    `;
  }

  #snapshot(image) {
    if (!image) return html`<p class="note">${t('noSnapshot')}</p>`;
    return html`<a class="pic whole snapshot" href=${image.href} target="_blank" rel="noopener"><img src=${image.href} alt=${t('snapshotOf')(this.#name)} /></a>`;
  }

  #crop({ box: [left, top, right, bottom], label, id, score, width, height }, image) {
    // A square around the box, with some ground around it.
    const size = Math.min(width, height, Math.max((right - left) * width, (bottom - top) * height) * 1.3);
    const x = Math.min(width - size, Math.max(0, ((left + right) * width - size) / 2));
    const y = Math.min(height - size, Math.max(0, ((top + bottom) * height - size) / 2));
    return html`
      <figure class="offender">
        <span class="pic sq">
          <svg viewBox="${x} ${y} ${size} ${size}" role="img" aria-label=${t('offender')}>
            ${svg`<image href=${image.href} width=${width} height=${height} preserveAspectRatio="none"></image>`}
          </svg>
          <span class="cap tl">${t('offender')}</span>
        </span>
        <figcaption class="muted">${className(label)} ${id} · ${number(Math.floor(score * 100))} %</figcaption>
      </figure>
    `;
  }

  /** The pictures that were taken with the boxes in them: of the alert, its peak and its end. */
  #stills(image) {
    const named = (name) => this.report.evidence.find((item) => item.name === name);
    return [['alert', image], ['peak', named('peak.jpg')], ['end', named('end.jpg')]].filter(([, item]) => item);
  }

  #still(name, item) {
    const shown = this.still === item.name;
    return html`<li>
      <button type="button" class="pic whole" data-moment=${name} aria-pressed=${shown} @click=${() => (this.still = shown ? undefined : item.name)}>
        <img src=${item.href} alt="" /><span class="cap">${t(`moment_${name}`)}</span>
      </button>
    </li>`;
  }

  #moments(clip, stills) {
    const { before, began, end } = moments(this.seen);
    // The last picture begins before the clip ends.
    const last = Math.max(0, end - 0.1);
    const of = (name, at) => html`<li>
      <button type="button" class="pic whole" data-moment=${name} @click=${() => this.#show(at)}>
        <video src="${clip.href}#t=${at.toFixed(2)}" preload="metadata" .muted=${true} playsinline tabindex="-1" aria-hidden="true"></video>
        <span class="cap">${t(`moment_${name}`)}<span class="when"> · ${exact(takenAt(this.seen, at))}</span></span>
      </button>
    </li>`;
    return html`<ol class="strip moments" aria-label=${t('moments')}>
      ${of('before', before)}
      ${stills.length ? stills.map(([name, item]) => this.#still(name, item)) : of('began', began)}
      ${of('after', last)}
    </ol>`;
  }

  #controls() {
    const { began, end } = this.seen?.clip ? moments(this.seen) : {};
    return html`
      <div class="ctl" role="group" aria-label=${t('clipControls')}>
        <button type="button" class="btn quiet icon small" aria-label=${this.paused ? t('play') : t('pause')} @click=${() => this.toggle()}>
          ${icon(this.paused ? 'next' : 'pause')}
        </button>
        <button type="button" class="btn quiet small" aria-label=${t('frameBack')} @click=${() => this.step(-1)}><kbd>,</kbd></button>
        <button type="button" class="btn quiet small" aria-label=${t('frameOn')} @click=${() => this.step(1)}><kbd>.</kbd></button>
        ${end
          ? html`<span class="line grow track">
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${svg`<rect x=${(100 * began) / end} width=${100 - (100 * began) / end} height="4"></rect>`}</svg>
              <input class="seek" type="range" min="0" max=${end} step="any" aria-label=${t('placeInClip')} @input=${({ target }) => this.#show(Number(target.value))} />
            </span>`
          : html`<span class="grow"></span>`}
        <span class="muted nowrap at"></span>
        <button type="button" class="btn quiet small" aria-pressed=${this.all} @click=${() => this.toggleBoxes()}>${t('allBoxes')}<kbd>b</kbd></button>
        <button type="button" class="btn quiet small" aria-label=${t('speed')(number(this.speed, 2))} @click=${() => this.faster()}>${number(this.speed, this.speed % 1 ? (this.speed % 0.5 ? 2 : 1) : 0)}×</button>
        <button type="button" class="btn quiet small" aria-pressed=${this.loop} @click=${() => (this.loop = !this.loop)}>${t('loop')}</button>
      </div>
    `;
  }
}

customElements.define('kydai-evidence', Evidence);
