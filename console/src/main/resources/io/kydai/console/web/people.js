/** People and rights: the accounts with their grants, and the areas on which rights are granted. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { status } from './frame/icons.js';
import { elementPage } from './frame/mounted.js';
import './accountform.js';
import './areaform.js';
import { t } from './words/people.js';
import { places } from './scope.js';
import { accounts, areas, roles, session } from './server.js';
import { problemWords } from './problems.js';

const NEW_ACCOUNT = { name: '', 'display-name': '', enabled: true, grants: [] };
const NEW_AREA = { id: '', name: '', polygon: [] };

class PeoplePage extends LitElement {
  static properties = {
    accounts: { state: true },
    areas: { state: true },
    roles: { state: true },
    places: { state: true },
    own: { state: true },
    /** {kind: 'account'|'area', id}: that which is edited; one to be added has no id. */
    chosen: { state: true },
    error: { state: true },
    done: { state: true },
  };

  constructor() {
    super();
    this.accounts = [];
    this.areas = [];
    this.roles = [];
    session.then(({ account }) => (this.own = account?.id));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    try {
      [this.accounts, this.areas, this.roles, this.places] = await Promise.all([
        accounts(),
        areas(),
        roles(),
        places(),
      ]);
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #choose(kind, id) {
    this.chosen = { kind, id };
    this.done = undefined;
    await this.updateComplete;
    const form = this.querySelector(`kydai-${kind}-form`);
    await form?.updateComplete;
    form?.querySelector('h1').focus();
  }

  /** After a change: shows what is so now, and says that it was done. */
  async #changed({ kind, id, words }) {
    await this.#load();
    this.chosen = id ? { kind, id } : undefined;
    this.done = words;
  }

  render() {
    return html`
      <section class="queue people">
        <div class="list">
          <div class="filters">
            <h2>${t('accounts')}</h2>
            <span class="grow"></span>
            <button class="btn add-account" @click=${() => this.#choose('account')}>${t('addAccount')}</button>
          </div>
          <div class="rows">
            ${repeat(this.accounts, ({ id }) => id, (account) => this.#accountRow(account))}
            <div class="filters">
              <h2>${t('areas')}</h2>
              <span class="grow"></span>
              <button class="btn add-area" @click=${() => this.#choose('area')}>${t('addArea')}</button>
            </div>
            ${this.areas.length ? nothing : html`<p class="empty">${t('no_areas')}</p>`}
            ${repeat(this.areas, ({ id }) => id, (area) => this.#areaRow(area))}
          </div>
        </div>
        <div class="report" @changed=${(event) => this.#changed(event.detail)}>
          ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
          <p class="good" role="status">${this.done ?? ''}</p>
          ${this.#editor()}
        </div>
      </section>
    `;
  }

  #accountRow(account) {
    const held = account.grants.map(({ role }) => t(`role_${role}`));
    return html`
      <button
        class="row device"
        data-account=${account.name}
        aria-pressed=${this.chosen?.id === account.id}
        @click=${() => this.#choose('account', account.id)}
      >
        <span class="what">
          <b>${account['display-name']}</b>
          <span class="state ${account.enabled ? '' : 'rejected'}">${account.enabled ? '' : t('disabled')}</span>
          <span class="why">${[account.name, account.agency, ...new Set(held)].filter(Boolean).join(' · ')}</span>
        </span>
      </button>
    `;
  }

  #areaRow(area) {
    return html`
      <button
        class="row device"
        data-area=${area.id}
        aria-pressed=${this.chosen?.kind === 'area' && this.chosen.id === area.id}
        @click=${() => this.#choose('area', area.id)}
      >
        <span class="what">
          <b>${area.name}</b>
          <span class="state">${t('corners')(area.polygon.length)}</span>
          <span class="why">${area.id}</span>
        </span>
      </button>
    `;
  }

  #editor() {
    const { kind, id } = this.chosen ?? {};
    if (kind === 'account') {
      const account = id ? this.accounts.find((one) => one.id === id) : NEW_ACCOUNT;
      return account
        ? html`<kydai-account-form
            .account=${account}
            .own=${account.id === this.own}
            .roles=${this.roles}
            .places=${this.places}
          ></kydai-account-form>`
        : html`<p class="warning" role="alert">${t('isGone')}</p>`;
    }
    if (kind === 'area') {
      const area = id ? this.areas.find((one) => one.id === id) : NEW_AREA;
      return area
        ? html`<kydai-area-form .area=${area} .taken=${this.areas.map((one) => one.id)}></kydai-area-form>`
        : html`<p class="warning" role="alert">${t('isGone')}</p>`;
    }
    return html`<h1>${t('people')}</h1>
      <p class="muted">${t('peopleHint')}</p>
      ${this.#roleTable()}`;
  }

  #roleTable() {
    const permissions = [...new Set(this.roles.flatMap((role) => role.permissions))];
    return html`
      <h2>${t('rolesTable')}</h2>
      <div class="wide" tabindex="0" role="group" aria-label=${t('rolesTable')}>
        <table class="t table rights">
          <thead>
            <tr>
              <th>${t('permission')}</th>
              ${this.roles.map(({ name }) => html`<th>${t(`role_${name}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${permissions.map(
              (permission) => html`
                <tr>
                  <th scope="row">${t(`permission_${permission}`)}</th>
                  ${this.roles.map((role) =>
                    role.permissions.includes(permission)
                      ? html`<td>${status('done', 'teal', t('yes'))}</td>`
                      : html`<td class="muted">${t('no')}</td>`,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

customElements.define('kydai-people', PeoplePage);

export const mount = elementPage('kydai-people');
