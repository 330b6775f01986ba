/** The control of a camera that can be moved: it moves while a button is held down. */

import { LitElement, html, nothing } from 'lit';
import { problemWords } from '../problems.js';
import { moveCamera, presets } from '../server.js';
import { t } from '../words/cameras.js';

const SPEED = 0.5;
/** The camera stops by itself after two seconds: while the button is held, it is told again. */
const AGAIN_MS = 1_000;
const WAYS = [
  ['pan_left', { pan: -SPEED, tilt: 0, zoom: 0 }, '←'],
  ['pan_right', { pan: SPEED, tilt: 0, zoom: 0 }, '→'],
  ['tilt_up', { pan: 0, tilt: SPEED, zoom: 0 }, '↑'],
  ['tilt_down', { pan: 0, tilt: -SPEED, zoom: 0 }, '↓'],
  ['zoom_in', { pan: 0, tilt: 0, zoom: SPEED }, '+'],
  ['zoom_out', { pan: 0, tilt: 0, zoom: -SPEED }, '−'],
];

class Ptz extends LitElement {
  static properties = { cameraId: { attribute: false }, presets: { state: true }, error: { state: true } };

  #timer;

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  willUpdate(changed) {
    if (changed.has('cameraId')) this.#load();
  }

  async #load() {
    try {
      this.presets = await presets(this.cameraId);
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #send(movement) {
    try {
      await moveCamera(this.cameraId, movement);
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #begin(move) {
    this.#stop();
    this.#send({ move });
    this.#timer = setInterval(() => this.#send({ move }), AGAIN_MS);
  }

  #stop() {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#send({ stop: true });
  }

  render() {
    const held = (event) => event.key === 'Enter' || event.key === ' ';
    return html`
      <section class="stack-2" aria-labelledby="ptz-title">
        <h2 id="ptz-title">${t('moveCamera')}</h2>
        <div class="line wrap ptz">
          ${WAYS.map(
            ([word, move, shown]) => html`
              <button
                type="button"
                class="btn icon"
                aria-label=${t(word)}
                title=${t(word)}
                @pointerdown=${() => this.#begin(move)}
                @pointerup=${() => this.#stop()}
                @pointerleave=${() => this.#stop()}
                @keydown=${(event) => held(event) && !event.repeat && this.#begin(move)}
                @keyup=${(event) => held(event) && this.#stop()}
                @blur=${() => this.#stop()}
              >
                ${shown}
              </button>
            `,
          )}
        </div>
        ${this.presets?.length
          ? html`<div class="line wrap" role="group" aria-label=${t('presets')}>
              ${this.presets.map(({ preset, name }) => html`<button type="button" class="btn small" @click=${() => this.#send({ preset })}>${name || preset}</button>`)}
            </div>`
          : nothing}
        ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
      </section>
    `;
  }
}

customElements.define('kydai-ptz', Ptz);
