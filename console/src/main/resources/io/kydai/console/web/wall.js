/** The live wall: every camera in a grid; one can be enlarged. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { CameraList } from './cameralist.js';
import { t } from './words/wall.js';
import { may } from './server.js';
import { toggleAnnotations } from './tile.js';

class Wall extends LitElement {
  static properties = {
    enlarged: { state: true },
    focused: { state: true },
  };

  #cameras = new CameraList(this);
  #abort;

  constructor() {
    super();
    this.focused = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    addEventListener('keydown', (event) => this.#onKey(event), { signal: this.#abort.signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  updated() {
    // Not as an attribute: the page's content security policy allows no inline style.
    const columns = this.enlarged ? 1 : this.#columns;
    this.querySelector('.wall')?.style.setProperty('--columns', columns);
  }

  get #columns() {
    return Math.ceil(Math.sqrt(this.#cameras.list.length)) || 1;
  }

  render() {
    const { list, loaded, error } = this.#cameras;
    if (error) return html`<p class="empty">${error}</p>`;
    if (loaded && !list.length) {
      return html`<p class="empty">${t(may('configure-cameras') ? 'noCameras' : 'noCamerasForYou')}</p>`;
    }
    const enlarged = list.some(({ id }) => id === this.enlarged) ? this.enlarged : undefined;
    return html`
      <section
        class="wall ${enlarged ? 'one' : ''}"
        aria-label=${t('wall')}
      >
        ${repeat(
          enlarged ? list.filter(({ id }) => id === enlarged) : list,
          ({ id }) => id,
          (camera, index) => html`
            <div
              class="cell ${!enlarged && index === this.focused ? 'focused' : ''}"
              @click=${() => this.#enlarge(enlarged ? undefined : camera.id)}
            >
              <kydai-tile
                .camera=${camera}
                .number=${enlarged || index > 8 ? 0 : index + 1}
                ?labels=${Boolean(enlarged)}
                data-camera=${camera.id}
              ></kydai-tile>
              <a
                class="more"
                href="#/cameras/${camera.id}"
                @click=${(event) => event.stopPropagation()}
                title=${t('camera')}
                >⋯</a
              >
            </div>
          `,
        )}
      </section>
      ${enlarged ? html`<p class="hint"><kbd>Esc</kbd> ${t('back')}</p>` : nothing}
    `;
  }

  #enlarge(id) {
    this.enlarged = id;
  }

  #onKey(event) {
    if (event.target.closest?.('input, textarea, select, dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { list } = this.#cameras;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.#columns, ArrowDown: this.#columns }[event.key];
    if (step && !this.enlarged) {
      this.focused = Math.min(list.length - 1, Math.max(0, this.focused + step));
      event.preventDefault();
    } else if (step && this.enlarged) {
      const at = list.findIndex(({ id }) => id === this.enlarged);
      this.focused = (at + Math.sign(step) + list.length) % list.length;
      this.#enlarge(list[this.focused].id);
    } else if (event.key === 'Enter' && event.target === document.body) {
      this.#enlarge(this.enlarged ? undefined : list[this.focused]?.id);
    } else if (event.key === 'Escape') {
      this.#enlarge(undefined);
    } else if (/^[1-9]$/.test(event.key) && list[event.key - 1]) {
      this.focused = event.key - 1;
      this.#enlarge(list[this.focused].id);
    } else if (event.key === 'b') {
      toggleAnnotations();
    }
  }
}

customElements.define('kydai-wall', Wall);

