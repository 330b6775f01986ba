/** The form of one working calendar: hours of the week, holidays, and days that are swapped. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { t } from '../words/deadlines.js';
import { t as dayWords } from '../words/desk.js';
import { given } from './setting.js';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MOST_HOURS = 70;
const SHORT = /^(\d{1,2})[/.-](\d{1,2})$/;

/** '17/02/2026' of '2026-02-17', '02/09' of '09-02'. */
export const dayShown = (day) => day.split('-').reverse().join('/');

/** @param {{calendar: object, uses: number, edit: (entries: object) => void, remove: () => void}} parts */
export function calendarForm({ calendar, uses, edit, remove }) {
  const days = (name, more) => edit({ [name]: [...new Set([...calendar[name], ...more])].sort() });
  const without = (name, day) => edit({ [name]: calendar[name].filter((one) => one !== day) });
  return html`
    <fieldset class="one-calendar fields">
      <legend class="vh">${calendar.id}</legend>
      <div class="row-of">
        <label>${t('calendarId')} <input class="in" name="calendar-id" required maxlength="63" autocomplete="off" .value=${calendar.id} @change=${({ target }) => target.value.trim() && edit({ id: target.value.trim() })} /></label>
        <label>${t('zone')} <input class="in" name="calendar-zone" required maxlength="60" spellcheck="false" .value=${calendar.zone} @input=${({ target }) => edit({ zone: target.value })} /></label>
      </div>
      ${hoursOfWeek(calendar, edit)}
      <section>
        <h3>${t('yearly')}</h3>
        ${chips(calendar.yearly, dayShown, (day) => day, (day) => without('yearly', day))}
        ${adding('yearly', html`<label>${t('yearlyField')} <input class="in" name="day" maxlength="5" pattern="\\d{1,2}[\\/.\\-]\\d{1,2}" autocomplete="off" /></label>`, ({ day }) => {
          const [, date, month] = day.match(SHORT);
          days('yearly', [`${month.padStart(2, '0')}-${date.padStart(2, '0')}`]);
        })}
      </section>
      <section>
        <h3>${t('holidays')}</h3>
        <p class="hint">${t('holidaysHint')}</p>
        ${chips(calendar.holidays, dayShown, (day) => day, (day) => without('holidays', day))}
        ${adding('holidays', dateField(), ({ day }) => days('holidays', [day]))}
      </section>
      <section>
        <h3>${t('swapped')}</h3>
        <p class="hint">${t('swappedHint')}</p>
        ${chips(
          calendar.swapped,
          ({ date, like }) => `${dayShown(date)}, ${t('like')(dayWords('dayLong')[like])}`,
          ({ date }) => date,
          (swapped) => without('swapped', swapped),
        )}
        ${adding(
          'swapped',
          html`
            ${dateField()}
            <label>${t('likeDay')} <select class="in" name="like">${DAYS.map((day) => html`<option value=${day}>${dayWords('dayLong')[day]}</option>`)}</select></label>
          `,
          ({ day, like }) =>
            edit({ swapped: [...calendar.swapped.filter(({ date }) => date !== day), { date: day, like }].sort((one, other) => (one.date < other.date ? -1 : 1)) }),
        )}
      </section>
      <div class="line wrap">
        <button type="button" class="btn danger remove-calendar" ?disabled=${uses > 0} @click=${remove}>${t('removeCalendar')}</button>
        ${uses ? html`<span class="muted">${t('inUse')(uses)}</span>` : nothing}
      </div>
    </fieldset>
  `;
}

const dateField = () => html`<label>${t('date')} <input class="in" type="date" name="day" /></label>`;

function hoursOfWeek(calendar, edit) {
  const { hours } = calendar;
  const change = (row, entries) => edit({ hours: hours.map((one, at) => (at === row ? { days: [], ...given({ ...one, ...entries }) } : one)) });
  const ticked = (target) => [...target.closest('fieldset').querySelectorAll('input:checked')].map(({ value }) => value);
  return html`
    <section>
      <h3>${t('workingHours')}</h3>
      <p class="hint">${t('hoursHint')}</p>
      <ul class="hours">
        ${hours.map((one, row) => html`
          <li class="row-of" data-hours=${row}>
            <fieldset class="week" @change=${({ target }) => change(row, { days: ticked(target) })}>
              <legend class="vh">${t('onDays')}</legend>
              ${DAYS.map((day) => html`<label class="tick"><input type="checkbox" value=${day} aria-label=${dayWords('dayLong')[day]} .checked=${one.days.includes(day)} /> ${dayWords('dayShort')[day]}</label>`)}
            </fieldset>
            <label>${t('fromTime')} <input class="in" type="time" required .value=${one.from} @change=${({ target }) => target.value && change(row, { from: target.value })} /></label>
            <label>${t('toTime')} <input class="in" type="time" .value=${one.to ?? ''} @change=${({ target }) => change(row, { to: target.value })} /></label>
            <button type="button" class="btn quiet icon" aria-label="${t('removeHours')}: ${row + 1}" ?disabled=${hours.length < 2} @click=${() => edit({ hours: hours.filter((other, at) => at !== row) })}>${icon('trash')}</button>
          </li>
        `)}
      </ul>
      <button type="button" class="btn add-hours" ?disabled=${hours.length >= MOST_HOURS} @click=${() => edit({ hours: [...hours, { days: [], from: '07:30', to: '11:30' }] })}>${icon('plus')}${t('addHours')}</button>
    </section>
  `;
}

/** Days, each of which a button removes. */
function chips(list, words, key, remove) {
  if (!list.length) return html`<p class="muted">${t('none')}</p>`;
  return html`
    <p class="days">
      ${list.map((one) => html`<button type="button" class="chip" data-day=${key(one)} aria-label=${t('removeDay')(words(one))} @click=${() => remove(one)}>${words(one)}${icon('close')}</button>`)}
    </p>
  `;
}

/** Fields of a day to be added. They stand in the form of the setting, which is saved while they are empty. */
function adding(name, fields, add) {
  const take = (box) => {
    const inputs = [...box.querySelectorAll('input, select')];
    if (!inputs.every((input) => input.value && input.checkValidity())) {
      inputs.find((input) => !input.value || !input.checkValidity()).focus();
      return;
    }
    add(Object.fromEntries(inputs.map((input) => [input.name, input.value])));
    inputs.filter(({ tagName }) => tagName === 'INPUT').forEach((input) => (input.value = ''));
    inputs[0].focus();
  };
  return html`
    <div class="row-of adding" data-adding=${name} @keydown=${(event) => event.key === 'Enter' && event.target.tagName === 'INPUT' && (event.preventDefault(), take(event.currentTarget))}>
      ${fields}
      <button type="button" class="btn" aria-label="${t('add')}: ${t(name)}" @click=${({ target }) => take(target.closest('.adding'))}>${icon('plus')}${t('add')}</button>
    </div>
  `;
}
