/** The form of one account: its name, agency and grants, its password, and its end. */

import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { t } from './words/people.js';
import { zoned } from './i18n.js';
import { changedField, toField } from './sitetime.js';
import './scope.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { addAccount, removeAccount, replaceAccount, setPassword } from './server.js';
import { problemWords } from './problems.js';

class AccountForm extends LitElement {
  static properties = {
    account: { attribute: false },
    own: { attribute: false },
    roles: { attribute: false },
    places: { attribute: false },
    grants: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  #version;
  #conflict = false;

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has('account')) return;
    const before = changed.get('account');
    // The list is read anew after every change; what is being written must not be lost by it.
    if (before && before.id === this.account.id && this.#version === this.account.version) return;
    this.#version = this.account.version;
    this.grants = this.account.grants.map((grant) => ({ ...grant, on: grant.on ?? { all: true } }));
    this.error = this.#conflict ? t('accountConflict') : undefined;
    this.#conflict = false;
  }

  get #isNew() {
    return !this.account.id;
  }

  get #typedAs() {
    return `account.${this.account.id ?? ''}`;
  }

  async #run(work) {
    this.busy = true;
    this.error = undefined;
    try {
      this.dispatchEvent(new CustomEvent('changed', { bubbles: true, detail: await work() }));
    } catch (error) {
      this.error = this.#words(error);
      if (error.status === 409 && !this.#isNew) {
        // The account is shown as it is now, with what was entered over it.
        this.#conflict = true;
        const detail = { kind: 'account', id: this.account.id };
        this.dispatchEvent(new CustomEvent('changed', { bubbles: true, detail }));
      }
    }
    this.busy = false;
  }

  #words(error) {
    if (error.status === 409) return t(this.#isNew ? 'nameTaken' : 'accountConflict');
    if (error.field === 'password') return t('passwordRefused')(error.message);
    if (error.field === 'grants') return t('lastAdministrator');
    return problemWords(error);
  }

  #save(event) {
    event.preventDefault();
    const { name, display, agency, enabled, password } = event.target.elements;
    const body = { 'display-name': display.value.trim(), grants: this.grants.map(written) };
    if (agency.value.trim()) body.agency = agency.value.trim();
    return this.#run(async () => {
      if (this.#isNew) {
        const { id } = await addAccount({ ...body, name: name.value.trim(), password: password.value });
        forget(this.#typedAs);
        return { kind: 'account', id, words: t('accountAdded') };
      }
      const { id, version } = this.account;
      await replaceAccount(id, { ...body, enabled: enabled.checked, version });
      forget(this.#typedAs);
      return { kind: 'account', id, words: t('accountSaved') };
    });
  }

  #setPassword(event) {
    event.preventDefault();
    const { wanted } = event.target.elements;
    return this.#run(async () => {
      await setPassword(this.account.id, wanted.value);
      event.target.reset();
      return { kind: 'account', id: this.account.id, words: t('passwordSet') };
    });
  }

  #remove() {
    if (!confirm(t('removeAccountQuestion')(this.account['display-name']))) return;
    this.#run(async () => {
      await removeAccount(this.account.id);
      forget(this.#typedAs);
      return { kind: 'account', words: t('accountRemoved') };
    });
  }

  /** The grants, of which a field is no more than a part. */
  #beside = { get: () => this.grants, set: (grants) => (this.grants = grants) };

  #grant(index, change) {
    this.grants = this.grants.with(index, { ...this.grants[index], ...change });
  }

  render() {
    // Another account, or another version of it, has other fields: none keeps what was entered.
    return keyed(`${this.account.id}-${this.account.version}`, this.#form());
  }

  #form() {
    const { account } = this;
    return html`
      <h1 tabindex="-1">${this.#isNew ? t('addAccount') : account['display-name']}</h1>
      <p class="warning" role="alert">${this.error ?? ''}</p>
      ${this.own ? html`<p class="muted">${t('ownAccountHint')}</p>` : nothing}
      <form class="fields person" ${typed(this.#typedAs, this.#beside)} @submit=${(event) => this.#save(event)}>
        <div class="row-of">
          <label>
            ${t('userName')}
            <input class="in"
              name="name"
              required
              maxlength="100"
              autocomplete="off"
              spellcheck="false"
              ?readonly=${!this.#isNew}
              .value=${account.name}
            />
          </label>
          <label>
            ${t('displayName')}
            <input class="in" name="display" required maxlength="200" autocomplete="off" .value=${account['display-name']} />
          </label>
          <label>
            ${t('agency')}
            <input class="in" name="agency" maxlength="200" autocomplete="off" .value=${account.agency ?? ''} />
          </label>
        </div>
        ${this.#isNew
          ? html`<label>
                ${t('password')}
                <input class="in" name="password" type="password" required maxlength="200" autocomplete="new-password" />
              </label>
              <small class="muted">${t('passwordRule')}</small>`
          : html`<label class="tick">
              <input name="enabled" type="checkbox" .checked=${account.enabled} /> ${t('enabled')}
            </label>`}
        <h2>${t('grants')}</h2>
        ${this.grants.length ? nothing : html`<p class="muted">${t('noGrants')}</p>`}
        ${this.grants.map((grant, index) => this.#grantFields(grant, index))}
        <div>
          <button type="button" class="btn add-grant" @click=${() => this.#addGrant()}>${t('addGrant')}</button>
        </div>
        <footer>
          <button class="btn primary verify" ?disabled=${this.busy}>${this.#isNew ? t('makeAccount') : t('save')}</button>
          ${this.#isNew
            ? nothing
            : html`<button type="button" class="btn danger reject remove" ?disabled=${this.busy} @click=${() => this.#remove()}>
                ${t('removeAccount')}
              </button>`}
        </footer>
      </form>
      ${this.#isNew ? nothing : this.#passwordForm()}
    `;
  }

  #addGrant() {
    this.grants = [...this.grants, { role: this.roles[0]?.name ?? 'operator', on: {} }];
    this.updateComplete.then(() => [...this.querySelectorAll('.grant select')].at(-1)?.focus());
  }

  #grantFields(grant, index) {
    const time = (key) => html`
      <label>
        ${zoned(t(`grant_${key}`))}
        <input class="in"
          name="${key}-${index}"
          type="datetime-local"
          .value=${toField(grant[key])}
          @change=${(event) => this.#grant(index, { [key]: changedField(event.target.value, grant[key]) })}
        />
      </label>
    `;
    return html`
      <fieldset class="grant">
        <legend>${t('grant')} ${index + 1}</legend>
        <div class="row-of">
          <label>
            ${t('role')}
            <select class="in" name="role-${index}" @change=${(event) => this.#grant(index, { role: event.target.value })}>
              ${this.roles.map(
                ({ name }) =>
                  html`<option value=${name} ?selected=${name === grant.role}>${t(`role_${name}`)}</option>`,
              )}
            </select>
          </label>
          ${time('from')} ${time('until')}
          <button
            type="button"
            class="btn danger reject"
            aria-label="${t('removeGrant')} ${index + 1}"
            @click=${() => (this.grants = this.grants.toSpliced(index, 1))}
          >
            ${t('removeGrant')}
          </button>
        </div>
        <kydai-scope
          .value=${grant.on}
          .places=${this.places}
          @change=${(event) => event.detail && this.#grant(index, { on: event.detail })}
        ></kydai-scope>
      </fieldset>
    `;
  }

  #passwordForm() {
    return html`
      <h2>${t('setPassword')}</h2>
      <form class="fields secret" @submit=${(event) => this.#setPassword(event)}>
        <label>
          ${t('passwordNew')}
          <input class="in" name="wanted" type="password" required maxlength="200" autocomplete="new-password" />
        </label>
        <small class="muted">${t('passwordRule')} ${t('setPasswordHint')}</small>
        <div><button class="btn" ?disabled=${this.busy}>${t('setPassword')}</button></div>
      </form>
    `;
  }
}

/** A grant as the contract has it: without what is empty. */
function written({ role, on, from, until }) {
  const names = Object.entries(on).filter(([, value]) => value === true || value.length);
  return {
    role,
    on: Object.fromEntries(names),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
  };
}

customElements.define('kydai-account-form', AccountForm);
