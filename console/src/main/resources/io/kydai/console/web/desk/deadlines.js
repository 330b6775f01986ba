/** The deadline plan: rows of which the first that matches sets a deadline, and the working calendars they count in. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { number, typeName } from '../i18n.js';
import { t } from '../words/deadlines.js';
import { t as shared } from '../words/desk.js';
import { calendarForm, dayShown } from './calendarform.js';
import { deadlineRow } from './deadlinerow.js';
import './deadlinetrial.js';
import { hoursOf } from './durations.js';
import { RowsPage } from './rowspage.js';
import { given } from './setting.js';

const MOST_CALENDARS = 100;

class DeadlinesPage extends RowsPage {
  static properties = { open: { state: true } };

  constructor() {
    super('deadlines', 'deadlines', { list: 'rules', most: 500, add: () => t('addRule'), ordered: true });
    this.open = 0;
  }

  /** The proposals that nobody has stored are not in force, and can be stored as they are. */
  get unsaved() {
    return super.unsaved || this.stored?.version === 0;
  }

  hint() {
    return t('hint');
  }

  fresh(id) {
    const rule = { id, stage: 'handle', within: 'PT8H', remind: 'PT1H', escalate: 'PT8H', source: '', verified: false };
    return whole(given({ ...rule, calendar: this.value.calendars[0]?.id }));
  }

  #edit(entries) {
    this.change({ rules: this.value.rules.map((rule, at) => (at === this.row ? whole(given({ ...rule, ...entries })) : rule)) });
  }

  form() {
    const { rules, calendars, zone } = this.value;
    const rule = rules[this.row];
    return html`
      ${this.stored.version === 0 ? html`<p class="note amber not-stored">${t('notStored')}</p>` : nothing}
      ${this.#table(rules)}
      ${rule
        ? deadlineRow({
            rule,
            row: this.row,
            calendars,
            edit: (entries) => this.#edit(entries),
            remove: () => this.removeOpen(),
            invalid: (name) => this.invalid(this.row, name),
          })
        : nothing}
      <kydai-deadline-trial .plan=${this.value}></kydai-deadline-trial>
      ${this.#calendars(calendars, rules)}
      <label class="narrow">${t('planZone')} <input class="in" name="zone" required maxlength="60" spellcheck="false" .value=${zone} @input=${({ target }) => this.change({ zone: target.value })} /></label>
    `;
  }

  #table(rules) {
    return html`
      <div class="card">
        <div class="cardhead">
          <h2>${t('rules')}</h2>
          <button type="button" class="btn small add" ?disabled=${this.full} @click=${() => this.add()}>${icon('plus')}${t('addRule')}<kbd>n</kbd></button>
        </div>
        <div class="wide" tabindex="0" role="group" aria-label=${t('rules')}>
          <table class="t table">
            <thead>
              <tr>
                <th scope="col">${t('order')}</th>
                <th scope="col">${t('stage')}</th>
                <th scope="col">${t('urgency')}</th>
                <th scope="col">${t('types')}</th>
                <th scope="col">${t('within')}</th>
                <th scope="col">${t('inForce')}</th>
                <th scope="col">${t('source')}</th>
                <th scope="col"><span class="vh">${t('changeOrder')}</span></th>
              </tr>
            </thead>
            <tbody>${rules.map((rule, row) => this.#line(rule, row))}</tbody>
          </table>
        </div>
      </div>
    `;
  }

  #line(rule, row) {
    const last = this.value.rules.length - 1;
    const span = [rule.from && t('since')(dayShown(rule.from)), rule.until && t('before')(dayShown(rule.until))].filter(Boolean).join(', ');
    return html`
      <tr data-row=${row} aria-current=${row === this.row ? 'true' : nothing}>
        <td class="muted">${row + 1}</td>
        <th scope="row"><button type="button" class="btn quiet choose" aria-pressed=${row === this.row} @click=${() => this.select(row)}>${t('stages')[rule.stage]}</button></th>
        <td>${rule.urgency ? t('urgencies')[rule.urgency] : html`<span class="muted">${t('anyUrgency')}</span>`}</td>
        <td>${rule.types?.map(typeName).join(', ') ?? html`<span class="muted">${t('anyType')}</span>`}</td>
        <td>${t('hours')(number(hoursOf(rule.within), hoursOf(rule.within) % 1 ? 2 : 0))}<br /><small class="muted">${rule.calendar ?? t('everyHour')}</small></td>
        <td>${span || html`<span class="muted">–</span>`}</td>
        <td>${rule.source}${rule.verified ? nothing : html`<br /><small class="muted">${t('unverified')}</small>`}</td>
        <td>
          <span class="line">
            <button type="button" class="btn quiet small icon" aria-label="${shared('moveUp')}: ${row + 1}" ?disabled=${row === 0} @click=${() => this.move(row, row - 1)}>${icon('up')}</button>
            <button type="button" class="btn quiet small icon" aria-label="${shared('moveDown')}: ${row + 1}" ?disabled=${row === last} @click=${() => this.move(row, row + 1)}>${icon('down')}</button>
          </span>
        </td>
      </tr>
    `;
  }

  #calendars(calendars, rules) {
    const calendar = calendars[this.open];
    return html`
      <div class="card calendars">
        <div class="cardhead">
          <h2>${t('calendars')}</h2>
          <button type="button" class="btn small add-calendar" ?disabled=${calendars.length >= MOST_CALENDARS} @click=${() => this.#addCalendar()}>${icon('plus')}${t('addCalendar')}</button>
        </div>
        <div class="line wrap" role="group" aria-label=${t('calendars')}>
          ${calendars.map(({ id }, at) => html`<button type="button" class="btn" data-calendar=${id} aria-pressed=${at === this.open} @click=${() => (this.open = at)}>${id}</button>`)}
        </div>
        ${calendar
          ? calendarForm({
              calendar,
              uses: rules.filter((rule) => rule.calendar === calendar.id).length,
              edit: (entries) => this.#editCalendar(entries),
              remove: () => this.#removeCalendar(),
            })
          : html`<p class="muted">${t('none')}</p>`}
      </div>
    `;
  }

  #addCalendar() {
    const { calendars, zone } = this.value;
    const hours = [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '07:30', to: '11:30' }];
    this.change({ calendars: [...calendars, { id: free('calendar-', calendars), zone, hours, yearly: [], holidays: [], swapped: [] }] });
    this.open = calendars.length;
  }

  /** The rows that count in a calendar follow its name. */
  #editCalendar(entries) {
    const { calendars, rules } = this.value;
    const before = calendars[this.open];
    const taken = entries.id && calendars.some(({ id }, at) => at !== this.open && id === entries.id);
    const after = { ...before, ...entries, ...(taken ? { id: free(`${entries.id}-`, calendars) } : {}) };
    this.change({
      calendars: calendars.map((one, at) => (at === this.open ? after : one)),
      rules: rules.map((rule) => (rule.calendar === before.id ? { ...rule, calendar: after.id } : rule)),
    });
  }

  #removeCalendar() {
    this.removeRow('calendars', this.open);
    this.open = Math.max(0, this.open - 1);
  }
}

/** An id that none of a list has. */
function free(begin, list) {
  let at = list.length + 1;
  while (list.some(({ id }) => id === `${begin}${at}`)) at += 1;
  return `${begin}${at}`;
}

/** A rule always has its source, id and mark, also where they are empty. */
const whole = (rule) => ({ id: '', source: '', verified: false, ...rule });

customElements.define('kydai-deadlines', DeadlinesPage);

export const mount = elementPage('kydai-deadlines');
