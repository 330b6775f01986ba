/** Looks for the times in which something moved in a region of one camera's picture. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { date } from '../i18n.js';
import { problemWords } from '../problems.js';
import { searchActivity } from '../server.js';
import { siteNow } from '../site.js';
import { midnight } from '../statistics/data.js';
import { t } from '../words/playback.js';
import { exactTime } from './days.js';

const CLASSES = ['person', 'bicycle', 'motorcycle', 'car', 'bus', 'truck', 'other'];
/** How many days up to the one that is shown. */
const DAYS = [1, 7, 31];

class MotionSearch extends LitElement {
  static properties = {
    camera: { attribute: false },
    name: { attribute: false },
    /** The moment whose day is shown, in milliseconds. */
    moment: { attribute: false },
    /** The region's corners; undefined where none is drawn. */
    region: { attribute: false },
    drawing: { type: Boolean },
    days: { state: true },
    classes: { state: true },
    found: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  #abort;
  #span;

  constructor() {
    super();
    this.days = 1;
    this.classes = new Set();
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  willUpdate(changed) {
    if (!changed.has('camera') && !changed.has('region')) return;
    this.#abort?.abort();
    this.busy = false;
    this.found = undefined;
  }

  #draw() {
    this.dispatchEvent(new CustomEvent('draw', { detail: !this.drawing }));
  }

  /** @param {string} [from] where to go on */
  async #search(from) {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    if (!from) {
      const to = Math.min(midnight(this.moment, 1), siteNow());
      this.#span = { from: new Date(midnight(this.moment, 1 - this.days)).toISOString(), to: new Date(to).toISOString() };
      this.found = undefined;
    }
    this.busy = true;
    this.error = undefined;
    try {
      const answer = await searchActivity(this.camera, { ...this.#span, from: from ?? this.#span.from, region: this.region, classes: [...this.classes] }, abort.signal);
      this.found = from ? { ...answer, moments: [...this.found.moments, ...answer.moments] } : answer;
    } catch (error) {
      if (abort.signal.aborted) return;
      if (error.status === 404) this.found = { moments: [], more: false };
      else this.error = problemWords(error);
    }
    this.busy = false;
    await this.updateComplete;
    this.querySelector('.moments button')?.scrollIntoView({ block: 'nearest' });
  }

  #toggle(name) {
    const classes = new Set(this.classes);
    if (!classes.delete(name)) classes.add(name);
    this.classes = classes;
  }

  #go(moment) {
    this.dispatchEvent(new CustomEvent('moment', { detail: Date.parse(moment.from) }));
  }

  render() {
    return html`
      <section class="motion" aria-label=${t('search')}>
        <h2>${t('search')}</h2>
        <p class="muted">${t('searchHow')(this.name)}</p>
        <p class="line wrap">
          <button type="button" class="btn" aria-pressed=${this.drawing} @click=${() => this.#draw()}>${t(this.region ? 'drawAgain' : 'draw')}</button>
          <select class="in auto" aria-label=${t('searchSpan')} @change=${({ target }) => (this.days = Number(target.value))}>
            ${DAYS.map((one) => html`<option value=${one} ?selected=${one === this.days}>${t('searchDays')[one]}</option>`)}
          </select>
        </p>
        <fieldset class="line wrap kinds"><legend class="vh">${t('searchClasses')}</legend>
          ${CLASSES.map((name) => html`<label class="line"><input type="checkbox" name=${name} .checked=${this.classes.has(name)} @change=${() => this.#toggle(name)}>${t('classes')[name]}</label>`)}
        </fieldset>
        <button type="button" class="btn primary" ?disabled=${!this.region} @click=${() => this.#search()}>${icon('search')}${t('searchGo')}</button>
        <div role="status">
          ${this.busy ? html`<p class="muted">${t('searching')}</p>` : nothing}
          ${this.error ? html`<p class="warning">${this.error}</p>` : nothing}
          ${this.found && !this.busy ? html`<p class="muted">${t('foundMoments')(this.found.moments.length)}</p>` : nothing}
        </div>
        ${this.found?.moments.length
          ? html`<ol class="moments">${this.found.moments.map((one) => this.#moment(one))}</ol>
              ${this.found.more ? html`<button type="button" class="btn quiet" @click=${() => this.#search(this.found['searched-to'])}>${t('searchMore')}</button>` : nothing}`
          : nothing}
      </section>
    `;
  }

  #moment(one) {
    const [from, to] = [Date.parse(one.from), Date.parse(one.to)];
    return html`<li><button type="button" class="btn quiet" @click=${() => this.#go(one)}>
      <b>${this.days > 1 ? `${date(from).slice(0, 5)} ` : ''}${exactTime(from).slice(0, 8)}</b><span class="muted">${t('seconds')(Math.round((to - from) / 1000))}</span>
      <span>${Object.entries(one.objects).map(([name, count]) => t('objects')[name](count)).join(', ')}</span>
    </button></li>`;
  }
}

customElements.define('kydai-motion-search', MotionSearch);
