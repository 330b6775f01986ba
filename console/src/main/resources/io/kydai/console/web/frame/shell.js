/** The frame around every page: navigation, heartbeat, clock, language, theme, keys and person. */

import { LitElement, html, nothing } from 'lit';
import '../alerts/notify.js';
import { openAlerts } from '../alerts/open.js';
import '../alerts/sound.js';
import { currentLanguage, languages, setLanguage, setRuleTypes } from '../i18n.js';
import { events, ruleTypes, session, signOut } from '../server.js';
import { setSite } from '../site.js';
import '../typed/kept.js';
import { t } from '../words/frame.js';
import './clock.js';
import { icon, mark } from './icons.js';
import { isTyping, pageKeys } from './keys.js';
import './lost.js';
import { firstView, keyed, navigation, pageOf, partsOf } from './pages.js';
import { address, go, place } from './place.js';
import { Stage } from './stage.js';
import { toggleTheme } from './theme.js';

/** How long after 'g' the second key may come, in milliseconds. */
const SECOND_KEY_MS = 1_500;

class Shell extends LitElement {
  static properties = { place: { state: true }, person: { state: true } };

  #afterG = -Infinity;
  #stage;

  constructor() {
    super();
    this.place = place();
    session.then((known) => this.#begin(known));
    addEventListener('hashchange', () => (this.place = place()));
    addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
    addEventListener('click', (event) => this.#closeMenus(event));
    document.addEventListener('languagechange', () => this.#redraw());
    events.addEventListener('hello', () => this.#askRuleTypes());
    openAlerts.addEventListener('change', () => this.requestUpdate());
  }

  #begin({ account, roles, site, 'second-factor': factor }) {
    setSite(site);
    this.person = { name: account?.['display-name'] ?? '', roles: roles ?? [] };
    // Such a log-in may do nothing until a second factor is added.
    if (factor === 'required') go(address('account'));
  }

  createRenderRoot() {
    return this;
  }

  get #view() {
    return this.place.view || firstView();
  }

  updated(changed) {
    if (!this.person) return;
    this.#stage ??= new Stage(this.querySelector('#main'));
    this.#stage.show({ ...this.place, view: this.#view });
    // On a phone the pages of a group are one line that scrolls.
    if (changed.has('place') || changed.has('person')) {
      this.querySelector('.subnav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    }
  }

  render() {
    const entries = this.person ? navigation() : [];
    const group = this.person ? pageOf(this.#view)?.of : undefined;
    return html`
      <a class="skip" href="#main" @click=${(event) => this.#skip(event)}>${t('skip')}</a>
      <div class="app">
        <div class="head">
          <header class="top">
            <a class="brand" href="#/" aria-label="Kydai">${mark()}<span>Kydai</span></a>
            <nav class="nav" aria-label=${t('navigation')}><ul>${this.#entries(entries, group)}</ul></nav>
            <div class="top-r">
              <kydai-beat class="beat"></kydai-beat>
              <kydai-clock class="clock"></kydai-clock>
              ${this.#buttons()} ${this.person ? this.#personMenu() : nothing}
              <details class="menu pages">
                <summary class="btn quiet icon" aria-label=${t('openMenu')}>${icon('menu')}</summary>
                <nav class="menu-list" aria-label=${t('navigationShort')}>
                  <ul>${this.#entries(entries, group)}</ul>
                </nav>
              </details>
            </div>
          </header>
          <kydai-lost></kydai-lost>
        </div>
        <div class="floor ${group ? 'sub' : ''}">
          ${group ? this.#subPages(group) : nothing}
          <main class="page" id="main" tabindex="-1"></main>
        </div>
      </div>
      ${this.#help()}
    `;
  }

  #entries(entries, group) {
    return entries.map(
      ({ view, to, word }) => html`
        <li>
          <a href=${address(to)} aria-current=${view === this.#view || view === group ? 'page' : nothing}
            >${t(word)}${view === 'incidents' && openAlerts.unknown ? html`<span class="count red">${openAlerts.unknown}<span class="vh"> ${t('alertsNotSeen')}</span></span>` : nothing}</a
          >
        </li>
      `,
    );
  }

  #subPages(group) {
    return html`
      <nav class="subnav" aria-label=${t(group)}>
        <h2>${t(group)}</h2>
        ${partsOf(group).map(
          ({ part, pages }) => html`
            <p class="lab" id="part-${part}">${t(part)}</p>
            <ul aria-labelledby="part-${part}">
              ${pages.map(
                ({ view, word }) => html`
                  <li><a class="btn quiet" href=${address(view)} aria-current=${view === pageOf(this.#view).view ? 'page' : nothing}>${t(word)}</a></li>
                `,
              )}
            </ul>
          `,
        )}
      </nav>
    `;
  }

  #buttons() {
    const other = languages.find((one) => one !== currentLanguage());
    const name = currentLanguage().toUpperCase();
    return html`
      <button
        type="button"
        class="btn quiet small language"
        aria-label="${name}: ${t('toOtherLanguage')}"
        title=${t('toOtherLanguage')}
        @click=${() => setLanguage(other)}
      >
        <b>${name}</b>
      </button>
      <button type="button" class="btn quiet small icon" aria-label=${t('theme')} title=${t('theme')} @click=${() => toggleTheme()}>
        ${icon('sun')}
      </button>
      <button
        type="button"
        class="btn quiet small icon keys-button"
        aria-label="? ${t('keys')}"
        aria-keyshortcuts="?"
        @click=${() => this.#showHelp()}
      >
        <kbd>?</kbd>
      </button>
    `;
  }

  #personMenu() {
    const { name, roles } = this.person;
    const role = roles.length ? t(`role_${roles[0].name ?? roles[0]}`) : '';
    const shown = [name, role].filter(Boolean).join(' · ');
    return html`
      <details class="menu person">
        <summary class="btn quiet small who" aria-label="${t('ownAccount')}: ${shown}">
          ${icon('person')}<span class="who-t">${shown}</span>
        </summary>
        <div class="menu-list">
          <p class="lab">${shown}</p>
          <a href=${address('account')}>${icon('person')}${t('ownAccount')}</a>
          <button type="button" class="sign-out" @click=${() => signOut()}>${icon('out')}${t('logOut')}</button>
        </div>
      </details>
    `;
  }

  #help() {
    const rows = (list) =>
      list.map(
        ([keys, what]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${what}</dd>`,
      );
    const own = this.person ? pageKeys() : [];
    return html`
      <dialog class="dlg" id="help" aria-labelledby="help-title" @click=${(e) => e.target.id === 'help' && e.target.close()}>
        <h2 class="dlgh" id="help-title">${t('keys')}</h2>
        ${own.length ? html`<h3>${t('keysHere')}</h3><dl class="keys">${rows(own)}</dl>` : nothing}
        <h3>${t('keysEverywhere')}</h3>
        <dl class="keys">
          ${rows([
            ...(this.person ? keyed() : [])
              .filter(({ key }) => key)
              .filter(({ key }, at, all) => all.findIndex((one) => one.key === key) === at)
              .map(({ key, word }) => [['g', key], t(word)]),
            [['?'], t('keys')],
            [['Esc'], t('closeOpen')],
          ])}
        </dl>
        <footer>
          <button type="button" class="btn primary" @click=${() => this.querySelector('#help').close()}>${t('close')}</button>
        </footer>
      </dialog>
    `;
  }

  #showHelp() {
    this.requestUpdate();
    this.updateComplete.then(() => this.querySelector('#help').showModal());
  }

  /** Not by the address, which holds where one is. */
  #skip(event) {
    event.preventDefault();
    this.querySelector('#main').focus();
  }

  #closeMenus(event) {
    for (const menu of this.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target) || event.target.closest('.menu-list :is(a, button)')) menu.open = false;
    }
  }

  #onKey(event) {
    if (event.key === 'Escape') {
      const menu = this.querySelector('details.menu[open]');
      if (menu) {
        menu.open = false;
        menu.querySelector('summary').focus();
        event.stopImmediatePropagation();
      }
      return;
    }
    if (isTyping(event)) return;
    if (performance.now() - this.#afterG < SECOND_KEY_MS) {
      this.#afterG = -Infinity;
      const entry = keyed().find(({ key }) => key === event.key);
      if (entry) go(address(entry.to));
      event.stopImmediatePropagation();
      event.preventDefault();
    } else if (event.key === 'g') {
      this.#afterG = performance.now();
      event.stopImmediatePropagation();
    } else if (event.key === '?') {
      this.#showHelp();
    }
  }

  /** Asks which types of rules there are; until the answer they are shown by their names. */
  async #askRuleTypes() {
    try {
      setRuleTypes(await ruleTypes());
    } catch (error) {
      console.warn('the types of rules are not known', error);
    }
  }

  #redraw() {
    for (const element of this.querySelectorAll('*')) element.requestUpdate?.();
    this.requestUpdate();
  }
}

customElements.define('kydai-app', Shell);
