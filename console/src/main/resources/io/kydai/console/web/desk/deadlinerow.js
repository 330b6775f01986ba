/** The form of one row of the deadlines. */

import { html, nothing } from 'lit';
import { deskTypes, typeName } from '../i18n.js';
import { t } from '../words/deadlines.js';
import { hoursOf, isoOf } from './durations.js';

const DAY_HOURS = 24;

const options = (all, chosen) => all.map(([id, words]) => html`<option value=${id} .selected=${id === chosen}>${words}</option>`);

/**
 * @param {{rule: object, row: number, calendars: object[], edit: (entries: object) => void, remove: () => void,
 *   invalid: (name: string) => any}} parts
 */
export function deadlineRow({ rule, row, calendars, edit, remove, invalid }) {
  const types = rule.types ?? [];
  const all = [...deskTypes(), ...types.filter((type) => !deskTypes().includes(type))];
  const hours = (name, least) => {
    const value = hoursOf(rule[name]);
    return html`
      <label>
        ${t(name)}
        <input class="in" type="number" name=${name} required min=${least} max="8784" step="any" .value=${String(value)} aria-invalid=${invalid(name)}
          @change=${({ target }) => target.value !== '' && target.valueAsNumber >= 0 && edit({ [name]: isoOf(target.valueAsNumber) })} />
        ${!rule.calendar && value >= 2 * DAY_HOURS && value % DAY_HOURS === 0 ? html`<small class="hint">${t('days')(value / DAY_HOURS)}</small>` : nothing}
      </label>
    `;
  };
  const chosen = ({ target }) => edit({ types: [...target.closest('fieldset').querySelectorAll('input:checked')].map(({ value }) => value) });
  return html`
    <fieldset class="card one fields">
      <legend class="vh">${t('ruleNumber')(row + 1)}</legend>
      <h2 aria-hidden="true">${t('ruleNumber')(row + 1)}</h2>
      <div class="row-of">
        <label>${t('ruleId')} <input class="in" name="id" required maxlength="63" autocomplete="off" spellcheck="false" .value=${rule.id ?? ''} aria-invalid=${invalid('id')} @input=${({ target }) => edit({ id: target.value })} /></label>
        <label>${t('stage')} <select class="in" name="stage" @change=${({ target }) => edit({ stage: target.value })}>${options(Object.entries(t('stages')), rule.stage)}</select></label>
        <label>
          ${t('urgency')}
          <select class="in" name="urgency" @change=${({ target }) => edit({ urgency: target.value })}>
            <option value="" .selected=${!rule.urgency}>${t('anyUrgency')}</option>
            ${options(Object.entries(t('urgencies')), rule.urgency)}
          </select>
        </label>
        <label>
          ${t('calendar')}
          <select class="in" name="calendar" aria-invalid=${invalid('calendar')} @change=${({ target }) => edit({ calendar: target.value })}>
            <option value="" .selected=${!rule.calendar}>${t('everyHour')}</option>
            ${options(calendars.map(({ id }) => [id, id]), rule.calendar)}
          </select>
        </label>
      </div>
      <div class="row-of">${hours('within', '0.01')} ${hours('remind', '0')} ${hours('escalate', '0')}</div>
      <div class="row-of">
        <label>${t('inForceFrom')} <input class="in" type="date" name="from" .value=${rule.from ?? ''} @change=${({ target }) => edit({ from: target.value })} /></label>
        <label>${t('inForceUntil')} <input class="in" type="date" name="until" .value=${rule.until ?? ''} @change=${({ target }) => edit({ until: target.value })} /></label>
      </div>
      <label>${t('source')} <input class="in" name="source" maxlength="500" autocomplete="off" .value=${rule.source} @input=${({ target }) => edit({ source: target.value })} /></label>
      <label class="tick"><input type="checkbox" name="verified" .checked=${rule.verified} @change=${({ target }) => edit({ verified: target.checked })} /> ${t('verified')}</label>
      <fieldset class="ticks" data-list="types" @change=${chosen}>
        <legend>${t('types')}</legend>
        ${all.map((type) => html`<label class="tick"><input type="checkbox" value=${type} .checked=${types.includes(type)} /> ${typeName(type)}</label>`)}
      </fieldset>
      <small class="muted">${t('typesHint')}</small>
      <div><button type="button" class="btn danger remove" @click=${remove}>${t('removeRule')}</button></div>
    </fieldset>
  `;
}
