/** The review desk: tabs of incidents at the left, the one that is decided on at the right. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { address, go } from '../frame/place.js';
import { number } from '../i18n.js';
import { problemWords } from '../problems.js';
import { agencies, cameras, events, incidentPage, may, mutes, rejectReasons, reports, secondLookTypes, session, verdicts } from '../server.js';
import { t } from '../words/incidents.js';
import { Claims } from './claims.js';
import './detail.js';
import { filter, priorities, secondLooks } from './filter.js';
import { Marks } from './marks.js';
import { outbox } from './outbox.js';
import { row, waitsForAnother } from './row.js';
import { Outcome } from './undo.js';

const TABS = ['to-check', 'mine', 'with-agency', 'done'];
const SHOWN = 100;
/** Of one request. */
const MOST = 200;
/** A change asks for the list after so long, in milliseconds: with what comes right after it. */
const SOON_MS = 300;
/** A flood of others' changes asks for it this often at most. */
const AGAIN_MS = 2_000;
const WIDE = matchMedia('(min-width: 62.01rem)');

class IncidentsPage extends LitElement {
  static properties = {
    place: { attribute: false },
    list: { state: true },
    /** Whether the list is that of the tab and the filters: before, nothing can be said of it. */
    loaded: { state: true },
    counts: { state: true },
    next: { state: true },
    ranked: { state: true },
    known: { state: true },
    error: { state: true },
    account: { state: true },
  };

  #abort;
  #timer;
  #asked = 0;
  #loadedAt = 0;
  #claims;
  #outcome;
  #marks = new Marks(() => this.#redraw());
  /** Incidents that were decided on here and whose rows are still as before, with how many reports they had. */
  #disposed = new Map();
  /** Those of them whose decision the server has answered: the next list is true. */
  #answered = new Set();

  constructor() {
    super();
    this.list = [];
    this.loaded = false;
    this.known = { cameras: [], reasons: [], verdicts: [], mutes: [], agencies: [], secondLook: [], earlier: [] };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    session.then(({ account }) => (this.account = account));
    this.#claims = new Claims(signal);
    this.#claims.addEventListener('change', () => this.#redraw(), { signal });
    this.#claims.addEventListener('released', () => this.#soon(), { signal });
    this.#outcome = new Outcome(() => this.#redraw(), signal);
    outbox.addEventListener('done', ({ detail }) => this.#settled(detail.decision.of.incidents), { signal });
    outbox.addEventListener('refused', ({ detail }) => detail.decision.of.incidents.forEach((id) => this.#disposed.delete(id)), { signal });
    for (const event of ['report', 'report-removed', 'reports-removed']) events.addEventListener(event, () => this.#soon(), { signal });
    events.addEventListener('hello', () => (this.#load(), this.#learn()), { signal });
    onKeys(
      {
        j: () => this.#step(1),
        k: () => this.#step(-1),
        J: () => this.#extend(1),
        K: () => this.#extend(-1),
        ArrowDown: ({ shiftKey }) => (shiftKey ? this.#extend(1) : this.#step(1)),
        ArrowUp: ({ shiftKey }) => (shiftKey ? this.#extend(-1) : this.#step(-1)),
        Escape: () => this.#marks.clear(),
        z: () => this.#undo(),
      },
      signal,
    );
    listKeys(() => t('keyList'), signal);
    this.#learn();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  get #tab() {
    const tab = this.place.query.get('tab');
    return TABS.includes(tab) ? tab : 'to-check';
  }

  #address = (id, tab = this.#tab) =>
    address('incidents', id, { tab: tab === 'to-check' ? '' : tab, camera: this.place.query.get('camera') ?? '', type: this.place.query.get('type') ?? '', second: this.place.query.get('second') ?? '' });

  /** What the rows and the decision are worded with; each may be lacking. */
  async #learn() {
    const asked = { reasons: rejectReasons, verdicts, mutes, agencies, secondLook: secondLookTypes, ...(may('live') ? { cameras } : {}) };
    await Promise.all(
      Object.entries(asked).map(async ([key, fetch]) => {
        try {
          const value = await fetch();
          this.known = { ...this.known, [key]: value };
        } catch (error) {
          console.info(`the review desk has no ${key}`, error);
        }
      }),
    );
  }

  #redraw() {
    this.requestUpdate();
    this.querySelector('kydai-incident')?.requestUpdate();
  }

  willUpdate(changed) {
    const before = changed.get('place');
    if (!changed.has('place')) return;
    const of = (place) => ['tab', 'camera', 'type', 'second'].map((key) => place?.query.get(key) ?? '').join(' ');
    if (!before || of(before) !== of(this.place)) {
      // Rows of another tab must not stand under this one's name.
      this.list = [];
      this.loaded = false;
      this.#load();
    }
    if (before?.id && !this.place.id) this.#claims.show(undefined);
    if (this.place.id && !this.#marks.has(this.place.id)) this.#marks.clear();
    if (before?.id !== this.place.id) this.#earlier();
  }

  updated(changed) {
    if (changed.has('place')) this.querySelector('.item[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  /** Asks for the list anew. @param {boolean} own whether what was done here is waited for */
  #soon(own = false) {
    if (this.#timer && !own) return;
    clearTimeout(this.#timer);
    const wait = own ? SOON_MS : Math.max(SOON_MS, this.#loadedAt + AGAIN_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#load();
    }, wait);
  }

  async #load(cursor) {
    const turn = ++this.#asked;
    this.#loadedAt = Date.now();
    const { query } = this.place;
    const answered = cursor ? [] : [...this.#answered];
    // What somebody scrolled to stays, as far as one request goes.
    const limit = cursor ? SHOWN : Math.min(MOST, Math.max(SHOWN, this.list.length));
    try {
      const page = await incidentPage({ tab: this.#tab, camera: query.get('camera'), type: query.get('type'), 'second-look': query.get('second') ? true : undefined, limit, cursor });
      if (turn !== this.#asked) return;
      for (const id of answered) {
        this.#answered.delete(id);
        this.#disposed.delete(id);
      }
      this.list = cursor ? [...this.list, ...page.incidents] : page.incidents;
      this.loaded = true;
      this.counts = page.counts;
      this.next = page.next;
      this.ranked = page.ranked;
      this.error = undefined;
      if (!this.place.id && WIDE.matches) this.#open(this.#waiting(0), true);
      this.#earlier();
    } catch (error) {
      if (turn === this.#asked) this.error = problemWords(error);
    }
  }

  /** The reports of the same camera and type before. */
  async #earlier() {
    const row = this.list.find(({ id }) => id === this.place.id);
    if (!row || this.known.earlierOf === row.id) return;
    this.known = { ...this.known, earlier: [], earlierOf: row.id };
    try {
      const page = await reports({ camera: row.camera, type: row.type, limit: 50 });
      const earlier = page.reports.filter((one) => one.incident !== row.id && one['started-at'] < row['first-at']);
      if (this.known.earlierOf === row.id) this.known = { ...this.known, earlier };
    } catch (error) {
      console.info('what happened here before is not known', error);
    }
  }

  /** The first incident from a row on, then from the top, on which one can decide and did not yet. */
  #waiting(from) {
    const open = (row) => this.#disposed.get(row.id) !== row.reports && !waitsForAnother(row, this.account);
    return this.list.slice(from).find(open) ?? this.list.find(open);
  }

  #open(row, replace = false) {
    if (row) go(this.#address(row.id), { replace });
  }

  #step(step) {
    const at = this.list.findIndex(({ id }) => id === this.place.id);
    this.#open(this.list[Math.min(this.list.length - 1, Math.max(0, at + step))]);
  }

  /** Marks the shown incident and the one beside it, which is shown then. */
  #extend(step) {
    const at = this.list.findIndex(({ id }) => id === this.place.id);
    const to = this.list[at + step];
    if (!to) return;
    this.#marks.add(this.place.id);
    this.#marks.add(to.id);
    this.#open(to);
  }

  /** With Shift a click marks a row, or no more. */
  #clicked(event, id) {
    if (!event.shiftKey) return;
    event.preventDefault();
    this.#marks.add(this.place.id);
    if (this.#marks.has(id) && id !== this.place.id) this.#marks.remove(id);
    else this.#marks.add(id);
  }

  #settled(incidents) {
    incidents.forEach((id) => this.#answered.add(id));
    this.#soon(true);
  }

  #decided(incidents) {
    for (const { id, reports: count } of incidents) {
      this.#answered.delete(id);
      this.#disposed.set(id, count);
    }
    this.#marks.clear();
    const at = this.list.findIndex((row) => row.id === this.place.id);
    const next = this.#waiting(at + 1);
    if (next) this.#open(next);
    else go(this.#address(undefined));
  }

  #undo() {
    const incidents = this.#outcome.undo();
    if (!incidents) return;
    incidents.forEach((id) => this.#disposed.delete(id));
    go(this.#address(incidents[0], 'to-check'));
  }

  render() {
    const { place } = this;
    const known = { ...this.known, tab: this.#tab === 'to-check' ? '' : this.#tab };
    return html`
      <div class="bar ${place.id ? 'one' : ''}">
        <h1>${t('incidents')}</h1>
        <nav class="tabs" aria-label=${t('tabs')}>
          ${TABS.map(
            (tab) => html`<a href=${this.#address(undefined, tab)} aria-current=${tab === this.#tab ? 'page' : nothing} data-tab=${tab}>
              ${t(`tab_${tab}`)} ${this.counts ? html`<span class="count ${tab === 'to-check' && this.counts[tab] ? 'red' : ''}">${this.#count(tab)}</span>` : nothing}</a>`,
          )}
        </nav>
        <span class="grow"></span>
        ${this.counts && this.#tab === 'to-check' ? html`${secondLooks(place.query, this.counts)} ${priorities(this.counts)}` : nothing} ${filter(place.query, this.known.cameras)}
      </div>
      <div class="review ${place.id ? 'one' : ''}">
        <section class="pane" aria-label=${t('incidentList')}>
          ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
          <ul class="rows scroll" tabindex="0" aria-label=${t(`tab_${this.#tab}`)}>
            ${this.list.length || (this.error && !this.loaded) ? nothing : html`<li class="empty" role="status">${t(this.loaded ? 'nothingHere' : 'loading')}</li>`}
            ${repeat(
              this.list,
              ({ id }) => id,
              (one) => row(one, {
                to: this.#address(one.id),
                shown: one.id === place.id,
                marked: this.#marks.several && this.#marks.has(one.id),
                claim: this.#claims.of([one['last-report'], one.id]) ?? one.claim,
                account: this.account,
                known,
                clicked: (event) => this.#clicked(event, one.id),
              }),
            )}
            ${this.next ? html`<li><button type="button" class="btn older" @click=${() => this.#load(this.next)}>${t('older')}</button></li>` : nothing}
          </ul>
          ${this.#outcome.view(() => this.#undo())}
          ${this.ranked && this.#tab === 'to-check' ? html`<p class="listfoot ranked muted">${t('machineRanks')}</p>` : nothing}
          <p class="listfoot line muted"><kbd>j</kbd><kbd>k</kbd>${t('move')}<span class="grow"></span>
            ${this.#marks.several ? html`<b role="status">${t('marked')(this.#marks.size)}</b><kbd>Esc</kbd>` : html`<kbd>Shift</kbd>${t('markMore')}`}</p>
        </section>
        ${place.id
          ? html`<kydai-incident
              .incidentId=${place.id}
              .reportId=${place.query.get('report')}
              .known=${known}
              .claims=${this.#claims}
              .account=${this.account}
              .marked=${place.id && this.#marks.has(place.id) ? this.#marks.without(place.id) : []}
              @decided=${({ detail }) => this.#decided(detail)}
              @merged=${() => this.#marks.clear()}
              @ruleschanged=${() => this.#learn()}
            ></kydai-incident>`
          : html`<section class="detail"><p class="empty">${this.list.length ? t('chooseOne') : this.loaded ? t('nothingHere') : nothing}</p></section>`}
      </div>
    `;
  }

  /** A thousand is that many or more. */
  #count = (tab) => (this.counts[tab] >= 1000 ? `${number(1000)}+` : number(this.counts[tab]));
}

customElements.define('kydai-incidents', IncidentsPage);

const STYLE = '/styles/incidents.css';
const page = elementPage('kydai-incidents', (element, place) => (element.place = place));

/** With the page's own style, which no other page loads. */
export const mount = (host, place) => {
  if (!document.head.querySelector(`link[href="${STYLE}"]`)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: STYLE }));
  }
  return page(host, place);
};
