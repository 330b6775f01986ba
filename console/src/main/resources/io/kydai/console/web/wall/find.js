/** Finds one of the cameras by its name: a field, and a list of those that fit. */

import { LitElement, html, nothing } from 'lit';
import { icon, status } from '../frame/icons.js';
import { t } from '../words/wall.js';

/** Without marks, so that 'truong tien' finds 'Trường Tiền'. */
const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();

class FindCamera extends LitElement {
  static properties = {
    cameras: { attribute: false },
    text: { state: true },
    open: { state: true },
    at: { state: true },
  };

  constructor() {
    super();
    this.cameras = [];
    this.text = '';
    this.at = 0;
  }

  createRenderRoot() {
    return this;
  }

  get #fitting() {
    const words = plain(this.text).split(/\s+/).filter(Boolean);
    return this.cameras.filter((camera) => {
      const known = plain(`${camera.name ?? ''} ${camera.id} ${camera.place?.address ?? ''}`);
      return words.every((word) => known.includes(word));
    });
  }

  #choose(id) {
    this.open = false;
    this.text = '';
    this.querySelector('input').blur();
    this.dispatchEvent(new CustomEvent('chosen', { detail: id }));
  }

  #onKey(event) {
    const list = this.#fitting;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.at = Math.min(list.length - 1, Math.max(0, this.at + step));
      this.updateComplete.then(() => this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && list[this.at]) {
      this.#choose(list[this.at].id);
    } else if (event.key === 'Escape') {
      this.open = false;
      event.target.blur();
    }
  }

  #leave(event) {
    if (!this.contains(event.relatedTarget)) this.open = false;
  }

  render() {
    const list = this.open ? this.#fitting : [];
    return html`
      <div class="search wallsearch" @focusout=${(event) => this.#leave(event)}>
        <label class="vh" for="find-camera">${t('findCamera')}</label>
        ${icon('search')}
        <input
          class="in"
          id="find-camera"
          type="search"
          role="combobox"
          aria-expanded=${Boolean(this.open)}
          aria-controls="found-cameras"
          aria-activedescendant=${this.open && list[this.at] ? `found-${list[this.at].id}` : nothing}
          autocomplete="off"
          placeholder=${t('findCamera')}
          .value=${this.text}
          @focus=${() => ((this.open = true), (this.at = 0))}
          @input=${(event) => ((this.text = event.target.value), (this.at = 0), (this.open = true))}
          @keydown=${(event) => this.#onKey(event)}
        />
        <kbd>/</kbd>
        <ul class="found scroll" id="found-cameras" role="listbox" aria-label=${t('findCamera')} ?hidden=${!this.open}>
          ${list.map((camera, at) => this.#row(camera, at))}
          ${this.open && !list.length ? html`<li class="empty" role="option" aria-disabled="true">${t('noneFound')}</li>` : nothing}
        </ul>
      </div>
    `;
  }

  #row(camera, at) {
    const live = camera.status.state === 'live';
    return html`
      <li
        role="option"
        id="found-${camera.id}"
        aria-selected=${at === this.at}
        @mousedown=${(event) => event.preventDefault()}
        @click=${() => this.#choose(camera.id)}
      >
        <span class="cut">${camera.name ?? camera.id}</span>
        ${live ? nothing : status('fault', 'amber', t('noPicture'))}
      </li>
    `;
  }
}

customElements.define('kydai-find-camera', FindCamera);
