/** The tokens of programs: which there are and when they were used, a new one, and their end. */

import { LitElement, html, nothing } from 'lit';
import { elementPage } from './frame/mounted.js';
import { dateTime, zoned } from './i18n.js';
import { t } from './words/tokens.js';
import { fromField } from './sitetime.js';
import { places, scopeWords } from './scope.js';
import { addToken, revokeToken, roles, tokens } from './server.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { problemWords } from './problems.js';

class TokensPage extends LitElement {
  static properties = {
    tokens: { state: true },
    permissions: { state: true },
    places: { state: true },
    on: { state: true },
    /** {token, secret} of the one that was made just now. */
    made: { state: true },
    copied: { state: true },
    error: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  #beside = { get: () => this.on, set: (on) => (this.on = on) };

  constructor() {
    super();
    this.tokens = [];
    this.permissions = [];
    this.on = { all: true };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#run(async () => {
      const [known, where] = await Promise.all([roles(), places()]);
      this.permissions = [...new Set(known.flatMap((role) => role.permissions))];
      this.places = where;
    });
  }

  /** Does something, then shows what is so now. */
  async #run(work) {
    this.busy = true;
    this.error = undefined;
    this.done = undefined;
    try {
      await work();
      this.tokens = await tokens();
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  async #make(event) {
    event.preventDefault();
    const form = event.target;
    const chosen = new FormData(form);
    const permissions = chosen.getAll('permission');
    if (!permissions.length) {
      this.error = t('permissionNeeded');
      return;
    }
    const names = Object.entries(this.on).filter(([, value]) => value === true || value.length);
    const expires = fromField(chosen.get('expires'));
    await this.#run(async () => {
      this.made = await addToken({
        name: chosen.get('name').trim(),
        permissions,
        on: Object.fromEntries(names),
        ...(expires ? { 'expires-at': expires } : {}),
      });
      this.copied = false;
      forget('token');
      form.reset();
      this.on = { all: true };
    });
    this.querySelector('.secret output')?.focus();
  }

  #revoke(token) {
    if (!confirm(t('revokeQuestion')(token.name))) return;
    this.#run(async () => {
      await revokeToken(token.id);
      if (this.made?.token.id === token.id) this.made = undefined;
      this.done = t('tokenRevoked');
    });
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.made.secret);
    } catch {
      // Browsers keep the clipboard for pages that came over TLS or from this machine.
      getSelection().selectAllChildren(this.querySelector('.secret output'));
      return;
    }
    this.copied = true;
  }

  render() {
    return html`
      <section class="page tokens">
        <h1>${t('tokens')}</h1>
        <p class="muted">${t('tokensHint')}</p>
        <p class="warning" role="alert">${this.error ?? ''}</p>
        <p class="good" role="status">${this.done ?? ''}</p>
        ${this.made ? this.#secret() : nothing} ${this.#table()} ${this.#form()}
      </section>
    `;
  }

  #secret() {
    return html`
      <div class="card secret">
        <h2>${this.made.token.name}</h2>
        <p>${t('secretOnce')}</p>
        <output class="snippet" tabindex="0" aria-label=${t('secret')}>${this.made.secret}</output>
        <p>
          <button class="btn primary copy verify" @click=${() => this.#copy()}>${t('copy')}</button>
          <button class="btn hide" @click=${() => (this.made = undefined)}>${t('secretKept')}</button>
          <span role="status" class="muted">${this.copied ? t('copied') : ''}</span>
        </p>
      </div>
    `;
  }

  #table() {
    if (!this.tokens.length) return html`<p class="muted">${t('noTokens')}</p>`;
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('tokens')}>
        <table class="t table cards">
          <thead>
            <tr>
              <th>${t('tokenName')}</th>
              <th>${t('permissions')}</th>
              <th>${t('appliesTo')}</th>
              <th>${t('madeBy')}</th>
              <th>${t('expires')}</th>
              <th>${t('lastUsed')}</th>
              <th><span class="vh">${t('revoke')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${this.tokens.map(
              (token) => html`
                <tr data-token=${token.name}>
                  <th scope="row">${token.name}</th>
                  <td data-label=${t('permissions')}>${token.permissions.map((one) => t(`permission_${one}`)).join(' · ')}</td>
                  <td data-label=${t('appliesTo')}>${scopeWords(token.on)}</td>
                  <td data-label=${t('madeBy')}>${token['created-by']}<br /><small>${dateTime(token['created-at'])}</small></td>
                  <td data-label=${t('expires')}>${token['expires-at'] ? dateTime(token['expires-at']) : t('never')}</td>
                  <td data-label=${t('lastUsed')}>${token['last-used-at'] ? dateTime(token['last-used-at']) : t('neverUsed')}</td>
                  <td>
                    <button
                      class="btn danger reject"
                      aria-label="${t('revoke')}: ${token.name}"
                      ?disabled=${this.busy}
                      @click=${() => this.#revoke(token)}
                    >
                      ${t('revoke')}
                    </button>
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #form() {
    return html`
      <h2>${t('makeToken')}</h2>
      <form class="fields" ${typed('token', this.#beside)} @submit=${(event) => this.#make(event)}>
        <div class="row-of">
          <label>${t('tokenName')} <input class="in" name="name" required maxlength="200" autocomplete="off" /></label>
          <label>${zoned(t('expires'))} <input class="in" name="expires" type="datetime-local" /></label>
        </div>
        <small class="muted">${t('expiresHint')}</small>
        <fieldset class="ticks">
          <legend>${t('permissions')}</legend>
          ${this.permissions.map(
            (one) => html`
              <label class="tick">
                <input type="checkbox" name="permission" value=${one} /> ${t(`permission_${one}`)}
              </label>
            `,
          )}
        </fieldset>
        <kydai-scope
          .value=${this.on}
          .places=${this.places}
          @change=${(event) => event.detail && (this.on = event.detail)}
        ></kydai-scope>
        <div><button class="btn primary verify" ?disabled=${this.busy}>${t('makeToken')}</button></div>
      </form>
    `;
  }
}

customElements.define('kydai-tokens', TokensPage);

export const mount = elementPage('kydai-tokens');
