/** Which priorities sound, how, and how loud; for the own account in this browser. */

import { LitElement, html } from 'lit';
import { status } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { COLOURS, PRIORITIES } from '../alerts/priority.js';
import { MODES, sounds } from '../alerts/preferences.js';
import { bell } from '../alerts/sound.js';
import { t } from '../words/settings.js';

class SoundsPage extends LitElement {
  #ended;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ended = new AbortController();
    for (const one of [bell, sounds]) {
      one.addEventListener('change', () => this.requestUpdate(), { signal: this.#ended.signal });
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ended.abort();
  }

  render() {
    return html`
      <section class="page sounds">
        <h1>${t('sounds')}</h1>
        <p class="muted">${t('soundsHint')}</p>
        <div class="card sound-card">
          <button type="button" class="switch on" role="switch" aria-checked=${bell.on} @click=${() => bell.toggle()}>${t('soundOn')}</button>
          <ul class="setting-rows">
            ${PRIORITIES.map((priority) => this.#priority(priority))}
          </ul>
          <label class="field volume">
            <span class="lab">${t('volume')}: ${sounds.volume} %</span>
            <input
              type="range"
              min="5"
              max="100"
              step="5"
              .value=${String(sounds.volume)}
              @change=${({ target }) => (sounds.change({ volume: Number(target.value) }), bell.try('normal'))}
            />
          </label>
        </div>
      </section>
    `;
  }

  #priority(priority) {
    const name = t(`priority_${priority}`);
    return html`
      <li class="line wrap" data-priority=${priority}>
        <span class="sound-of">${status(priority, COLOURS[priority], name)}</span>
        <select class="in auto" aria-label=${name} @change=${({ target }) => sounds.change({ [priority]: target.value })}>
          ${MODES.map((mode) => html`<option value=${mode} .selected=${mode === sounds.mode(priority)}>${t(`mode_${mode}`)}</option>`)}
        </select>
        <button type="button" class="btn small quiet listen" aria-label="${t('listen')}: ${name}" @click=${() => bell.try(priority)}>${t('listen')}</button>
      </li>
    `;
  }
}

customElements.define('kydai-sounds', SoundsPage);

export const mount = elementPage('kydai-sounds');
