/**
 * A camera's picture under the editor, whole: live, or the newest analysed one where the browser cannot
 * play it or while it is frozen. It always says how old it is.
 */

import { LitElement, html } from 'lit';
import { status } from '../frame/icons.js';
import { LivePlayer } from '../live.js';
import { t } from '../words/scene.js';

const LOOK_MS = 500;
/** After so many seconds without a new picture it is an old one. */
const OLD_AFTER = 3;

class Picture extends LitElement {
  static properties = { cameraId: { attribute: false }, frozen: { attribute: false }, heat: { attribute: false } };

  #player;
  #timer;
  #lastTime = 0;
  #lastChange = performance.now();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#player?.close();
    this.#player = undefined;
  }

  updated(changed) {
    if (changed.has('cameraId') || changed.has('frozen')) this.#play();
  }

  #play() {
    this.#player?.close();
    this.#player = undefined;
    if (this.frozen || !this.cameraId) return;
    this.#player = new LivePlayer(this.cameraId, this.querySelector('video'));
  }

  /** The age of the picture in seconds; nothing while it is frozen. */
  get age() {
    if (this.frozen) return undefined;
    return (performance.now() - this.#lastChange) / 1000;
  }

  /** Whether the video has shown anything yet. */
  get playing() {
    return this.#lastTime > 0;
  }

  #look() {
    const video = this.querySelector('video');
    if (video && video.currentTime !== this.#lastTime) {
      this.#lastTime = video.currentTime;
      this.#lastChange = performance.now();
    }
    const old = this.age > OLD_AFTER;
    this.classList.toggle('stale', old && !this.frozen);
    this.dispatchEvent(new CustomEvent('age', { detail: { old, playing: this.playing, age: this.age }, bubbles: true }));
  }

  render() {
    const still = `/api/v1/cameras/${this.cameraId}/snapshot.jpg`;
    return html`
      <img class="still" src=${still} alt="" @error=${(event) => (event.target.hidden = true)} />
      <video muted playsinline ?hidden=${this.frozen} aria-label=${t('wholePicture')}></video>
      ${this.heat ? html`<img class="heat" src="/api/v1/cameras/${this.cameraId}/heat-map.png?over=nothing" alt=${t('heatMap')} />` : ''}
    `;
  }
}

customElements.define('kydai-scene-picture', Picture);

/** The age of a picture as a state. @param {{old: boolean, playing: boolean, age?: number}|undefined} seen */
export const ageWords = (seen, seconds) =>
  seen?.old
    ? status('stale', 'stale', `${t('pictureOld')} ${seconds}`)
    : !seen?.playing
      ? status('stale', 'stale', t('pictureBegins'))
      : status('live', 'plain', `${t('liveNow')} · ${seconds}`);
