/** The shell: where one is, the keys that work everywhere, and the alert feed beside it all. */

import { LitElement, html, nothing } from 'lit';
import { currentLanguage, languages, setLanguage, setRuleTypes, t } from './i18n.js';
import { events, ruleTypes, session, signOut } from './server.js';
import './feed.js';
import './wall.js';
import './camera.js';
import './reports.js';
import './find.js';
import './account.js';

/** '#/reports/01J…' → {view: 'reports', id: '01J…'} */
function where() {
  const [, view = 'wall', id] = location.hash.split('/');
  return { view: view || 'wall', id: id && decodeURIComponent(id) };
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
    this.person = '';
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
    const { view, id } = this.place;
    return html`
      <header class="bar">
        <a class="brand" href="#/wall"><img src="/flag.svg" alt="" />Kydai</a>
        <nav>
          ${this.#tab('wall', t('wall'))} ${this.#tab('reports', t('reports'))}
          ${this.#tab('find', t('findCameras'))}
        </nav>
        <span class="spring"></span>
        ${this.online ? nothing : html`<span class="warning" role="status">${t('connectionLost')}</span>`}
        <time class="clock">${this.clock.toLocaleTimeString('en-GB')}</time>
        <a class="muted" href="#/account" title=${t('ownAccount')}>${this.person}</a>
        <button class="quiet" @click=${() => signOut()}>${t('logOut')}</button>
        <button class="quiet" @click=${() => this.#language()} title="Ngôn ngữ / language">
          ${currentLanguage().toUpperCase()}
        </button>
        <button class="quiet" @click=${() => this.#help()} aria-label=${t('keys')}>?</button>
      </header>
      <div class="floor">
        <main>
          ${view === 'reports'
            ? html`<kydai-reports .reportId=${id}></kydai-reports>`
            : view === 'find'
              ? html`<kydai-find></kydai-find>`
              : view === 'account'
                ? html`<kydai-account></kydai-account>`
              : view === 'cameras' && id
                ? html`<kydai-camera .cameraId=${id}></kydai-camera>`
                : html`<kydai-wall></kydai-wall>`}
        </main>
        ${['reports', 'find', 'account'].includes(view) ? nothing : html`<kydai-feed></kydai-feed>`}
      </div>
      <dialog id="help" @click=${(e) => e.target.id === 'help' && e.target.close()}>
        <h2>${t('keys')}</h2>
        <dl class="keys">
          ${t('keyList').map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}
        </dl>
      </dialog>
    `;
  }

  #tab(view, label) {
    const here = this.place.view === view;
    return html`<a href="#/${view}" aria-current=${here ? 'page' : nothing}>${label}</a>`;
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
      if (event.key === 'w') location.hash = '#/wall';
      if (event.key === 'r') location.hash = '#/reports';
      if (event.key === 'f') location.hash = '#/find';
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
