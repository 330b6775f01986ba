/** The own account: who one is and may do, second factors, password, and where one is signed in. */

import { LitElement, html, nothing } from 'lit';
import { elementPage } from './frame/mounted.js';
import { dateTime } from './i18n.js';
import { t } from './words/account.js';
import { makePasskey, passkeysWork } from './passkey.js';
import {
  addPasskey,
  beginPasskey,
  beginTotp,
  changePassword,
  confirmTotp,
  endSession,
  ownSessions,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  secondFactors,
  session,
  signOut,
} from './server.js';
import './ownmessages.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { problemWords } from './problems.js';

class AccountPage extends LitElement {
  static properties = {
    known: { state: true },
    factors: { state: true },
    sessions: { state: true },
    needed: { state: true },
    asking: { state: true },
    totp: { state: true },
    codes: { state: true },
    error: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.sessions = [];
    session.then((known) => {
      this.known = known;
      this.needed = known['second-factor'] === 'required';
    });
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#run(async () => {});
  }

  /** Does something, then shows what is so now. */
  async #run(work, wrongPassword = () => t('passwordNowWrong')) {
    this.busy = true;
    this.error = undefined;
    this.done = undefined;
    try {
      await work();
      [this.factors, this.sessions] = await Promise.all([secondFactors(), ownSessions()]);
    } catch (error) {
      // The browser's own refusals, such as of a person who closed its window, name themselves.
      this.error = error.name === 'NotAllowedError' ? t('passkeyNotUsed') : this.#words(error, wrongPassword);
    }
    this.busy = false;
  }

  #words(error, wrongPassword) {
    if (error.status === 401) return t('passwordNowWrong');
    return error.field === 'password' ? wrongPassword(error) : problemWords(error);
  }

  /** A change of factors takes the password again: the form asks, and goes on with it. */
  #ask(title, then, wantsName = false) {
    this.asking = { title, then, wantsName };
    this.totp = undefined;
    this.error = undefined;
    this.updateComplete.then(() => this.querySelector('#again')?.focus());
  }

  async #answer(event) {
    event.preventDefault();
    const { password, label } = event.target.elements;
    const { then } = this.asking;
    await this.#run(() => then(password.value, label?.value.trim()));
    if (this.error) return;
    forget('passkey');
    this.asking = undefined;
  }

  #show(answer) {
    const codes = answer['recovery-codes'];
    if (codes.length) this.codes = codes;
    // The session may do more now than when the page was loaded.
    if (this.needed && !codes.length) location.reload();
  }

  async #confirm(event) {
    event.preventDefault();
    const code = event.target.elements.code.value.replace(/\s/g, '');
    await this.#run(async () => {
      this.#show(await confirmTotp(code));
      this.totp = undefined;
    });
  }

  async #addPasskey(password, name) {
    const answer = await makePasskey(await beginPasskey(password));
    this.#show(await addPasskey(name, answer));
  }

  async #changePassword(event) {
    event.preventDefault();
    const form = event.target;
    const { old, wanted, repeated } = form.elements;
    if (wanted.value !== repeated.value) {
      this.error = t('passwordsDiffer');
      return;
    }
    // Of the two passwords, the field 'password' is the new one.
    await this.#run(
      () => changePassword(old.value, wanted.value),
      (error) => t('passwordRefused')(error.message),
    );
    if (this.error) return;
    form.reset();
    this.done = t('passwordChanged');
  }

  render() {
    return html`
      <section class="page account">
        <h1>${t('ownAccount')}</h1>
        ${this.needed ? html`<p class="warning" role="status">${t('factorNeeded')}</p>` : nothing}
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        ${this.done ? html`<p class="good" role="status">${this.done}</p>` : nothing}
        ${this.known ? this.#person() : nothing}
        ${this.codes ? this.#recoveryCodes() : nothing} ${this.asking ? this.#form() : nothing}
        ${this.totp ? this.#enrolment() : nothing} ${this.factors ? this.#factors() : nothing}
        ${this.known && !this.needed ? html`<kydai-own-messages></kydai-own-messages>` : nothing}
        ${this.#passwordForm()} ${this.#sessionList()}
      </section>
    `;
  }

  #person() {
    const { account, roles, permissions } = this.known;
    return html`
      <dl class="facts">
        <dt>${t('userName')}</dt>
        <dd>${account?.name}</dd>
        <dt>${t('displayName')}</dt>
        <dd>${account?.['display-name']}</dd>
        ${account?.agency ? html`<dt>${t('agency')}</dt><dd>${account.agency}</dd>` : nothing}
        <dt>${t('roles')}</dt>
        <dd>${roles.map((role) => t(`role_${role}`)).join(', ') || t('none')}</dd>
        <dt>${t('permissions')}</dt>
        <dd>${permissions.map((one) => t(`permission_${one}`)).join(' · ') || t('none')}</dd>
      </dl>
      <p><button class="btn danger reject" @click=${() => signOut()}>${t('logOut')}</button></p>
    `;
  }

  #recoveryCodes() {
    return html`
      <div class="card" role="status">
        <h2>${t('recoveryCodes')}</h2>
        <p>${t('recoveryCodesHint')}</p>
        <ul class="codes">
          ${this.codes.map((code) => html`<li><code>${code}</code></li>`)}
        </ul>
        <button
          class="btn primary verify"
          @click=${() => {
            this.codes = undefined;
            if (this.needed) location.assign('/');
          }}
        >
          ${t('recoveryCodesKept')}
        </button>
      </div>
    `;
  }

  #form() {
    return html`
      <form class="card" ${typed('passkey')} @submit=${(event) => this.#answer(event)}>
        <h2>${this.asking.title}</h2>
        ${this.asking.wantsName
          ? html`<label>${t('passkeyName')}<input class="in" name="label" required maxlength="100" /></label>`
          : nothing}
        <label>
          ${t('passwordNow')}
          <input class="in" id="again" name="password" type="password" autocomplete="current-password" required maxlength="200" />
        </label>
        <footer>
          <button class="btn" type="button" @click=${() => (forget('passkey'), (this.asking = undefined))}>${t('cancel')}</button>
          <button class="btn primary verify" ?disabled=${this.busy}>${t('goOn')}</button>
        </footer>
      </form>
    `;
  }

  #enrolment() {
    const picture = `data:image/svg+xml,${encodeURIComponent(this.totp['qr-code'])}`;
    return html`
      <form class="card" @submit=${(event) => this.#confirm(event)}>
        <h2>${t('totp')}</h2>
        <p>${t('totpHint')}</p>
        <img class="qr" src=${picture} alt=${t('qrCode')} />
        <p><code class="secret">${this.totp.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        <label>
          ${t('code')}
          <input class="in" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10" />
        </label>
        <footer>
          <button class="btn" type="button" @click=${() => (this.totp = undefined)}>${t('cancel')}</button>
          <button class="btn primary verify" ?disabled=${this.busy}>${t('confirm')}</button>
        </footer>
      </form>
    `;
  }

  #factors() {
    const { totp, passkeys, 'recovery-codes': left } = this.factors;
    return html`
      <h2>${t('secondFactors')}</h2>
      <p class="muted">${t('secondFactorsHint')}</p>
      <ul class="entries">
        <li>
          <span>${t('totp')}</span>
          ${totp
            ? html`<button class="btn danger reject" @click=${() => this.#ask(t('totpRemove'), removeTotp)}>
                ${t('remove')}
              </button>`
            : html`<button class="btn"
                id="add-totp"
                @click=${() =>
                  this.#ask(t('totpAdd'), async (password) => (this.totp = await beginTotp(password)))}
              >
                ${t('add')}
              </button>`}
        </li>
        ${passkeys.map(
          (one) => html`
            <li>
              <span>${t('passkey')}: ${one.name}</span>
              <small class="muted">
                ${one['last-used-at'] ? `${t('lastUsed')} ${dateTime(one['last-used-at'])}` : t('neverUsed')}
              </small>
              <button
                class="btn danger reject"
                @click=${() => this.#ask(t('passkeyRemove'), (password) => removePasskey(one.id, password))}
              >
                ${t('remove')}
              </button>
            </li>
          `,
        )}
        <li>
          <span>${t('passkey')}</span>
          ${passkeysWork()
            ? html`<button class="btn"
                id="add-passkey"
                @click=${() => this.#ask(t('passkeyAdd'), (...given) => this.#addPasskey(...given), true)}
              >
                ${t('add')}
              </button>`
            : html`<small class="muted">${t('passkeyNeedsName')}</small>`}
        </li>
        ${totp || passkeys.length
          ? html`<li>
              <span>${t('recoveryCodes')}: ${left}</span>
              <button class="btn"
                @click=${() =>
                  this.#ask(t('recoveryCodesRenew'), async (password) =>
                    this.#show(await renewRecoveryCodes(password)),
                  )}
              >
                ${t('renew')}
              </button>
            </li>`
          : nothing}
      </ul>
    `;
  }

  #passwordForm() {
    const field = (name, label, complete) => html`
      <label>
        ${label}
        <input class="in" name=${name} type="password" autocomplete=${complete} required maxlength="200" />
      </label>
    `;
    return html`
      <h2>${t('password')}</h2>
      <form class="narrow password" @submit=${(event) => this.#changePassword(event)}>
        <input class="in" type="text" name="name" autocomplete="username" hidden .value=${this.known?.account?.name ?? ''} />
        ${field('old', t('passwordNow'), 'current-password')}
        ${field('wanted', t('passwordNew'), 'new-password')}
        ${field('repeated', t('passwordAgain'), 'new-password')}
        <small class="muted">${t('passwordRule')} ${t('passwordEndsOthers')}</small>
        <div><button class="btn primary verify" ?disabled=${this.busy}>${t('passwordChange')}</button></div>
      </form>
    `;
  }

  #sessionList() {
    return html`
      <h2>${t('ownSessions')}</h2>
      <div class="wide" tabindex="0" role="group" aria-label=${t('ownSessions')}>
      <table class="t table sessions">
        <thead>
          <tr>
            <th>${t('from')}</th>
            <th>${t('browser')}</th>
            <th>${t('signedInAt')}</th>
            <th>${t('lastUsed')}</th>
            <th><span class="vh">${t('endSession')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${this.sessions.map(
            (one) => html`
              <tr>
                <td>${one.address}</td>
                <td class="agent" title=${one['user-agent']}>${one['user-agent']}</td>
                <td>${dateTime(one['created-at'])}</td>
                <td>${dateTime(one['last-used-at'])}</td>
                <td>
                  ${one.current
                    ? html`<span class="muted">${t('thisSession')}</span>`
                    : html`<button
                        class="btn danger reject"
                        ?disabled=${this.busy}
                        @click=${() => this.#run(() => endSession(one.id))}
                      >
                        ${t('endSession')}
                      </button>`}
                </td>
              </tr>
            `,
          )}
        </tbody>
      </table>
      </div>
    `;
  }
}

customElements.define('kydai-account', AccountPage);

export const mount = elementPage('kydai-account');
