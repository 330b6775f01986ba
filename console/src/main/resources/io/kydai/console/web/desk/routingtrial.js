/** "Where would this report go": asks the server by the table on the page, saved or not. */

import { LitElement, html, nothing } from 'lit';
import { deskTypes, typeName, zoned } from '../i18n.js';
import { fromField, toField } from '../sitetime.js';
import { problemWords } from '../problems.js';
import { cameras, tryRouting } from '../server.js';
import { t } from '../words/desk.js';
import { given } from './setting.js';

class RoutingTrial extends LitElement {
  static properties = {
    table: { attribute: false },
    agencies: { attribute: false },
    cameras: { state: true },
    answer: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.cameras = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  willUpdate(changed) {
    // An answer of another table would be a lie.
    if (changed.has('table')) this.answer = undefined;
  }

  async #load() {
    try {
      this.cameras = await cameras();
    } catch (error) {
      // Without the right to see cameras a report is tried without its place.
      console.info('no cameras to choose from', error);
    }
  }

  async #try(event) {
    event.preventDefault();
    const asked = new FormData(event.target);
    const { zone, desk, rules } = this.table;
    this.busy = true;
    this.error = undefined;
    this.answer = undefined;
    try {
      const at = fromField(asked.get('at'));
      this.answer = await tryRouting(given({ type: asked.get('type'), camera: asked.get('camera'), at, table: { zone, desk, rules } }));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #name(id) {
    return this.agencies.find((agency) => agency.id === id)?.name ?? id;
  }

  #why({ agency, rule }) {
    const row = this.table.rules.findIndex(({ id }) => id === rule);
    const wanted = row < 0 ? this.table.desk : this.table.rules[row].agency;
    const by = row < 0 ? t('noRuleHolds') : t('ruleHolds')(row + 1);
    return agency === wanted ? by : `${by} ${t('actsFor')(this.#name(wanted))}`;
  }

  render() {
    return html`
      <section class="card trial">
        <h2>${t('tryCase')}</h2>
        <form class="row-of" @submit=${(event) => this.#try(event)}>
          <label>
            ${t('type')}
            <select class="in" name="type">
              ${deskTypes().map((type) => html`<option value=${type}>${typeName(type)}</option>`)}
            </select>
          </label>
          <label>
            ${t('where')}
            <select class="in" name="camera">
              <option value="">${t('noPlace')}</option>
              ${this.cameras.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
            </select>
          </label>
          <label>${zoned(t('at'))} <input class="in" type="datetime-local" name="at" value=${toField(new Date().toISOString())} /></label>
          <button class="btn try" ?disabled=${this.busy}>${t('try')}</button>
        </form>
        <p class="warning" role="alert">${this.error ?? ''}</p>
        <div role="status">
          ${this.answer ? html`<p class="note teal"><b>${this.#name(this.answer.agency)}</b>. ${this.#why(this.answer)}</p>` : nothing}
        </div>
      </section>
    `;
  }
}

customElements.define('kydai-routing-trial', RoutingTrial);
