/** The form of one row of the routing table. */

import { html, nothing } from 'lit';
import { deskTypes, typeName } from '../i18n.js';
import { t } from '../words/desk.js';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Those of a list that are ticked; in the order in which they stand. */
const ticked = (target) => [...target.closest('fieldset').querySelectorAll('input:checked')].map(({ value }) => value);

/** @param {{id: string, words: string}[]} all @param {string[]} chosen */
const ticks = (legend, name, all, chosen, edit) => html`
  <fieldset class="ticks" data-list=${name} @change=${({ target }) => edit({ [name]: ticked(target) })}>
    <legend>${legend}</legend>
    ${all.map(
      ({ id, words }) => html`<label class="tick"><input type="checkbox" value=${id} .checked=${chosen.includes(id)} /> ${words}</label>`,
    )}
  </fieldset>
`;

/** What is chosen stays in the list, also where the site does not have it any more. */
const withChosen = (all, chosen) => [
  ...all,
  ...chosen.filter((id) => !all.some((one) => one.id === id)).map((id) => ({ id, words: id })),
];

/**
 * @param {{rule: object, row: number, agencies: object[], areas: object[], edit: (entries: object) => void,
 *   remove: () => void, invalid: (name: string) => any}} parts
 */
export function routingRow({ rule, row, agencies, areas, edit, remove, invalid }) {
  const { types = [], areas: inAreas = [], days = [], from, to } = rule;
  const typeList = withChosen(deskTypes().map((id) => ({ id, words: typeName(id) })), types);
  const areaList = withChosen(areas.map(({ id, name }) => ({ id, words: name })), inAreas);
  const dayList = DAYS.map((id) => ({ id, words: t('dayLong')[id] }));
  return html`
    <fieldset class="card one fields">
      <legend class="vh">${t('ruleNumber')(row + 1)}</legend>
      <h2 aria-hidden="true">${t('ruleNumber')(row + 1)}</h2>
      <div class="row-of">
        <label>${t('ruleId')} <input class="in" name="id" required maxlength="63" autocomplete="off" spellcheck="false" .value=${rule.id ?? ''} aria-invalid=${invalid('id')} @input=${({ target }) => edit({ id: target.value })} /></label>
        <label>
          ${t('goesTo')}
          <select class="in" name="agency" aria-invalid=${invalid('agency')} @change=${({ target }) => edit({ agency: target.value })}>
            ${agencies.some(({ id }) => id === rule.agency) ? nothing : html`<option value=${rule.agency} selected>${rule.agency}</option>`}
            ${agencies.map(({ id, name }) => html`<option value=${id} .selected=${id === rule.agency}>${name}</option>`)}
          </select>
        </label>
        <label class="hour">${t('fromTime')} <input class="in" type="time" name="from" .value=${from ?? ''} @change=${({ target }) => edit({ from: target.value })} /></label>
        <label class="hour">${t('toTime')} <input class="in" type="time" name="to" .value=${to ?? ''} aria-invalid=${invalid('to')} @change=${({ target }) => edit({ to: target.value })} /></label>
      </div>
      <small class="muted">${t('conditionsHint')}</small>
      ${ticks(t('ruleTypes'), 'types', typeList, types, edit)}
      ${areaList.length ? ticks(t('inAreas'), 'areas', areaList, inAreas, edit) : nothing}
      ${ticks(t('weekDays'), 'days', dayList, days, edit)}
      <div><button type="button" class="btn danger remove" @click=${remove}>${t('removeRule')}</button></div>
    </fieldset>
  `;
}
