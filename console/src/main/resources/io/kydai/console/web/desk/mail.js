/** The mail server: where e-mails are sent from, a test of it, and what was not delivered. */

import { html, nothing } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { dateTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { messageState, replayMessages, testMailServer } from '../server.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/messages.js';
import { sendingWords } from './sending.js';
import { SettingPage, given } from './setting.js';

const PORTS = { none: 25, starttls: 587, tls: 465 };

class MailPage extends SettingPage {
  static properties = {
    /** What is typed as a password: it is kept nowhere, and never read back. */
    password: { state: true },
    tested: { state: true },
    testing: { state: true },
    deliveries: { state: true },
    sentAgain: { state: true },
    sending: { state: true },
  };

  constructor() {
    super('mail', 'mailServer');
  }

  async prepare() {
    this.deliveries = await messageState();
  }

  hint() {
    return t('mailHint');
  }

  get unsaved() {
    return super.unsaved || this.password !== undefined;
  }

  /** What is stored is new after saving, and after what was typed was dropped. */
  willUpdate(changed) {
    if (changed.has('stored')) this.password = undefined;
  }

  sent() {
    const { 'has-password': kept, host, from, ...rest } = this.value;
    return { ...given(rest), host, from, ...(this.password === undefined ? {} : { password: this.password }) };
  }

  #text(name, words, more) {
    return html`
      <label>
        ${words}
        <input class="in" name=${name} maxlength=${more} autocomplete="off" spellcheck="false" .value=${this.value[name] ?? ''} aria-invalid=${this.invalid(0, name)}
          @input=${({ target }) => this.change({ [name]: target.value })} />
      </label>
    `;
  }

  form() {
    const { security, port, certificates, 'has-password': kept } = this.value;
    return html`
      <div class="card fields">
        <div class="row-of">
          ${this.#text('host', t('host'), 253)}
          <label>
            ${t('security')}
            <select class="in" name="security" @change=${({ target }) => this.change({ security: target.value, port: PORTS[target.value] })}>
              ${Object.entries(t('securities')).map(([id, words]) => html`<option value=${id} .selected=${id === security}>${words}</option>`)}
            </select>
          </label>
          <label>
            ${t('port')}
            <input class="in" type="number" name="port" required min="1" max="65535" .value=${String(port)} @change=${({ target }) => target.checkValidity() && this.change({ port: target.valueAsNumber })} />
          </label>
        </div>
        <div class="row-of">
          ${this.#text('user', t('user'), 200)}
          <label>
            ${t('mailPassword')}
            <input class="in" type="password" name="password" maxlength="500" autocomplete="new-password" placeholder=${kept ? t('passwordKept') : t('passwordNone')} .value=${this.password ?? ''}
              @input=${({ target }) => (this.password = target.value || undefined)} />
          </label>
          ${this.#text('from', t('mailFrom'), 254)}
        </div>
        ${kept
          ? html`<label class="tick"><input type="checkbox" name="remove-password" .checked=${this.password === ''} @change=${({ target }) => (this.password = target.checked ? '' : undefined)} /> ${t('removePassword')}</label>`
          : nothing}
        <label>
          ${t('certificates')}
          <textarea class="in mono" name="certificates" rows="3" maxlength="20000" spellcheck="false" .value=${certificates ?? ''} @input=${({ target }) => this.change({ certificates: target.value })}></textarea>
        </label>
      </div>
    `;
  }

  async #test(event) {
    event.preventDefault();
    const to = event.target.elements.to.value.trim();
    this.testing = true;
    this.tested = undefined;
    try {
      const { accepted, why } = await testMailServer(to);
      if (accepted) forget('mail-test');
      this.tested = { good: accepted, words: accepted ? t('testGood')(to) : t('testBad')(sendingWords(why)) };
    } catch (error) {
      this.tested = { good: false, words: problemWords(error) };
    }
    this.testing = false;
  }

  async #refresh() {
    try {
      this.deliveries = await messageState();
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #sendAgain(message) {
    this.sending = true;
    try {
      this.sentAgain = t('sentAgain')(await replayMessages(message));
      this.deliveries = await messageState();
    } catch (error) {
      this.sentAgain = problemWords(error);
    }
    this.sending = false;
  }

  beside() {
    return html`
      <form class="card fields mail-test" ${typed('mail-test')} @submit=${(event) => this.#test(event)}>
        <h2>${t('testMail')}</h2>
        <p class=${this.tested && !this.tested.good ? 'warning' : 'good'} role="status">${this.tested?.words ?? ''}</p>
        <div class="row-of">
          <label>${t('testTo')} <input class="in" type="email" name="to" required maxlength="254" autocomplete="email" /></label>
        </div>
        <div><button class="btn send-test" ?disabled=${this.testing || !this.stored?.host}>${t('sendTest')}</button></div>
        <small class="muted">${t('testUsesSaved')}</small>
      </form>
      <div class="card deliveries">
        <div class="cardhead">
          <h2>${t('deliveries')}</h2>
          <button type="button" class="btn small refresh" @click=${() => this.#refresh()}>${t('refresh')}</button>
        </div>
        ${this.deliveries ? this.#state() : nothing}
      </div>
    `;
  }

  #state() {
    const { undelivered } = this.deliveries;
    return html`
      <p>${t('state')(this.deliveries)}</p>
      <p class="sent-again" role="status">${this.sentAgain ?? ''}</p>
      ${undelivered.length
        ? html`
            <div class="cardhead">
              <h3>${t('undelivered')}</h3>
              <button type="button" class="btn small send-all" ?disabled=${this.sending} @click=${() => this.#sendAgain()}>${t('sendAllAgain')}</button>
            </div>
            <p><small class="muted">${t('sendAgainHint')}</small></p>
            <div class="wide" tabindex="0" role="group" aria-label=${t('undelivered')}>
              <table class="t table">
                <thead>
                  <tr>
                    <th scope="col">${t('diedAt')}</th>
                    <th scope="col">${t('person')}</th>
                    <th scope="col">${t('what')}</th>
                    <th scope="col">${t('why')}</th>
                    <td></td>
                  </tr>
                </thead>
                <tbody>
                  ${undelivered.map(
                    (one) => html`
                      <tr>
                        <td class="nowrap">${dateTime(one['died-at'])}</td>
                        <td>${one.to}<br /><small class="muted">${t('channel')[one.channel]}</small></td>
                        <td><a href="#/reports/${one.report}">${t('occasion')[one.occasion]}</a></td>
                        <td>${sendingWords(one.why)}<br /><small class="muted">${t('attempts')(one.attempts)}</small></td>
                        <td><button type="button" class="btn small" ?disabled=${this.sending} @click=${() => this.#sendAgain(one.message)}>${t('sendAgain')}</button></td>
                      </tr>
                    `,
                  )}
                </tbody>
              </table>
            </div>
          `
        : html`<p class="muted">${t('allDelivered')}</p>`}
    `;
  }
}

customElements.define('kydai-mail', MailPage);

export const mount = elementPage('kydai-mail');
