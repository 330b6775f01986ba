/** The search: what is found stands beside the conditions, which are in the address. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { address, go, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { byName, currentLanguage } from '../i18n.js';
import { problemWords } from '../problems.js';
import { agencies, areas, cameras, events, may, removeSearch, saveSearch, savedSearches, searchExport, searchReports } from '../server.js';
import { siteNow } from '../site.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/search.js';
import { NAMES, conditionWords, conditionsOf, sent } from './conditions.js';
import { filterForm, savedList } from './filters.js';
import { plateIn } from './platelike.js';
import { givePlateReason, plateReason } from './reason.js';
import { results } from './results.js';
import { style } from './style.js';

const PAGE = 50;

/** The files that can be made of what is found. */
const FORMATS = ['csv', 'xlsx', 'pdf'];

class SearchPage extends LitElement {
  static properties = {
    conditions: { state: true },
    found: { state: true },
    next: { state: true },
    chosen: { state: true },
    known: { state: true },
    searches: { state: true },
    busy: { state: true },
    error: { state: true },
    wrong: { state: true },
    naming: { state: true },
  };

  #asked = 0;
  #ended;

  /** On a narrow page the conditions are folded, so that what is found is seen. */
  #wide = matchMedia('(min-width: 62.01rem)');

  constructor() {
    super();
    this.found = [];
    this.searches = [];
    this.known = { cameras: [], groups: [], areas: [], agencies: [] };
  }

  createRenderRoot() {
    return this;
  }

  /** Takes the conditions of the address. */
  show(query) {
    this.conditions = conditionsOf(query);
    this.#load();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    onKeys({ '/': () => this.querySelector('[name=text]').focus(), j: () => this.#step(1), k: () => this.#step(-1) }, signal);
    listKeys(() => [[['/'], t('keysFind')], [['j', 'k'], t('keysMove')]], signal);
    events.addEventListener('report', ({ detail }) => this.#put(detail.report), { signal });
    events.addEventListener('report-removed', ({ detail }) => this.#drop((one) => one.id === detail.id), { signal });
    events.addEventListener('reports-removed', ({ detail }) => this.#drop((one) => one.camera === detail.camera), { signal });
    this.#wide.addEventListener('change', () => (this.querySelector('.search-side').open = this.#wide.matches), { signal });
    this.#prepare();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ended.abort();
  }

  /** What can be chosen; a search works without it. */
  async #prepare() {
    const [seen, where, who, kept] = await Promise.allSettled([may('live') ? cameras() : [], areas(), agencies(), savedSearches()]);
    const list = seen.value ?? [];
    this.known = {
      cameras: list.map(({ id, name }) => ({ id, name })),
      groups: [...new Set(list.flatMap(({ groups }) => groups ?? []))].sort(byName).map((id) => ({ id })),
      areas: where.value ?? [],
      agencies: who.value ?? [],
    };
    this.searches = kept.value ?? [];
  }

  /** A row keeps its place while its report changes. */
  #put(report) {
    this.found = this.found.map((one) => (one.id === report.id ? { ...one, ...report, where: one.where } : one));
  }

  #drop(gone) {
    this.found = this.found.filter((one) => !gone(one));
  }

  async #load(cursor) {
    const asked = ++this.#asked;
    this.error = undefined;
    this.wrong = undefined;
    if (this.conditions.plate && !plateReason()) {
      this.found = [];
      this.next = undefined;
      this.busy = false;
      return;
    }
    this.busy = true;
    try {
      const page = await searchReports({ ...sent(this.conditions, plateReason()), limit: PAGE, cursor });
      if (asked !== this.#asked) return;
      this.found = cursor ? [...this.found, ...page.reports] : page.reports;
      this.next = page.next;
    } catch (error) {
      if (asked !== this.#asked) return;
      if (!cursor) this.found = [];
      this.wrong = error.field;
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  async #step(by) {
    const at = this.found.findIndex(({ id }) => id === this.chosen);
    const to = this.found[at < 0 ? 0 : Math.min(this.found.length - 1, Math.max(0, at + by))];
    if (!to) return;
    this.chosen = to.id;
    await this.updateComplete;
    this.querySelector(`[data-report="${to.id}"] a`).focus();
  }

  #change(changes) {
    setQuery(changes, { replace: false });
  }

  #giveReason(words) {
    givePlateReason(words);
    this.requestUpdate();
    this.#load();
  }

  render() {
    if (!this.conditions) return nothing;
    const { conditions, known } = this;
    return html`
      <section class="search-page">
        ${this.#bar()}
        <div class="search-body">
          <details class="search-side" ?open=${this.#wide.matches}>
            <summary>${t('filters')}</summary>
            ${savedList(this.searches, (search) => same(search.filter, conditions), (search) => go(address('search', undefined, search.filter)), (search) => this.#remove(search))}
            ${filterForm(conditions, known, { reason: plateReason(), wrong: this.wrong }, (changes) => this.#change(changes), (words) => this.#giveReason(words))}
          </details>
          <div class="search-found" aria-busy=${Boolean(this.busy)}>${this.#summary()} ${this.#table()}</div>
        </div>
      </section>
    `;
  }

  #bar() {
    return html`
      <header class="bar search-bar">
        <h1>${t('title')}</h1>
        <form class="search" role="search" @submit=${(event) => this.#words(event)}>
          ${icon('search')}
          <input class="in" type="search" name="text" maxlength="200" autocomplete="off" aria-label=${t('words')} aria-keyshortcuts="/" .value=${this.conditions.text ?? ''} />
          <kbd aria-hidden="true">/</kbd>
        </form>
        <span class="muted no-accents">${t('noAccents')}</span>
        <span class="grow"></span>
        <button type="button" class="btn quiet copy" @click=${() => this.#copy()}>${icon('copy')}${t('copyLink')}</button>
        ${this.naming ? this.#naming() : html`<button type="button" class="btn save" @click=${() => this.#name()}>${t('saveSearch')}</button>`}
        ${may('trace-plates') && this.conditions.plate && !/[?*]/.test(this.conditions.plate) ? html`<a class="btn route" href=${this.#route()}>${icon('route')}${t('route')}</a>` : nothing}
        ${this.conditions.plate && !plateReason()
          ? nothing
          : html`
              <span class="files seg" role="group" aria-label=${t('asFile')}>
                ${FORMATS.map((format, at) => html`
                  <a class="btn ${format}" download title=${t('fileOf')[format]}
                    href=${searchExport({ ...sent(this.conditions, plateReason()), format, language: currentLanguage() })}>${at ? nothing : icon('download')}${format.toUpperCase()}</a>
                `)}
              </span>
            `}
      </header>
    `;
  }

  /** To where this plate was read, in the span of this search; a week where it has none. */
  #route() {
    const { plate, from, until } = sent({ span: this.conditions.from ? undefined : '168', ...this.conditions });
    return address('plate-route', undefined, { plate, from, until: until ?? new Date(siteNow()).toISOString() });
  }

  #naming() {
    return html`
      <form class="line naming" ${typed('search-name')} @submit=${(event) => this.#save(event)}>
        <input class="in" name="name" required maxlength="100" autocomplete="off" aria-label=${t('saveAs')} placeholder=${t('saveAs')}
          @keydown=${(event) => event.key === 'Escape' && (this.naming = false)} />
        <button class="btn primary">${t('save')}</button>
      </form>
    `;
  }

  async #name() {
    this.naming = true;
    await this.updateComplete;
    this.querySelector('[name=name]').focus();
  }

  async #save(event) {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    try {
      this.searches = [...this.searches, await saveSearch({ name, filter: this.conditions })];
      forget('search-name');
      this.naming = false;
      toast(t('searchSaved')(name));
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #remove(search) {
    try {
      await removeSearch(search.id);
      this.searches = this.searches.filter(({ id }) => id !== search.id);
      toast(t('searchRemoved')(search.name), () => this.#again(search));
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #again({ name, filter }) {
    try {
      this.searches = [...this.searches, await saveSearch({ name, filter })];
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #words(event) {
    event.preventDefault();
    this.#change({ text: event.target.elements.text.value.trim() || undefined });
  }

  async #copy() {
    await navigator.clipboard.writeText(location.href);
    toast(t('copied'));
  }

  #summary() {
    const chips = NAMES.filter((name) => this.conditions[name]);
    return html`
      <div class="search-summary">
        <p role="status">${this.busy ? t('searching') : html`<b>${t('found')(this.found.length, Boolean(this.next))}</b>`}</p>
        <span class="grow"></span>
        ${chips.map((name) => {
          const words = conditionWords(name, this.conditions[name], this.known);
          return html`<button type="button" class="chip on" data-condition=${name} aria-label=${t('without')(words)} @click=${() => this.#change({ [name]: undefined })}>${words}${icon('close')}</button>`;
        })}
        ${chips.length > 1 ? html`<button type="button" class="btn quiet small clear" @click=${() => go(address('search'))}>${t('clear')}</button>` : nothing}
      </div>
      ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
      ${this.#plateOffer()}
      ${this.conditions.plate && !plateReason() ? html`<p class="note amber needs-reason" role="alert">${t('reasonNeeded')}</p>` : nothing}
    `;
  }

  /** Words find no plates: one that was typed as a word leads to the search by plate. */
  #plateOffer() {
    const plate = plateIn(this.conditions.text);
    if (!plate) return nothing;
    return html`<p class="note amber plate-offer">${t('looksLikePlate')}
      <button type="button" class="btn small" @click=${() => this.#change({ plate, text: undefined })}>${t('searchPlate')(plate)}</button></p>`;
  }

  #table() {
    if (!this.found.length) {
      return this.busy || this.error || (this.conditions.plate && !plateReason()) ? nothing : html`<p class="empty">${t('nothing')}</p>`;
    }
    return html`
      <div class="wide" tabindex="0" role="region" aria-label=${t('results')}>${results(this.found, this.chosen, this.known.agencies)}</div>
      ${this.next ? html`<p class="further"><button type="button" class="btn" ?disabled=${this.busy} @click=${() => this.#load(this.next)}>${t('further')}</button></p>` : nothing}
    `;
  }
}

/** Whether two searches have the same conditions. */
const same = (one, other) => NAMES.every((name) => (one[name] ?? '') === (other[name] ?? ''));

customElements.define('kydai-search', SearchPage);

const page = elementPage('kydai-search', (element, { query }) => element.show(query));

export const mount = (host, place) => {
  style();
  return page(host, place);
};
