/** How one gets the own messages: channels, quiet hours, the e-mail address, and browsers. */

import { LitElement, html, nothing } from 'lit';
import { sendingWords } from './desk/sending.js';
import { dateTime } from './i18n.js';
import { problemWords } from './problems.js';
import {
  addEmail,
  addPushSubscription,
  confirmEmail,
  ownMessages,
  removeEmail,
  removePushSubscription,
  replaceOwnMessages,
} from './server.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { t } from './words/messages.js';

const WORKER = '/messages-worker.js';

const pushWorks = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** The bytes of a text in base 64 for URLs. */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

/** The text of bytes in base 64 for URLs. */
const encoded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Lets this browser take messages. @returns {Promise<string|undefined>} the key of why it does not */
async function subscribe(key) {
  if ((await Notification.requestPermission()) !== 'granted') return 'pushRefused';
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  let subscription;
  try {
    // One for another key, such as of a node that was set up anew, would refuse this key.
    await (await pushManager.getSubscription())?.unsubscribe();
    subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  } catch (error) {
    console.warn('the browser does not subscribe', error);
    return 'pushFailed';
  }
  await addPushSubscription({
    endpoint: subscription.endpoint,
    p256dh: encoded(subscription.getKey('p256dh')),
    auth: encoded(subscription.getKey('auth')),
  });
  return undefined;
}

class OwnMessages extends LitElement {
  static properties = {
    value: { state: true },
    sentTo: { state: true },
    error: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#run(async () => undefined);
  }

  /** Does something, then shows what is so now. @param {() => Promise<string|undefined>} work what to say of it */
  async #run(work) {
    this.busy = true;
    this.error = undefined;
    this.done = undefined;
    try {
      const done = await work();
      this.value = await ownMessages();
      this.done = done;
    } catch (error) {
      this.error = error.field === 'code' ? t('codeWrong') : error.status === 429 ? t('codesTooMany') : problemWords(error);
    }
    this.busy = false;
  }

  #save(event) {
    event.preventDefault();
    const { language, email, push, from, to } = event.target.elements;
    const quiet = from.value && to.value ? { quiet: { from: from.value, to: to.value } } : {};
    this.#run(async () => {
      await replaceOwnMessages({ language: language.value, 'by-email': email.checked, 'by-push': push.checked, ...quiet });
      forget('own-messages');
      return t('savedOwn');
    });
  }

  #sendCode(event) {
    event.preventDefault();
    const address = event.target.elements.address.value.trim();
    this.#run(async () => {
      const { accepted, why } = await addEmail(address);
      if (!accepted) {
        this.sentTo = undefined;
        throw new Error(t('testBad')(sendingWords(why)));
      }
      this.sentTo = address;
      forget('own-email');
      return t('codeSent')(address);
    });
  }

  #confirm(event) {
    event.preventDefault();
    const code = event.target.elements.code.value.replace(/\s/g, '');
    this.#run(async () => {
      await confirmEmail(code);
      this.sentTo = undefined;
      return t('confirmed');
    });
  }

  #subscribe() {
    this.#run(async () => {
      const why = await subscribe(this.value['push-key']);
      if (why) throw new Error(t(why));
      return t('subscribed');
    });
  }

  render() {
    return html`
      <h2>${t('ownMessages')}</h2>
      <p class="muted">${t('ownHint')}</p>
      ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
      ${this.done ? html`<p class="good" role="status">${this.done}</p>` : nothing}
      ${this.value ? html`${this.#choices()} ${this.#email()} ${this.#browsers()}` : nothing}
    `;
  }

  #choices() {
    const { language, quiet, 'by-email': byEmail, 'by-push': byPush } = this.value;
    return html`
      <form class="card fields chosen" ${typed('own-messages')} @submit=${(event) => this.#save(event)}>
        <label class="tick"><input type="checkbox" name="email" .checked=${byEmail} /> ${t('byEmail')}</label>
        <label class="tick"><input type="checkbox" name="push" .checked=${byPush} /> ${t('byPush')}</label>
        <div class="row-of">
          <label>
            ${t('language')}
            <select class="in" name="language">
              ${Object.entries(t('languages')).map(([id, words]) => html`<option value=${id} .selected=${id === language}>${words}</option>`)}
            </select>
          </label>
          <label>${t('quietFrom')} <input class="in" type="time" name="from" .value=${quiet?.from ?? ''} /></label>
          <label>${t('quietTo')} <input class="in" type="time" name="to" .value=${quiet?.to ?? ''} /></label>
        </div>
        <small class="muted">${t('quietOwn')}. ${t('quietOwnHint')}</small>
        <div><button class="btn primary save-own" ?disabled=${this.busy}>${t('saveOwn')}</button></div>
      </form>
    `;
  }

  #email() {
    const { email, 'pending-email': pending } = this.value;
    const waiting = this.sentTo ?? pending;
    return html`
      <h3>${t('email')}</h3>
      ${email
        ? html`<ul class="entries"><li>
            <span>${email}</span> <small class="muted">${t('emailConfirmed')}</small>
            <button type="button" class="btn danger remove-email" ?disabled=${this.busy} @click=${() => this.#run(async () => void (await removeEmail()))}>${t('remove')}</button>
          </li></ul>`
        : html`<p class="muted">${t('emailNone')}</p>`}
      <form class="narrow new-email" ${typed('own-email')} @submit=${(event) => this.#sendCode(event)}>
        <label>${t('emailNew')} <input class="in" type="email" name="address" required maxlength="254" autocomplete="email" /></label>
        <div><button class="btn send-code" ?disabled=${this.busy}>${t('sendCode')}</button></div>
      </form>
      ${waiting
        ? html`<form class="narrow enter-code" @submit=${(event) => this.#confirm(event)}>
            <label>${t('code')}: ${waiting} <input class="in" name="code" inputmode="numeric" autocomplete="one-time-code" required minlength="8" maxlength="12" /></label>
            <div><button class="btn primary confirm-code" ?disabled=${this.busy}>${t('confirm')}</button></div>
          </form>`
        : nothing}
    `;
  }

  #browsers() {
    const { browsers } = this.value;
    return html`
      <h3>${t('browsers')}</h3>
      ${browsers.length
        ? html`<ul class="entries browsers">
            ${browsers.map(
              (one) => html`<li>
                <span class="agent" title=${one.browser}>${one.browser}</span>
                <small class="muted">${t('since')(dateTime(one['created-at']))}</small>
                <button type="button" class="btn danger" ?disabled=${this.busy} aria-label="${t('remove')}: ${one.browser}" @click=${() => this.#run(async () => void (await removePushSubscription(one.id)))}>${t('remove')}</button>
              </li>`,
            )}
          </ul>`
        : html`<p class="muted">${t('noBrowsers')}</p>`}
      ${pushWorks()
        ? html`<div><button type="button" class="btn subscribe" ?disabled=${this.busy} @click=${() => this.#subscribe()}>${t('subscribe')}</button></div>`
        : html`<p class="muted">${t('pushNotHere')}</p>`}
    `;
  }
}

customElements.define('kydai-own-messages', OwnMessages);
