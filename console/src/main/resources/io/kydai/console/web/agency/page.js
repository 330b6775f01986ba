/** The work of an agency's officer: the list by deadline, and one report with what to do next. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../frame/icons.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { address, go, setQuery } from '../frame/place.js';
import { problemWords } from '../problems.js';
import { agencies, events, report as fetchReport, session } from '../server.js';
import { t } from '../words/agency.js';
import { TABS, inOrder, reportsOf, tabOf, under } from './data.js';
import './one.js';
import { outbox } from './outbox.js';
import { row } from './row.js';

/** How often the time that is left is written anew, in milliseconds. */
const CLOCK_MS = 30_000;

/** From this width on, list and report stand beside each other. */
const WIDE = matchMedia('(min-width: 62rem)');

class AgencyPage extends LitElement {
  static properties = {
    place: { attribute: false },
    agency: { state: true },
    /** The agencies of the site, as far as they are known. */
    all: { state: true },
    error: { state: true },
    loaded: { state: true },
  };

  /** Every report that is known, by id. */
  #known = new Map();
  #more = new Set();
  #abort;
  #own;

  constructor() {
    super();
    this.agency = '';
    this.all = [];
    this.loaded = new Set();
  }

  createRenderRoot() {
    return this;
  }

  get #tab() {
    const asked = this.place.query.get('tab');
    return Object.hasOwn(TABS, asked ?? '') ? asked : 'todo';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('hello', () => this.#reload(), { signal });
    events.addEventListener('report', ({ detail }) => this.#changed(detail.report), { signal });
    events.addEventListener('report-removed', ({ detail }) => this.#drop((one) => one.id === detail.id), { signal });
    events.addEventListener('reports-removed', ({ detail }) => this.#drop((one) => one.camera === detail.camera), { signal });
    outbox.addEventListener('change', () => this.requestUpdate(), { signal });
    outbox.addEventListener('sent', ({ detail }) => detail.report && this.#put(detail.report), { signal });
    document.addEventListener('languagechange', () => this.requestUpdate(), { signal });
    onKeys(
      {
        j: () => this.#step(1),
        k: () => this.#step(-1),
        Escape: () => this.place.id && go(address('agency', undefined, { tab: this.place.query.get('tab') ?? '' })),
      },
      signal,
    );
    listKeys(() => [[['j', 'k'], t('nextPrevious')], [['Esc'], t('backToList')]], signal);
    const clock = setInterval(() => this.requestUpdate(), CLOCK_MS);
    signal.addEventListener('abort', () => clearInterval(clock));
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  /** Reports first, the agency's name afterwards: a slow line brings one after the other. */
  async #begin() {
    const { account } = await session;
    this.#own = account?.agency;
    this.agency = this.#own ?? t('allAgencies');
    await this.#load(this.#tab);
    try {
      this.all = await agencies();
      this.agency = this.#name(this.#own) ?? this.agency;
    } catch (error) {
      console.info('the agencies have no names yet', error);
    }
  }

  #name = (agency) => this.all.find(({ id }) => id === agency)?.name;

  /** What a report's agency is called where it is not the own one, but one below it. */
  #below = ({ agency }) => (agency && agency !== this.#own ? (this.#name(agency) ?? agency) : undefined);

  willUpdate(changed) {
    if (changed.has('place') && this.#own !== undefined && !this.loaded.has(this.#tab)) this.#load(this.#tab);
  }

  /** Where there is room for both, the first report is beside the list. */
  updated() {
    const first = this.#list(this.#tab)[0];
    if (WIDE.matches && !this.place.id && first) go(this.#to(first.id), { replace: true });
  }

  async #load(tab) {
    try {
      const { reports, more } = await reportsOf(tab, this.#own);
      for (const [id, one] of this.#known) if (tabOf(one) === tab) this.#known.delete(id);
      for (const one of reports) this.#known.set(one.id, one);
      if (more) this.#more.add(tab);
      else this.#more.delete(tab);
      this.loaded = new Set([...this.loaded, tab]);
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #reload() {
    if (this.#own === undefined && !this.loaded.size) return;
    for (const tab of new Set([...this.loaded, this.#tab])) this.#load(tab);
  }

  /** Events have no place of the report; it is asked for where it is not known. */
  async #changed(report) {
    if (this.#own && !under(this.#own, this.all).has(report.agency)) {
      this.#drop(({ id }) => id === report.id);
      return;
    }
    if (!tabOf(report)) {
      this.#drop(({ id }) => id === report.id);
      return;
    }
    const where = this.#known.get(report.id)?.where;
    try {
      this.#put(where ? { ...report, where } : await fetchReport(report.id));
    } catch (error) {
      console.info('a report is not there', error);
    }
  }

  #put(report) {
    if (!tabOf(report)) return;
    this.#known.set(report.id, { where: this.#known.get(report.id)?.where, ...report });
    this.requestUpdate();
  }

  #drop(gone) {
    for (const [id, one] of this.#known) if (gone(one)) this.#known.delete(id);
    this.requestUpdate();
  }

  #list(tab) {
    return [...this.#known.values()].filter((one) => tabOf(one) === tab).sort(inOrder(tab));
  }

  #to(id) {
    return address('agency', id, { tab: this.#tab === 'todo' ? '' : this.#tab });
  }

  #step(step) {
    const list = this.#list(this.#tab);
    if (!list.length) return;
    const at = list.findIndex(({ id }) => id === this.place.id);
    go(this.#to(list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + step))].id));
  }

  render() {
    const { id, query } = this.place;
    return html`
      <div class="ag ${id ? 'one' : ''}">
        <h1 class="vh">${t('workOf')(this.agency)}</h1>
        ${this.#net()}
        <div class="agmain">
          <section class="aglist" aria-label=${t('list')}>
            <p class="agname cut">${this.agency}</p>
            ${this.#tabs()} ${this.#rows()}
          </section>
          ${id
            ? html`<kydai-agency-report
                .reportId=${id}
                .known=${this.#known.get(id)}
                .agencies=${this.all}
                .below=${this.#known.has(id) ? this.#below(this.#known.get(id)) : undefined}
                .doing=${query.get('do') ?? ''}
                .back=${{ to: address('agency', undefined, { tab: query.get('tab') ?? '' }), words: t('backTo')(t(`tab_${this.#tab}`)) }}
                @ask=${({ detail }) => setQuery({ do: detail || undefined })}
                @loaded=${({ detail }) => this.#put(detail)}
              ></kydai-agency-report>`
            : html`<p class="empty agnone">${icon('pointer')}<b>${t('choose')}</b></p>`}
        </div>
      </div>
    `;
  }

  /** Says what waits for the network, and that nothing is lost. */
  #net() {
    const waits = outbox.slow ? outbox.waiting.length : 0;
    return html`
      <div class="agnet-at" role="status">
        ${waits || this.error
          ? html`<p class="agnet">
              ${icon('net')}<span><b>${waits ? t('slow') : this.error}</b> ${waits ? t('slowWaits')(waits) : t('slowList')}</span>
            </p>`
          : nothing}
      </div>
    `;
  }

  #tabs() {
    return html`
      <nav class="tabs" aria-label=${t('list')}>
        ${Object.keys(TABS).map(
          (tab) => html`
            <a
              href=${address('agency', undefined, { tab: tab === 'todo' ? '' : tab })}
              data-tab=${tab}
              aria-current=${tab === this.#tab ? 'true' : nothing}
              >${t(`tab_${tab}`)}${this.loaded.has(tab)
                ? html`<span class="count ${tab === 'todo' ? 'amber' : ''}">${this.#list(tab).length}${this.#more.has(tab) ? '+' : ''}</span>`
                : nothing}</a
            >
          `,
        )}
      </nav>
    `;
  }

  #rows() {
    const list = this.#list(this.#tab);
    if (!this.loaded.has(this.#tab) && !list.length) {
      return html`<p class="pad muted">${this.error ? nothing : t('loading')}</p>`;
    }
    if (!list.length) return html`<p class="empty">${icon('tick')}<b>${t(`none_${this.#tab}`)}</b></p>`;
    return html`
      <ul class="rows">
        ${repeat(
          list,
          ({ id }) => id,
          (report) => html`<li>${row(report, this.#to(report.id), report.id === this.place.id, this.#below(report))}</li>`,
        )}
      </ul>
      ${this.#more.has(this.#tab) ? html`<p class="pad muted">${t('moreThere')}</p>` : nothing}
    `;
  }
}

customElements.define('kydai-agency', AgencyPage);

// Its style is loaded with the page: whoever has no agency does not need it.
const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = '/styles/agency.css';
const styled = new Promise((done) => (style.onload = style.onerror = done));
document.head.append(style);
await styled;

export const mount = elementPage('kydai-agency', (element, place) => (element.place = place));
