/** A month, with the days on which something was recorded of the chosen cameras, or they had alerts. */

import { LitElement, html } from 'lit';
import { icon } from '../frame/icons.js';
import { recordingDays } from '../server.js';
import { t } from '../words/playback.js';
import { dayStart, monthAfter, monthName, parts, weeks } from './days.js';

class Calendar extends LitElement {
  static properties = {
    /** Ids of cameras. */
    cameras: { attribute: false },
    /** The moment whose day is chosen, in milliseconds. */
    moment: { attribute: false },
    month: { state: true },
    days: { state: true },
    alerts: { state: true },
  };

  #of;
  #asked;

  constructor() {
    super();
    this.days = new Set();
    this.alerts = new Set();
  }

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    const own = parts(this.moment);
    // Playing over midnight, or going to another day, turns to its month; leafing through does not come back.
    if (!this.#of || monthName(this.#of) !== monthName(own)) {
      this.#of = own;
      this.month = { year: own.year, month: own.month };
    }
    this.#load();
  }

  async #load() {
    const key = `${this.cameras.join()} ${monthName(this.month)}`;
    if (key === this.#asked) return;
    this.#asked = key;
    this.days = new Set();
    this.alerts = new Set();
    const lists = await Promise.allSettled(this.cameras.map((id) => recordingDays(id, monthName(this.month))));
    if (key !== this.#asked) return;
    this.days = new Set(lists.flatMap(({ value }) => value?.days ?? []));
    this.alerts = new Set(lists.flatMap(({ value }) => value?.['alert-days'] ?? []));
  }

  #turn(step) {
    this.month = monthAfter(this.month, step);
  }

  #choose(day) {
    this.dispatchEvent(new CustomEvent('day', { detail: dayStart({ ...this.month, day }) }));
  }

  render() {
    const own = parts(this.moment);
    const here = own.year === this.month.year && own.month === this.month.month;
    return html`
      <div class="cardhead">
        <h2>${t('month')(this.month.month, this.month.year)}</h2>
        <button type="button" class="btn quiet icon small" aria-label=${t('monthBefore')} @click=${() => this.#turn(-1)}>${icon('previous')}</button>
        <button type="button" class="btn quiet icon small" aria-label=${t('monthAfter')} @click=${() => this.#turn(1)}>${icon('next')}</button>
      </div>
      <table class="cal">
        <caption class="vh">${t('calendar')}</caption>
        <thead><tr>${t('weekdays').map((day) => html`<th scope="col">${day}</th>`)}</tr></thead>
        <tbody>${weeks(this.month).map((week) => html`<tr>${week.map((day) => html`<td>${day ? this.#day(day, here && own.day === day) : ''}</td>`)}</tr>`)}</tbody>
      </table>
    `;
  }

  #day(day, chosen) {
    const has = this.days.has(day);
    const alerts = this.alerts.has(day);
    const words = t(has ? 'dayHas' : 'dayHasNot')(day, this.month.month);
    return html`<button type="button" class="${has ? 'has' : ''} ${alerts ? 'alerts' : ''}" aria-pressed=${chosen} aria-label=${alerts ? `${words}, ${t('dayAlerts')}` : words}
      @click=${() => this.#choose(day)}>${day}</button>`;
  }
}

customElements.define('kydai-calendar', Calendar);
