/** Which incidents the list has: of one camera, of one type; both are in the address. */

import { html, nothing } from 'lit';
import { COLOURS, PRIORITIES } from '../alerts/priority.js';
import { sign, status } from '../frame/icons.js';
import { address, go } from '../frame/place.js';
import { byName, deskTypes, number, typeName } from '../i18n.js';
import { t } from '../words/incidents.js';

/** How many of each priority wait. @param {object} counts of the contract's IncidentPage */
export const priorities = (counts) => html`<p class="line priorities">
  ${PRIORITIES.map((one) => status(one, counts[one] ? COLOURS[one] : 'plain', html`<span class="vh">${t(`priority_${one}`)}</span> ${number(counts[one])}`))}
</p>`;

/** How many incidents wait for a second look, where there are any: shows them only, or all again. */
export const secondLooks = (query, counts) =>
  counts['second-look'] || query.get('second')
    ? html`<a class="btn small second-looks" href=${address('incidents', undefined, { ...Object.fromEntries(query), second: query.get('second') ? '' : '1', report: '' })}
        aria-current=${query.get('second') ? 'true' : nothing}>${sign('waiting')}${t('secondLooks')} <span class="count">${number(counts['second-look'])}</span></a>`
    : nothing;

/** The list begins anew: the incident that was shown may not be of it. */
const choose = (query, key, value) => go(address('incidents', undefined, { ...Object.fromEntries(query), [key]: value, report: '' }));

const choice = (query, key, options, chosen = query.get(key)) => html`<label class="line">
  <span class="vh">${t(key)}</span>
  <select class="in" data-filter=${key} @change=${({ target }) => choose(query, key, target.value)}>
    <option value="">${t(`all_${key}`)}</option>
    ${options.map(([value, name]) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`)}
    ${chosen && !options.some(([value]) => value === chosen) ? html`<option value=${chosen} selected>${chosen}</option>` : nothing}
  </select>
</label>`;

/** @param {URLSearchParams} query of the address @param {object[]} cameras that one may see */
export const filter = (query, cameras) => html`
  ${choice(query, 'type', deskTypes().map((type) => [type, typeName(type)]))}
  ${choice(query, 'camera', cameras.map(({ id, name }) => [id, name ?? id]).sort(([, one], [, other]) => byName(one, other)))}
`;
