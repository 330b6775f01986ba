/** The review desk: tabs of incidents at the left, the one that is decided on at the right. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { COLOURS } from '../alerts/priority.js';
import { status } from '../frame/icons.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { address, go } from '../frame/place.js';
import { number, time, typeName } from '../i18n.js';
import { problemWords } from '../problems.js';
import { agencies, cameras, events, incidentPage, may, mutes, rejectReasons, reports, session, verdicts } from '../server.js';
import { t } from '../words/incidents.js';
import { Claims } from './claims.js';
import './detail.js';
import { outbox } from './outbox.js';
import { Outcome } from './undo.js';

const TABS = ['to-check', 'mine', 'with-agency', 'done'];
const SHOWN = 100;
/** A flood of events asks for the list this often at most, in milliseconds. */
const AGAIN_MS = 300;
const WIDE = matchMedia('(min-width: 62.01rem)');

class IncidentsPage extends LitElement {
  static properties = {
    place: { attribute: false },
    list: { state: true },
    counts: { state: true },
    next: { state: true },
    known: { state: true },
    error: { state: true },
    account: { state: true },
  };

  #abort;
  #timer;
  #asked = 0;
  #claims;
  #outcome;
  /** Incidents that were decided on here, with how many reports they had then. */
  #disposed = new Map();

  constructor() {
    super();
    this.list = [];
    this.known = { cameras: [], reasons: [], verdicts: [], mutes: [], agencies: [], earlier: [] };
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
    outbox.addEventListener('done', () => this.#soon(), { signal });
    outbox.addEventListener('refused', ({ detail }) => this.#disposed.delete(detail.decision.of.incident), { signal });
    for (const event of ['report', 'report-removed', 'reports-removed']) events.addEventListener(event, () => this.#soon(), { signal });
    events.addEventListener('hello', () => this.#load(), { signal });
    onKeys({ j: () => this.#step(1), k: () => this.#step(-1), ArrowDown: () => this.#step(1), ArrowUp: () => this.#step(-1), z: () => this.#undo() }, signal);
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
    address('incidents', id, { tab: tab === 'to-check' ? '' : tab, camera: this.place.query.get('camera') ?? '', type: this.place.query.get('type') ?? '' });

  /** What the rows and the decision are worded with; each may be lacking. */
  async #learn() {
    const asked = { reasons: rejectReasons, verdicts, mutes, agencies, ...(may('live') ? { cameras } : {}) };
    await Promise.all(
      Object.entries(asked).map(async ([key, fetch]) => {
        try {
          this.known = { ...this.known, [key]: await fetch() };
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
    const of = (place) => ['tab', 'camera', 'type'].map((key) => place?.query.get(key) ?? '').join(' ');
    if (!before || of(before) !== of(this.place)) this.#load();
    if (before?.id && !this.place.id) this.#claims.show(undefined);
    if (before?.id !== this.place.id) this.#earlier();
  }

  updated(changed) {
    if (changed.has('place')) this.querySelector('.item[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#load();
    }, AGAIN_MS);
  }

  async #load(cursor) {
    const turn = ++this.#asked;
    const { query } = this.place;
    try {
      const page = await incidentPage({ tab: this.#tab, camera: query.get('camera'), type: query.get('type'), limit: SHOWN, cursor });
      if (turn !== this.#asked) return;
      this.list = cursor ? [...this.list, ...page.incidents] : page.incidents;
      this.counts = page.counts;
      this.next = page.next;
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

  /** The first incident from a row on, then from the top, on which nobody decided here yet. */
  #waiting(from) {
    const open = (row) => this.#disposed.get(row.id) !== row.reports;
    return this.list.slice(from).find(open) ?? this.list.find(open);
  }

  #open(row, replace = false) {
    if (row) go(this.#address(row.id), { replace });
  }

  #step(step) {
    const at = this.list.findIndex(({ id }) => id === this.place.id);
    this.#open(this.list[Math.min(this.list.length - 1, Math.max(0, at + step))]);
  }

  #decided({ id, reports: count }) {
    this.#disposed.set(id, count);
    const at = this.list.findIndex((row) => row.id === id);
    const next = this.#waiting(at + 1);
    if (next) this.#open(next);
    else go(this.#address(undefined));
  }

  #undo() {
    const incident = this.#outcome.undo();
    if (!incident) return;
    this.#disposed.delete(incident);
    go(this.#address(incident, 'to-check'));
  }

  render() {
    const { place } = this;
    const known = { ...this.known, tab: this.#tab === 'to-check' ? '' : this.#tab };
    if (!known.reasons.length) known.reasons = t('reasons').map((reason, at) => ({ digit: at + 1, vi: reason, en: reason }));
    return html`
      <div class="bar">
        <h1>${t('incidents')}</h1>
        <nav class="tabs" aria-label=${t('tabs')}>
          ${TABS.map(
            (tab) => html`<a href=${this.#address(undefined, tab)} aria-current=${tab === this.#tab ? 'page' : nothing} data-tab=${tab}>
              ${t(`tab_${tab}`)} ${this.counts ? html`<span class="count ${tab === 'to-check' && this.counts[tab] ? 'red' : ''}">${this.#count(tab)}</span>` : nothing}</a>`,
          )}
        </nav>
        <span class="grow"></span>
        ${['camera', 'type'].map((key) =>
          place.query.get(key)
            ? html`<a class="chip on" href=${address('incidents', undefined, { tab: known.tab })}>${t(key)}: ${place.query.get(key)} ×</a>`
            : nothing,
        )}
      </div>
      <div class="review ${place.id ? 'one' : ''}">
        <section class="pane" aria-label=${t('incidentList')}>
          ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
          <ul class="rows scroll" tabindex="0" aria-label=${t(`tab_${this.#tab}`)}>
            ${this.counts && !this.list.length ? html`<li class="empty">${t('nothingHere')}</li>` : nothing}
            ${repeat(this.list, ({ id }) => id, (row) => this.#row(row))}
            ${this.next ? html`<li><button type="button" class="btn older" @click=${() => this.#load(this.next)}>${t('older')}</button></li>` : nothing}
          </ul>
          ${this.#outcome.view(() => this.#undo())}
          <p class="listfoot line muted"><kbd>j</kbd><kbd>k</kbd>${t('move')}</p>
        </section>
        ${place.id
          ? html`<kydai-incident
              .incidentId=${place.id}
              .reportId=${place.query.get('report')}
              .known=${known}
              .claims=${this.#claims}
              .account=${this.account}
              @decided=${({ detail }) => this.#decided(detail)}
              @ruleschanged=${() => this.#learn()}
            ></kydai-incident>`
          : html`<section class="detail"><p class="empty">${this.list.length ? t('chooseOne') : t('nothingHere')}</p></section>`}
      </div>
    `;
  }

  /** A thousand is that many or more. */
  #count = (tab) => (this.counts[tab] >= 1000 ? `${number(1000)}+` : number(this.counts[tab]));

  #row(row) {
    const { id, camera, rule, type, priority, reports: count } = row;
    const claim = this.#claims.of([row['last-report'], id]) ?? row.claim;
    const live = claim && Date.parse(claim.until) > Date.now();
    const own = claim?.['holder-id'] === this.account?.id;
    const verdict = this.known.verdicts.find((one) => one.camera === camera && one.rule === rule);
    const span = count > 1 && time(row['first-at']) !== time(row['last-at']) ? `${time(row['first-at'])}–${time(row['last-at'])}` : time(row['first-at']);
    return html`
      <li>
        <a class="item incident" href=${this.#address(id)} aria-current=${id === this.place.id} data-incident=${id}>
          ${status(priority, COLOURS[priority], t(`priority_${priority}`))}
          <span class="cut">
            <span class="l1"><span class="cut">${typeName(type)}</span>${count > 1 ? html`<span class="count" aria-label=${t('reportCount')(count)}>×${count}</span>` : nothing}</span>
            <span class="l2 cut">${this.known.cameras.find((one) => one.id === camera)?.name ?? camera} · ${rule}</span>
            <span class="l3">
              ${live ? html`<span class="s ${own ? 'teal' : 'plain'} cut">${own ? t('youHold') : t('holds')(claim.holder)}</span>` : nothing}
              ${verdict?.['often-rejected'] ? html`<span class="s amber">${t('oftenWrong')} ${number(Math.round(verdict['rejected-share'] * 100))} %</span>` : nothing}
              <time datetime=${row['last-at']}>${span}</time>
            </span>
          </span>
        </a>
      </li>
    `;
  }
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
