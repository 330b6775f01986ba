/** The shell: where one is, the keys that work everywhere, and the alert feed beside it all. */

import { LitElement, html, nothing } from 'lit';
import { currentLanguage, languages, setLanguage, setRuleTypes, t } from './i18n.js';
import { events, may, ruleTypes, session, signOut } from './server.js';
import './feed.js';
import './wall.js';
import './camera.js';
import './reports.js';
import './find.js';
import './people.js';
import './tokens.js';
import './audit.js';
import './account.js';

/**
 * The pages in the order of the navigation: the word for it, the permission without which it is not
 * shown, and the key that leads there after 'g'. The first that one may see is where one begins.
 */
const PAGES = [
  { view: 'wall', word: 'wall', permission: 'live', key: 'w' },
  { view: 'reports', word: 'reports', permission: 'evidence', key: 'r' },
  { view: 'find', word: 'findCameras', permission: 'configure-cameras', key: 'f' },
  { view: 'people', word: 'people', permission: 'configure-people', key: 'p' },
  { view: 'tokens', word: 'tokens', permission: 'configure-people', key: 't' },
  { view: 'audit', word: 'audit', permission: 'audit', key: 'l' },
];
const ACCOUNT = { view: 'account', key: 'a' };
const WITH_FEED = new Set(['wall', 'cameras']);

const allowed = () => PAGES.filter(({ permission }) => may(permission));
const begin = () => (allowed()[0] ?? ACCOUNT).view;

/** '#/reports/01J…' → {view: 'reports', id: '01J…'} */
function where() {
  const [, view, id] = location.hash.split('/');
  return { view, id: id && decodeURIComponent(id) };
}

class App extends LitElement {
  static properties = {
    place: { state: true },
    online: { state: true },
    clock: { state: true },
    person: { state: true },
  };

  #pendingG = false;

  constructor() {
    super();
    this.place = where();
    this.online = true;
    this.clock = new Date();
    this.person = undefined;
    session.then(({ account, 'second-factor': factor }) => {
      this.person = account?.['display-name'] ?? '';
      // Such a log-in may do nothing until a second factor is added.
      if (factor === 'required') location.hash = '#/account';
    });
    addEventListener('hashchange', () => (this.place = where()));
    addEventListener('keydown', (event) => this.#onKey(event));
    events.addEventListener('hello', () => {
      this.online = true;
      this.#ruleTypes();
    });
    events.addEventListener('offline', () => (this.online = false));
    setInterval(() => (this.clock = new Date()), 1000);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <header class="bar">
        <a class="brand" href="#/"><img src="/flag.svg" alt="" />Kydai</a>
        <nav>${this.person === undefined ? nothing : allowed().map((page) => this.#tab(page))}</nav>
        <span class="spring"></span>
        ${this.online ? nothing : html`<span class="warning" role="status">${t('connectionLost')}</span>`}
        <time class="clock">${this.clock.toLocaleTimeString('en-GB')}</time>
        <a class="muted own" href="#/account" title=${t('ownAccount')} aria-current=${this.#current('account')}>
          ${this.person ?? ''}
        </a>
        <button class="quiet" @click=${() => signOut()}>${t('logOut')}</button>
        <button class="quiet" @click=${() => this.#language()} title="Ngôn ngữ / language">
          ${currentLanguage().toUpperCase()}
        </button>
        <button class="quiet" @click=${() => this.#help()} aria-label=${t('keys')}>?</button>
      </header>
      <div class="floor">
        <main>${this.person === undefined ? nothing : this.#page()}</main>
        ${this.person !== undefined && WITH_FEED.has(this.#view) && may('evidence')
          ? html`<kydai-feed></kydai-feed>`
          : nothing}
      </div>
      <dialog id="help" @click=${(e) => e.target.id === 'help' && e.target.close()}>
        <h2>${t('keys')}</h2>
        <dl class="keys">
          ${t('keyList').map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}
        </dl>
      </dialog>
    `;
  }

  get #view() {
    return this.place.view || begin();
  }

  #current(view) {
    return this.place.view === view ? 'page' : nothing;
  }

  #tab({ view, word }) {
    return html`<a href="#/${view}" aria-current=${this.#view === view ? 'page' : nothing}>${t(word)}</a>`;
  }

  /** The page where one is; the server refuses what one may not do, and so no page begins to ask. */
  #page() {
    const { id } = this.place;
    const view = this.#view;
    const page = PAGES.find((one) => one.view === (view === 'cameras' ? 'wall' : view));
    if (page && !may(page.permission)) return html`<p class="empty refused" role="alert">${t('notAllowed')}</p>`;
    switch (view) {
      case 'reports':
        return html`<kydai-reports .reportId=${id}></kydai-reports>`;
      case 'find':
        return html`<kydai-find></kydai-find>`;
      case 'people':
        return html`<kydai-people></kydai-people>`;
      case 'tokens':
        return html`<kydai-tokens></kydai-tokens>`;
      case 'audit':
        return html`<kydai-audit></kydai-audit>`;
      case 'account':
        return html`<kydai-account></kydai-account>`;
      case 'cameras':
        return id ? html`<kydai-camera .cameraId=${id}></kydai-camera>` : html`<kydai-wall></kydai-wall>`;
      default:
        return may('live')
          ? html`<kydai-wall></kydai-wall>`
          : html`<p class="empty refused" role="alert">${t('notAllowed')}</p>`;
    }
  }

  #help() {
    this.querySelector('#help').showModal();
  }

  #language() {
    setLanguage(languages[(languages.indexOf(currentLanguage()) + 1) % languages.length]);
    this.#redraw();
  }

  /** Asks which types of rules there are; until the answer they are shown by their names. */
  async #ruleTypes() {
    try {
      setRuleTypes(await ruleTypes());
      this.#redraw();
    } catch (error) {
      console.warn('the types of rules are not known', error);
    }
  }

  #redraw() {
    for (const element of this.querySelectorAll('*')) element.requestUpdate?.();
    this.requestUpdate();
  }

  #onKey(event) {
    if (event.target.closest?.('input, textarea, select, dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#pendingG) {
      this.#pendingG = false;
      const page = [...allowed(), ACCOUNT].find(({ key }) => key === event.key);
      if (page) location.hash = `#/${page.view}`;
      event.stopImmediatePropagation();
      return;
    }
    if (event.key === 'g') {
      this.#pendingG = true;
      setTimeout(() => (this.#pendingG = false), 1000);
      event.stopImmediatePropagation();
    } else if (event.key === '?') {
      this.#help();
    } else if (event.key === 'Escape' && this.place.view === 'cameras') {
      location.hash = '#/wall';
    }
  }
}

customElements.define('kydai-app', App);
