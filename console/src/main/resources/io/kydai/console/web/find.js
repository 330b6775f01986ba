/** Find cameras: what answers in the networks, its streams, and the lines for the configuration. */

import { LitElement, html, nothing } from 'lit';
import { elementPage } from './frame/mounted.js';
import { number } from './i18n.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { t } from './words/find.js';
import { askCamera, discovery } from './server.js';
import { snippet } from './snippet.js';

const OFF_SECONDS = 5;

/** A device says of itself what it likes; one odd address must not empty the page. */
function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

class Find extends LitElement {
  static properties = {
    found: { state: true },
    looking: { state: true },
    error: { state: true },
    address: { state: true },
    asking: { state: true },
    offer: { state: true },
    refusal: { state: true },
    stream: { state: true },
    copied: { state: true },
  };

  #user = '';
  #fingerprint = '';

  constructor() {
    super();
    this.found = [];
    this.address = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  async #look() {
    this.looking = true;
    this.error = undefined;
    try {
      this.found = await discovery();
    } catch (error) {
      this.error = error.message;
    }
    this.looking = false;
  }

  async #ask(event) {
    event.preventDefault();
    const { address, user, password, fingerprint } = event.target.elements;
    const question = { address: address.value.trim() };
    if (fingerprint) question.fingerprint = fingerprint.value.trim();
    if (user.value) Object.assign(question, { user: user.value, password: password.value });
    this.asking = true;
    this.refusal = undefined;
    this.offer = undefined;
    this.copied = false;
    try {
      const offer = await askCamera(question);
      forget('find-camera');
      if (question.address !== this.address.trim()) return;
      this.offer = offer;
      this.#user = question.user ?? '';
      this.#fingerprint = question.fingerprint ?? '';
      const withUrl = offer.streams.filter(({ url }) => url);
      this.stream = (withUrl.find(({ role }) => role === 'main') ?? withUrl[0])?.profile;
    } catch (error) {
      this.refusal = error.message;
    } finally {
      this.asking = false;
    }
  }

  #choose(address) {
    this.address = address;
    this.offer = undefined;
    this.refusal = undefined;
    this.querySelector('input[name=user]').focus();
  }

  async #copy() {
    const text = this.querySelector('.snippet').textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers keep the clipboard for pages that came over TLS or from this machine.
      getSelection().selectAllChildren(this.querySelector('.snippet'));
      return;
    }
    this.copied = true;
  }

  render() {
    return html`
      <section class="queue find">
        <div class="list">
          <div class="filters">
            <h2>${t('found')}</h2>
            <span class="grow"></span>
            <button class="btn" ?disabled=${this.looking} @click=${() => this.#look()}>
              ${this.looking ? t('looking') : t('lookAgain')}
            </button>
          </div>
          <div class="rows" aria-busy=${Boolean(this.looking)}>
            ${this.error ? html`<p class="empty warning" role="alert">${this.error}</p>` : nothing}
            ${this.found.map((device) => this.#row(device))}
            ${this.looking || this.found.length || this.error
              ? nothing
              : html`<p class="empty">${t('nothingFound')}</p>`}
          </div>
        </div>
        <div class="report">
          <h1>${t('findCameras')}</h1>
          <form class="ask" ${typed('find-camera')} @submit=${(event) => this.#ask(event)}>
            <label>
              ${t('onvifAddress')}
              <input class="in"
                name="address"
                required
                maxlength="2000"
                placeholder="10.0.0.5"
                autocomplete="off"
                spellcheck="false"
                .value=${this.address}
                @input=${(event) => (this.address = event.target.value)}
              />
            </label>
            <label>${t('user')} <input class="in" name="user" maxlength="200" autocomplete="off" /></label>
            <label>
              ${t('password')}
              <input class="in" name="password" type="password" maxlength="200" autocomplete="new-password" />
            </label>
            ${this.address.trim().startsWith('https://')
              ? html`<label>${t('fingerprint')} <input class="in" name="fingerprint" maxlength="100" autocomplete="off" /></label>`
              : nothing}
            <button class="btn primary verify" ?disabled=${this.asking}>
              ${this.asking ? t('asking') : t('showStreams')}
            </button>
          </form>
          ${this.refusal ? html`<p class="warning refusal" role="alert">${this.refusal}</p>` : nothing}
          ${this.offer ? this.#offer() : nothing}
        </div>
      </section>
    `;
  }

  #row(device) {
    const { address, name, hardware, location, cameras } = device;
    return html`
      <button
        class="row device"
        aria-pressed=${address === this.address}
        @click=${() => this.#choose(address)}
      >
        <span class="what">
          <b>${name || hardware || t('camera')}</b>
          <span class="state">${cameras.length ? cameras.join(', ') : t('notConfigured')}</span>
          <span class="why">${[hardware, location, hostOf(address)].filter(Boolean).join(' · ')}</span>
        </span>
      </button>
    `;
  }

  #offer() {
    const { maker, model, firmware, ptz, snapshot, streams } = this.offer;
    const offset = this.offer['clock-offset-seconds'];
    return html`
      <dl class="facts">
        <dt>${t('camera')}</dt>
        <dd><b>${maker} ${model}</b> <small>${firmware}</small></dd>
        <dt>${t('clockOffset')}</dt>
        <dd class=${Math.abs(offset) >= OFF_SECONDS ? 'warning' : ''}>
          ${Math.abs(offset) >= OFF_SECONDS ? `${number(offset)} s` : t('clockRight')}
        </dd>
        <dt>${t('movable')}</dt>
        <dd>${ptz ? t('yes') : t('no')}</dd>
        <dt>${t('stillPictures')}</dt>
        <dd>${snapshot ? t('yes') : t('no')}</dd>
      </dl>
      <h2>${t('streams')}</h2>
      ${streams.length ? nothing : html`<p class="empty">${t('noStreams')}</p>`}
      <div class="streams" role="radiogroup" aria-label=${t('streams')}>
        ${streams.map((stream) => this.#stream(stream))}
      </div>
      ${this.#lines()}
    `;
  }

  #stream({ profile, name, role, encoding, width, height, fps, url }) {
    return html`
      <label class="stream">
        <input
          type="radio"
          name="stream"
          .checked=${profile === this.stream}
          ?disabled=${!url}
          @change=${() => ((this.stream = profile), (this.copied = false))}
        />
        <b>${name || profile}</b>
        <span class="role ${role}">${role === 'other' ? '' : t(`role-${role}`)}</span>
        <span class="muted">
          ${encoding} ${width ? `${width} × ${height}` : ''} ${fps ? `${number(fps)} fps` : ''}
        </span>
        <small>${url ?? t('noAddress')}</small>
      </label>
    `;
  }

  #lines() {
    const stream = this.offer.streams.find(({ profile }) => profile === this.stream);
    if (!stream) return nothing;
    return html`
      <h2>${t('forConfiguration')}</h2>
      <pre class="snippet" tabindex="0">${snippet(this.offer, stream, this.#user, this.#fingerprint)}</pre>
      <p>
        <button class="btn copy" @click=${() => this.#copy()}>${t('copy')}</button>
        <span role="status" class="muted">${this.copied ? t('copied') : ''}</span>
      </p>
      <p class="muted">${t('passwordHint')}</p>
    `;
  }
}

customElements.define('kydai-find', Find);

export const mount = elementPage('kydai-find');
