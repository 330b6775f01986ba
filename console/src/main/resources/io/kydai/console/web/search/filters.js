/** The form of a search's conditions, and the searches that have a name. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import '../map/drawer.js';
import { zoned } from '../i18n.js';
import { fromField, toField } from '../sitetime.js';
import { t } from '../words/search.js';
import { MOST_CORNERS, SPANS, choices, cornersOf, cornersText } from './conditions.js';

const LABELS = { type: 'type', state: 'state', camera: 'camera', group: 'group', area: 'area', agency: 'agencyOf' };
const ANY = { type: 'anyType', state: 'anyState', camera: 'anyCamera', group: 'anyGroup', area: 'anyArea', agency: 'anyAgency' };

/**
 * @param {object} now the conditions
 * @param {object} known what can be chosen
 * @param {{reason: string, wrong?: string}} plate why a plate is searched, and the field that the server refused
 * @param {(changes: object) => void} change
 * @param {(reason: string) => void} giveReason
 */
export function filterForm(now, known, { reason, wrong }, change, giveReason) {
  return html`
    <form class="conditions" @submit=${(event) => event.preventDefault()}>
      ${spanFields(now, change)} ${plateFields(now, reason, wrong, change, giveReason)}
      ${Object.entries(choices(known)).map(([name, options]) => html`${select(name, now[name], options, change)} ${name === 'area' ? drawnArea(now.polygon, change) : nothing}`)}
      <label>
        ${t('order')}
        <select class="in" name="order" @change=${({ target }) => change({ order: target.value || undefined })}>
          <option value="">${t('newest')}</option>
          <option value="oldest" .selected=${now.order === 'oldest'}>${t('oldest')}</option>
        </select>
      </label>
    </form>
  `;
}

function spanFields(now, change) {
  const field = (name, label) => html`
    <label>
      ${label}
      <input class="in" type="datetime-local" name=${name} .value=${toField(now[name])}
        @change=${({ target }) => change({ [name]: fromField(target.value), span: undefined })} />
    </label>
  `;
  return html`
    <div>
      <span class="lab" id="search-span">${t('span')}</span>
      <div class="seg" role="group" aria-labelledby="search-span">
        ${SPANS.map((hours) => html`
          <button type="button" class="btn" data-span=${hours} aria-pressed=${now.span === hours}
            @click=${() => change({ span: now.span === hours ? undefined : hours, from: undefined, until: undefined })}>${t('spans')[hours]}</button>
        `)}
      </div>
    </div>
    <div class="pair">${field('from', zoned(t('fromTime')))} ${field('until', zoned(t('untilTime')))}</div>
  `;
}

function plateFields(now, reason, wrong, change, giveReason) {
  return html`
    <label>
      ${t('plate')}
      <input class="in mono" name="plate" maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="plate-hint"
        aria-invalid=${wrong === 'plate' ? 'true' : nothing} .value=${now.plate ?? ''}
        @change=${({ target }) => change({ plate: target.value.trim() || undefined })} />
      <small id="plate-hint" class="hint">${t('plateHint')}</small>
    </label>
    ${now.plate
      ? html`
          <label>
            ${t('plateReason')}
            <input class="in" name="reason" maxlength="500" autocomplete="off" aria-describedby="reason-hint"
              aria-invalid=${wrong === 'reason' ? 'true' : nothing} .value=${reason}
              @change=${({ target }) => giveReason(target.value.trim())} />
            <small id="reason-hint" class="hint">${t('plateReasonHint')}</small>
          </label>
        `
      : nothing}
  `;
}

/** An area that is drawn for this search, beside those that have a name. */
const drawnArea = (polygon, change) => html`
  <kydai-area-drawer .corners=${cornersOf(polygon)} .most=${MOST_CORNERS}
    @area=${({ detail }) => change({ polygon: detail.length ? cornersText(detail) : undefined })}></kydai-area-drawer>
`;

function select(name, value, options, change) {
  // What an old address asks for may be gone; it stays until somebody chooses something else.
  const gone = value && !options.some(([id]) => id === value) ? [[value, value]] : [];
  const all = [...options, ...gone];
  if (!all.length) return nothing;
  return html`
    <label>
      ${t(LABELS[name])}
      <select class="in" name=${name} @change=${({ target }) => change({ [name]: target.value || undefined })}>
        <option value="" .selected=${!value}>${t(ANY[name])}</option>
        ${all.map(([id, words]) => html`<option value=${id} .selected=${id === value}>${words}</option>`)}
      </select>
    </label>
  `;
}

/**
 * @param {object[]} searches the contract's SavedSearch
 * @param {(search: object) => boolean} chosen whether it is the present one
 */
export function savedList(searches, chosen, open, remove) {
  return html`
    <section class="saved" aria-labelledby="saved-title">
      <h2 class="lab" id="saved-title">${t('saved')}</h2>
      ${searches.length
        ? html`<ul>
            ${searches.map((search) => html`
              <li>
                <button type="button" class="btn quiet open" aria-pressed=${chosen(search)} @click=${() => open(search)}>${search.name}</button>
                <button type="button" class="btn quiet icon small remove" aria-label=${t('removeSearch')(search.name)} @click=${() => remove(search)}>${icon('trash')}</button>
              </li>
            `)}
          </ul>`
        : html`<p class="muted">${t('noneSaved')}</p>`}
    </section>
  `;
}
