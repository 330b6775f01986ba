/** Statistics: counts, occupancy, speeds and levels of service as charts and tables. */

import { LitElement, html, nothing } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { address, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { problemWords } from '../problems.js';
import { cameras, may, statistics, statisticsAddress } from '../server.js';
import { siteNow, siteZone } from '../site.js';
import { className } from '../i18n.js';
import { t } from '../words/statistics.js';
import { chart, chartStyle } from './chart.js';
import { QUANTITIES, aligned, peak, series, spans } from './data.js';
import { levels } from './levels.js';
import { number, percent, siteTime } from './format.js';

const MINUTES = { 5: 5, 15: 15, 60: 60, day: 1440 };
const STEPS = { 1: ['5', '15', '60'], 7: ['15', '60', 'day'], 30: ['60', 'day'] };
const REFRESH_MS = 60_000;

class StatisticsPage extends LitElement {
  static properties = { query: { state: true }, data: { state: true }, error: { state: true }, known: { state: true } };

  #charts = [];
  #timer;
  #asked = 0;

  createRenderRoot() {
    return this;
  }

  /** Takes the filters of the address. */
  show(query) {
    const days = [1, 7, 30].includes(Number(query.get('days'))) ? Number(query.get('days')) : 1;
    const step = STEPS[days].includes(query.get('step')) ? query.get('step') : days === 30 ? 'day' : '60';
    this.query = { days, step, camera: query.get('camera') ?? '', element: query.get('element') ?? '', class: query.get('class') ?? '' };
    this.#load();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#load(), REFRESH_MS);
    cameras().then((all) => (this.known = all), (error) => (this.error = problemWords(error)));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#close();
  }

  #close() {
    this.#charts.forEach((one) => one.close());
    this.#charts = [];
  }

  #parameters({ from, to }) {
    const { step, camera, element, class: label } = this.query;
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), step, cameras: camera, element, classes: label };
  }

  async #load() {
    const asked = ++this.#asked;
    const span = spans(this.query.days);
    try {
      const [now, before] = await Promise.all([span.now, span.before].map((one) => statistics(this.#parameters(one))));
      if (asked !== this.#asked) return;
      this.data = { now: now.elements, before: before.elements, span, step: this.query.step, days: this.query.days };
      this.error = undefined;
    } catch (error) {
      if (asked === this.#asked) this.error = problemWords(error);
    }
  }

  render() {
    if (!this.query) return nothing;
    return html`
      <section class="page statistics">
        ${this.#bar()}
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        <div class="stat-cards" aria-busy=${!this.data}>${this.data ? this.#cards() : html`<p class="muted">${t('loading')}</p>`}</div>
      </section>
    `;
  }

  #bar() {
    const { days, step, camera, element, class: label } = this.query;
    const elements = [...new Set((this.data?.now ?? []).map(({ id }) => id))].sort();
    if (element && !elements.includes(element)) elements.push(element);
    const classes = new Set((this.data?.now ?? []).flatMap(({ pieces }) => pieces.flatMap((one) => (one.counts ?? []).map((count) => count.class))));
    if (label) classes.add(label);
    const choice = (name, value, all, options) => html`
      <select class="in auto" aria-label=${t(name)} @change=${(event) => setQuery({ [{ classes: 'class' }[name] ?? name]: event.target.value || undefined })}>
        <option value="" ?selected=${!value}>${t(all)}</option>
        ${options.map(([id, words]) => html`<option value=${id} ?selected=${id === value}>${words}</option>`)}
      </select>
    `;
    const segment = (name, options, chosen, words) => html`
      <div class="seg" role="group" aria-label=${t(name)}>
        ${options.map((one) => html`
          <button type="button" class="btn" aria-pressed=${String(one) === String(chosen)} @click=${() => setQuery(name === 'span' ? { days: one, step: undefined } : { step: one })}>${words[one]}</button>
        `)}
      </div>
    `;
    const csv = statisticsAddress(this.#parameters(spans(days).now), true);
    return html`
      <header class="bar stat-bar">
        <h1>${t('statistics')}</h1>
        ${segment('span', [1, 7, 30], days, t('spans'))}
        ${choice('camera', camera, 'allCameras', (this.known ?? []).map(({ id, name }) => [id, name]))}
        ${choice('element', element, 'allElements', elements.map((id) => [id, id]))}
        ${choice('classes', label, 'allClasses', [...classes].sort().map((id) => [id, className(id)]))}
        ${segment('step', STEPS[days], step, t('steps'))}
        <span class="grow"></span>
        ${may('evidence') ? html`<a class="btn quiet" href=${address('desk-statistics')}>${t('desk')}</a>` : nothing}
        <a class="btn csv" download href=${csv}>${t('csv')}</a>
        <button type="button" class="btn quiet" @click=${() => this.#copy()}>${t('copyApi')}</button>
      </header>
    `;
  }

  async #copy() {
    await navigator.clipboard.writeText(new URL(statisticsAddress(this.#parameters(spans(this.query.days).now)), location).href);
    toast(t('copied'));
  }

  #cards() {
    const { now, before } = this.data;
    const shown = QUANTITIES.map((quantity) => [quantity, series(now, quantity), series(before, quantity)])
      .filter(([, one, other]) => one.size || other.size);
    if (!shown.length) return html`<p class="empty">${t('noStatistics')}</p>`;
    return html`${shown.map((one) => this.#card(...one))}${levels(now, this.data)}`;
  }

  #card(quantity, now, before) {
    const { step, days, span } = this.data;
    const title = t(`chart${quantity[0].toUpperCase()}${quantity.slice(1)}`)(t('per')[step]);
    const top = peak(now);
    const words = top ? t('peak')(number(top.value), siteTime(top.at, days === 1 ? 'hour' : 'full')) : '';
    return html`
      <section class="card stat-card" data-quantity=${quantity}>
        <div class="cardhead">
          <h2>${title}</h2>
          <span class="key now">${t('now')[days]}${days === 1 ? html`, ${t('untilNow')(siteTime(siteNow(), 'hour'))}` : nothing}</span>
          <span class="key before">${t('before')[days]}</span>
        </div>
        <p class="muted peak">${words} · ${t('zoneOf')(siteZone())}</p>
        <div class="plot" role="img" aria-label="${title}. ${words}" data-quantity=${quantity}></div>
        <details class="stat-table">
          <summary>${t('table')}</summary>
          <p class="hint">${t('tableHint')}</p>
          <div class="wide" tabindex="0" role="region" aria-label="${t('table')}: ${title}">${this.#table(quantity, now, before, span.shift)}</div>
        </details>
      </section>
    `;
  }

  #table(quantity, now, before, shift) {
    const times = [...new Set([...now.keys(), ...[...before.keys()].map((at) => at + shift)])].sort((one, other) => one - other);
    return html`
      <table class="t tight">
        <thead><tr>
          <th scope="col">${t('begin')}</th><th scope="col" class="num">${t('value')}</th>
          ${quantity === 'speed' ? html`<th scope="col" class="num">${t('percentile')}</th>` : nothing}
          <th scope="col" class="num">${t('valueBefore')}</th><th scope="col" class="num">${t('watched')}</th>
        </tr></thead>
        <tbody>${times.map((at) => {
          const one = now.get(at);
          return html`<tr>
            <th scope="row">${siteTime(at, 'full')}</th><td class="num">${number(one?.value)}</td>
            ${quantity === 'speed' ? html`<td class="num">${number(one?.percentile)}</td>` : nothing}
            <td class="num">${number(before.get(at - shift)?.value)}</td><td class="num">${one ? percent(one.watched) : ''}</td>
          </tr>`;
        })}</tbody>
      </table>
    `;
  }

  updated() {
    this.#close();
    if (!this.data) return;
    const { now, before, span, step, days } = this.data;
    for (const host of this.querySelectorAll('.plot')) {
      const data = aligned(series(now, host.dataset.quantity), series(before, host.dataset.quantity), span.now, span.shift, MINUTES[step]);
      this.#charts.push(chart(host, data, span.now, days > 1));
    }
  }
}

/** The name of a class of objects. */

customElements.define('kydai-statistics', StatisticsPage);

const page = elementPage('kydai-statistics', (element, { query }) => element.show(query));

export const mount = (host, place) => {
  chartStyle();
  return page(host, place);
};
