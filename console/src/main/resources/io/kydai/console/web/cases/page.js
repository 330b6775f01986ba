/** Cases: recordings that are exported together, what became of them, and a new one. */

import { html, nothing } from 'lit';
import { icon, sign } from '../frame/icons.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { dateTime, fullTime, inNameOrder } from '../i18n.js';
import { addCase, cameras, caseAddress, cases, removeCase } from '../server.js';
import { siteNow } from '../site.js';
import { ReadingPage } from '../settings/reading.js';
import { fromSiteField } from '../sitetime.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/cases.js';
import { MOST_CAMERAS, caseForm } from './form.js';
import './links.js';

/** How often it is asked how far a case is, in milliseconds. */
const LOOK = 2_000;
/** How long a new case is without a span in the address. */
const USUAL = 120_000;
const SIGNS = { queued: 'waiting', running: 'sent', done: 'done', failed: 'fault', expired: 'stale' };
const COLOURS = { queued: 'amber', running: 'blue', done: 'teal', failed: 'red', expired: 'stale' };

class CasesPage extends ReadingPage {
  static properties = {
    ...ReadingPage.properties,
    cases: { state: true },
    all: { state: true },
    /** {chosen, from, to} while there is a form. */
    wish: { state: true },
    /** The id of the case whose links are shown. */
    opened: { state: true },
  };

  #abort;
  #timer;
  #toFocus = false;

  show(query) {
    if (!query.has('new')) return;
    const given = (key) => Date.parse(query.get(key) ?? '');
    const to = Number.isNaN(given('to')) ? siteNow() - 1000 : given('to');
    const from = Number.isNaN(given('from')) ? to - USUAL : given('from');
    const chosen = (query.get('cameras') ?? '').split(',').filter(Boolean);
    this.#open({ chosen, from, to });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    onKeys({ n: () => this.#new() }, this.#abort.signal);
    listKeys(() => [[['n'], t('newCase')]], this.#abort.signal);
    cameras().then(
      (all) => (this.all = inNameOrder(all)),
      (error) => console.warn('the cameras cannot be read', error),
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  async read() {
    this.cases = await cases();
    this.#lookAgain();
  }

  /** While something is being made, what is shown follows it. */
  #lookAgain() {
    clearTimeout(this.#timer);
    if (!this.isConnected || !this.cases.some(({ state }) => state === 'queued' || state === 'running')) return;
    this.#timer = setTimeout(async () => {
      try {
        this.cases = await cases();
      } catch (error) {
        console.warn('the cases cannot be read', error);
      }
      this.#lookAgain();
    }, LOOK);
  }

  #new() {
    const to = siteNow() - 1000;
    this.#open({ chosen: [], from: to - USUAL, to });
  }

  #open(wish) {
    this.wish = wish;
    this.#toFocus = true;
  }

  /** The form is there when the cameras are. */
  updated() {
    const first = this.#toFocus && this.querySelector('.case-form [name=title]');
    if (!first) return;
    this.#toFocus = false;
    first.focus();
  }

  async #make(event) {
    event.preventDefault();
    const chosen = new FormData(event.target);
    const [from, to] = ['from', 'to'].map((name) => fromSiteField(chosen.get(name)));
    const ids = chosen.getAll('camera');
    if (!ids.length || ids.length > MOST_CAMERAS) {
      this.error = t('chooseCamera');
      return;
    }
    if (!(from < to) || to > siteNow()) {
      this.error = t('wrongSpan');
      return;
    }
    await this.run(async () => {
      await addCase({
        title: chosen.get('title').trim(),
        reason: chosen.get('reason').trim(),
        notes: chosen.get('notes').trim(),
        cameras: ids,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        ...Object.fromEntries(['boxes', 'clock', 'masks'].map((name) => [name, chosen.has(name)])),
        blur: chosen.getAll('blur'),
      });
      forget('case');
      this.wish = undefined;
      return t('asked');
    });
  }

  #remove(one) {
    if (!confirm(t('removeQuestion')(one.title))) return;
    this.run(async () => {
      await removeCase(one.id);
      if (this.opened === one.id) this.opened = undefined;
      return t('removed');
    });
  }

  render() {
    const opened = this.cases?.find(({ id, state }) => id === this.opened && state === 'done');
    return html`
      <section class="page cases">
        <header class="line">
          <h1 class="grow">${t('cases')}</h1>
          ${this.wish
            ? nothing
            : html`<button type="button" class="btn primary new" aria-keyshortcuts="n" @click=${() => this.#new()}>${icon('plus')}${t('newCase')}<kbd>n</kbd></button>`}
        </header>
        <p class="muted">${t('casesHint')}</p>
        ${this.messages()}
        ${this.wish && this.all
          ? caseForm({ ...this.wish, cameras: this.all, busy: this.busy }, (event) => this.#make(event), () => (forget('case'), (this.wish = undefined)))
          : nothing}
        ${opened ? html`<kydai-case-links .case=${opened} @close=${() => (this.opened = undefined)}></kydai-case-links>` : nothing}
        ${this.cases ? this.#table() : nothing}
      </section>
    `;
  }

  #table() {
    if (!this.cases.length) return html`<p class="muted">${t('noCases')}</p>`;
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('cases')}>
        <table class="t table">
          <thead>
            <tr>
              <th>${t('title')}</th><th>${t('camerasOf')}</th><th>${t('span')}</th><th>${t('state')}</th>
              <th><span class="vh">${t('actions')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${this.cases.map((one) => this.#row(one))}
          </tbody>
        </table>
      </div>
    `;
  }

  /** What makes its pictures others than the cameras sent. */
  #drawn(one) {
    const blur = [...new Set(one.cameras.flatMap((camera) => camera.blur ?? []))];
    const words = [
      ...['boxes', 'clock'].filter((name) => one[name]).map((name) => t(name)),
      ...(one.cameras.some(({ masks }) => masks) ? [t('masks')] : []),
      ...blur.map((target) => t('blurOf')[target]),
    ];
    return words.length ? html`<br /><small class="muted drawn">${words.join(' · ')}</small>` : nothing;
  }

  #row(one) {
    return html`
      <tr data-case=${one.id} data-state=${one.state}>
        <th scope="row">
          ${one.title}<br /><small class="muted">${one.reason}</small><br />
          <small class="muted">${t('by')(one.actor, dateTime(one['created-at']))}</small>
        </th>
        <td>${one.cameras.map(({ name }) => name).join(' · ')}${this.#drawn(one)}</td>
        <td>${fullTime(one.from)}<br />${fullTime(one.to)}</td>
        <td>${this.#state(one)}</td>
        <td><div class="acts">${this.#actions(one)}</div></td>
      </tr>
    `;
  }

  #state(one) {
    const words = html`<span class="s ${COLOURS[one.state]}">${sign(SIGNS[one.state])}${t('states')[one.state]}</span>`;
    if (one.state === 'failed') return html`${words}<br /><small>${t('failures')[one.failure] ?? one.failure}</small>`;
    if (one.state === 'running' && one['total-bytes']) {
      const progress = t('progress')(one['done-bytes'], one['total-bytes']);
      return html`${words}<br /><progress max=${one['total-bytes']} value=${one['done-bytes']} aria-label=${progress}></progress><br /><small>${progress}</small>`;
    }
    if (one.state !== 'done') return words;
    return html`
      ${words}<br /><small>${t('bytes')(one.size)}, ${t('until')(dateTime(one['expires-at']))}</small>
      <details><summary>SHA-256</summary><span class="hash">${one.sha256}</span></details>
    `;
  }

  #actions(one) {
    const making = one.state === 'queued' || one.state === 'running';
    return html`
      ${one.state === 'done'
        ? html`
            <a class="btn" download href=${caseAddress(one.id)} aria-label="${t('download')}: ${one.title}">${icon('download')}${t('download')}</a>
            <button type="button" class="btn" aria-expanded=${this.opened === one.id} aria-label="${t('links')}: ${one.title}"
              @click=${() => (this.opened = this.opened === one.id ? undefined : one.id)}>${t('links')}</button>
          `
        : nothing}
      <button type="button" class="btn danger" aria-label="${t(making ? 'end' : 'remove')}: ${one.title}" ?disabled=${this.busy} @click=${() => this.#remove(one)}>
        ${t(making ? 'end' : 'remove')}
      </button>
    `;
  }
}

customElements.define('kydai-cases', CasesPage);

export const mount = elementPage('kydai-cases', (element, { query }) => element.show(query));
