/** The routing table: the first row whose conditions all hold decides. Rows are ordered by keys or buttons. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { typeName } from '../i18n.js';
import { areas, deskSetting } from '../server.js';
import { t } from '../words/desk.js';
import { routingRow } from './routingrow.js';
import './routingtrial.js';
import { RowsPage } from './rowspage.js';

class RoutingPage extends RowsPage {
  static properties = { agencies: { state: true }, areas: { state: true } };

  constructor() {
    super('routing', 'routing', { list: 'rules', most: 2000, add: () => t('addRule'), ordered: true });
    this.agencies = [];
    this.areas = [];
  }

  async prepare() {
    const [known, where] = await Promise.all([deskSetting('agencies'), areas()]);
    this.agencies = known.agencies;
    this.areas = where;
  }

  hint() {
    return t('routingHint');
  }

  fresh(id) {
    return { id, agency: this.value.desk };
  }

  #agency(id) {
    return this.agencies.find((agency) => agency.id === id)?.name ?? id;
  }

  #area(id) {
    return this.areas.find((area) => area.id === id)?.name ?? id;
  }

  #when({ days, from, to }) {
    const parts = [days?.map((day) => t('dayShort')[day]).join(', '), from && `${from}–${to}`];
    return parts.filter(Boolean).join(' · ') || t('always');
  }

  form() {
    const { rules, desk, zone } = this.value;
    const open = rules[this.row];
    return html`
      <div class="card">
        <div class="cardhead">
          <h2>${t('firstWins')}</h2>
          <button type="button" class="btn small add" ?disabled=${this.full} @click=${() => this.add()}>${icon('plus')}${t('addRule')}<kbd>n</kbd></button>
        </div>
        <div class="wide" tabindex="0" role="group" aria-label=${t('routing')}>
          <table class="t table cards">
            <thead>
              <tr>
                <th scope="col">${t('order')}</th>
                <th scope="col">${t('ruleTypes')}</th>
                <th scope="col">${t('inAreas')}</th>
                <th scope="col">${t('when')}</th>
                <th scope="col">${t('goesTo')}</th>
                <th scope="col"><span class="vh">${t('changeOrder')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${rules.map((rule, row) => this.#line(rule, row))}
              <tr>
                <td class="muted">–</td>
                <th scope="row">${t('noRule')}</th>
                <td class="muted" data-label=${t('inAreas')}>${t('anywhere')}</td>
                <td class="muted" data-label=${t('when')}>${t('always')}</td>
                <td data-label=${t('goesTo')}>${this.#agency(desk)}</td>
                <td></td>
              </tr>
            </tbody>
          </table>
        </div>
      </div>
      ${open
        ? routingRow({
            rule: open,
            row: this.row,
            agencies: this.agencies,
            areas: this.areas,
            edit: (entries) => this.changeRow('rules', this.row, entries),
            remove: () => this.removeOpen(),
            invalid: (name) => this.invalid(this.row, name),
          })
        : nothing}
      <div class="row-of">
        <label>
          ${t('restGoesTo')}
          <select class="in" name="desk" @change=${({ target }) => this.change({ desk: target.value })}>
            ${this.agencies.some(({ id }) => id === desk) ? nothing : html`<option value=${desk} selected>${desk}</option>`}
            ${this.agencies.map(({ id, name }) => html`<option value=${id} .selected=${id === desk}>${name}</option>`)}
          </select>
        </label>
        <label>${t('zone')} <input class="in" name="zone" required maxlength="60" spellcheck="false" .value=${zone} @input=${({ target }) => this.change({ zone: target.value })} /></label>
      </div>
    `;
  }

  #line(rule, row) {
    const types = rule.types?.map(typeName).join(', ') ?? t('anyType');
    const last = this.value.rules.length - 1;
    return html`
      <tr data-row=${row} aria-current=${row === this.row ? 'true' : nothing}>
        <td class="muted">${row + 1}</td>
        <th scope="row"><button type="button" class="btn quiet choose" aria-pressed=${row === this.row} @click=${() => this.select(row)}>${types}</button></th>
        <td data-label=${t('inAreas')}>${rule.areas?.map((id) => this.#area(id)).join(', ') ?? html`<span class="muted">${t('anywhere')}</span>`}</td>
        <td data-label=${t('when')}>${this.#when(rule)}</td>
        <td data-label=${t('goesTo')}>${this.#agency(rule.agency)}</td>
        <td>
          <span class="line">
            <button type="button" class="btn quiet small icon" aria-label="${t('moveUp')}: ${row + 1}" ?disabled=${row === 0} @click=${() => this.move(row, row - 1)}>${icon('up')}</button>
            <button type="button" class="btn quiet small icon" aria-label="${t('moveDown')}: ${row + 1}" ?disabled=${row === last} @click=${() => this.move(row, row + 1)}>${icon('down')}</button>
          </span>
        </td>
      </tr>
    `;
  }

  beside() {
    return html`<kydai-routing-trial .table=${this.value} .agencies=${this.agencies}></kydai-routing-trial>`;
  }
}

customElements.define('kydai-routing', RoutingPage);

export const mount = elementPage('kydai-routing');
