/** The form of one rule of messages. */

import { html, nothing } from 'lit';
import { alertTypes, deskTypes, typeName } from '../i18n.js';
import { t } from '../words/messages.js';
import { t as shared } from '../words/desk.js';
import { DAYS, ticks } from './ticks.js';

const listed = (words) => Object.entries(words).map(([id, shown]) => ({ id, words: shown }));

/** Hours are there when both ends are. */
const hours = (quiet, entries) => {
  const next = { ...quiet, ...entries };
  if (!next.days?.length) delete next.days;
  return next.from || next.to ? next : undefined;
};

/**
 * @param {{rule: object, row: number, choices: object, edit: (entries: object) => void, remove: () => void,
 *   invalid: (name: string) => any}} parts
 */
export function messageRow({ rule, row, choices, edit, remove, invalid }) {
  const { to, quiet } = rule;
  const types = rule.occasions.includes('camera-fault') ? alertTypes() : deskTypes();
  const list = (legend, name, all) =>
    all.length || rule[name]?.length
      ? ticks({ legend: t(legend), name, all, chosen: rule[name], invalid: invalid(name), edit: (chosen) => edit({ [name]: chosen }) })
      : nothing;
  const whom = (legend, name, all) =>
    all.length || to[name].length
      ? ticks({ legend: t(legend), name, all, chosen: to[name], invalid: invalid('to'), edit: (chosen) => edit({ to: { ...to, [name]: chosen } }) })
      : nothing;
  const also = (name, words) => html`
    <label class="tick"><input type="checkbox" name=${name} .checked=${to[name]} @change=${({ target }) => edit({ to: { ...to, [name]: target.checked } })} /> ${t(words)}</label>
  `;
  const time = (name) => html`
    <label>${t(name)} <input class="in" type="time" name="quiet-${name}" ?required=${Boolean(quiet)} .value=${quiet?.[name] ?? ''} @change=${({ target }) => edit({ quiet: hours(quiet, { [name]: target.value }) })} /></label>
  `;
  return html`
    <fieldset class="card one fields">
      <legend class="vh">${t('ruleNumber')(row + 1)}</legend>
      <h2 aria-hidden="true">${t('ruleNumber')(row + 1)}</h2>
      <label class="narrow">${t('id')} <input class="in" name="id" required maxlength="63" autocomplete="off" spellcheck="false" .value=${rule.id} aria-invalid=${invalid('id')} @input=${({ target }) => edit({ id: target.value })} /></label>
      ${list('occasions', 'occasions', listed(t('occasion')))}
      <h3>${t('when')}</h3>
      <small class="muted">${t('conditionsHint')}</small>
      ${list('priorities', 'priorities', listed(t('priority')))}
      ${list('types', 'types', types.map((id) => ({ id, words: typeName(id) })))}
      ${list('groups', 'groups', choices.groups)} ${list('areas', 'areas', choices.areas)}
      <h3>${t('recipients')}</h3>
      ${whom('onDuty', 'shifts', choices.shifts)} ${whom('roles', 'roles', choices.roles)} ${whom('people', 'accounts', choices.people)}
      ${also('officers', 'officers')} ${also('camera-people', 'cameraPeople')}
      <h3>${t('channels')}</h3>
      ${list('channels', 'channels', listed(t('channel')))}
      <h3>${t('quiet')}</h3>
      <div class="row-of">${time('from')} ${time('to')}</div>
      <small class="muted">${t('quietHint')} ${t('toHint')}</small>
      ${quiet
        ? ticks({ legend: shared('weekDays'), name: 'days', all: DAYS.map((id) => ({ id, words: shared('dayLong')[id] })), chosen: quiet.days, edit: (days) => edit({ quiet: hours(quiet, { days }) }) })
        : nothing}
      <label class="tick"><input type="checkbox" name="urgent-breaks-quiet" .checked=${rule['urgent-breaks-quiet']} @change=${({ target }) => edit({ 'urgent-breaks-quiet': target.checked })} /> ${t('breaks')}</label>
      <div><button type="button" class="btn danger remove" @click=${remove}>${t('removeRule')}</button></div>
    </fieldset>
  `;
}
