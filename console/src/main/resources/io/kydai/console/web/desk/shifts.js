/** The shifts: who is on duty when. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { t } from '../words/messages.js';
import { t as shared } from '../words/desk.js';
import { membership, named } from './membership.js';
import { RowsPage } from './rowspage.js';
import { DAYS, ticks } from './ticks.js';

const MEMBERS = ['accounts', 'roles', 'agencies'];

class ShiftsPage extends RowsPage {
  static properties = { whom: { state: true } };

  constructor() {
    super('shifts', 'shifts', { list: 'shifts', most: 200, add: () => t('addShift'), prefix: 'shift-', focus: 'name' });
    this.whom = { people: [], roles: [], agencies: [] };
  }

  async prepare() {
    this.whom = await membership();
  }

  hint() {
    return t('shiftsHint');
  }

  fresh(id) {
    return { id, name: '', from: '06:00', to: '14:00', accounts: [], roles: [], agencies: [] };
  }

  /** Lists of members are sent also where they are empty; no day at all is every day. */
  #edit(entries) {
    const changed = (shift) => {
      const { days, ...rest } = { ...shift, ...entries };
      return days?.length ? { ...rest, days } : rest;
    };
    this.change({ shifts: this.value.shifts.map((one, at) => (at === this.row ? changed(one) : one)) });
  }

  #members({ accounts, roles, agencies }) {
    const all = [...named(this.whom.people, accounts), ...named(this.whom.roles, roles), ...named(this.whom.agencies, agencies)];
    return all.length ? all.join(', ') : html`<span class="muted">${t('nobody')}</span>`;
  }

  form() {
    const { shifts } = this.value;
    const open = shifts[this.row];
    return html`
      <div class="card">
        <div class="cardhead">
          <h2>${t('shifts')}</h2>
          <button type="button" class="btn small add" ?disabled=${this.full} @click=${() => this.add()}>${icon('plus')}${t('addShift')}<kbd>n</kbd></button>
        </div>
        ${shifts.length ? this.#table(shifts) : html`<p class="muted">${t('noShifts')}</p>`}
      </div>
      ${open ? this.#one(open) : nothing}
    `;
  }

  #table(shifts) {
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('shifts')}>
        <table class="t table">
          <thead>
            <tr>
              <th scope="col">${t('shiftName')}</th>
              <th scope="col">${t('when')}</th>
              <th scope="col">${t('members')}</th>
            </tr>
          </thead>
          <tbody>
            ${shifts.map(
              (shift, row) => html`
                <tr data-row=${row} aria-current=${row === this.row ? 'true' : nothing}>
                  <th scope="row"><button type="button" class="btn quiet choose" aria-pressed=${row === this.row} @click=${() => this.select(row)}>${shift.name || shared('unnamed')}</button></th>
                  <td>${shift.days?.map((day) => shared('dayShort')[day]).join(', ') ?? t('everyDay')} · ${shift.from}–${shift.to}</td>
                  <td>${this.#members(shift)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #one(shift) {
    const text = (name, words, more) => html`
      <label>${words} <input class="in" name=${name} required maxlength=${more} autocomplete="off" spellcheck="false" .value=${shift[name]} aria-invalid=${this.invalid(this.row, name)} @input=${({ target }) => this.#edit({ [name]: target.value })} /></label>
    `;
    const time = (name) => html`
      <label>${t(name)} <input class="in" type="time" name=${name} required .value=${shift[name]} @change=${({ target }) => target.value && this.#edit({ [name]: target.value })} /></label>
    `;
    const lists = { accounts: ['people', this.whom.people], roles: ['roles', this.whom.roles], agencies: ['agencies', this.whom.agencies] };
    return html`
      <fieldset class="card one fields">
        <legend class="vh">${t('shiftNumber')(this.row + 1)}</legend>
        <h2 aria-hidden="true">${t('shiftNumber')(this.row + 1)}</h2>
        <div class="row-of">${text('name', t('shiftName'), 200)} ${text('id', t('id'), 63)} ${time('from')} ${time('to')}</div>
        <small class="muted">${t('toHint')}</small>
        ${ticks({ legend: shared('weekDays'), name: 'days', all: DAYS.map((id) => ({ id, words: shared('dayLong')[id] })), chosen: shift.days, edit: (days) => this.#edit({ days }) })}
        <small class="muted">${t('daysHint')}</small>
        ${MEMBERS.map((name) => {
          const [legend, all] = lists[name];
          return all.length || shift[name].length
            ? ticks({ legend: t(legend), name, all, chosen: shift[name], invalid: this.invalid(this.row, name), edit: (chosen) => this.#edit({ [name]: chosen }) })
            : nothing;
        })}
        <div><button type="button" class="btn danger remove" @click=${() => this.removeOpen()}>${t('removeShift')}</button></div>
      </fieldset>
    `;
  }
}

customElements.define('kydai-shifts', ShiftsPage);

export const mount = elementPage('kydai-shifts');
