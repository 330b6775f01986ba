/** The fields of what a camera is called, where it is, what it is for, what of it is recorded and for how long. */

import { html, nothing } from 'lit';
import '../map/picker.js';
import { byName } from '../i18n.js';
import { t } from '../words/cameras.js';

const RECORDING = ['off', 'continuous', 'schedule', 'alerts'];
const KEPT_DAYS = [1, 3, 7, 14, 30, 60, 90, 180, 365];
const NEVER = '0';

/**
 * @typedef {{name: string, groups: string, address: string, lat: string, lon: string, purpose: string,
 *   recording: string, times: string, days: string, thin: string, archive: string}} About
 */

/** @param {object} [camera] the contract's Camera @returns {About} */
export const aboutOf = (camera) => ({
  name: camera?.name ?? '',
  groups: (camera?.groups ?? []).join(', '),
  address: camera?.place?.address ?? '',
  lat: String(camera?.place?.lat ?? ''),
  lon: String(camera?.place?.lon ?? ''),
  purpose: camera?.purpose ?? '',
  recording: camera?.recording ?? 'off',
  times: (camera?.['recording-times'] ?? []).join('; '),
  days: String(camera?.['retention-days'] ?? 30),
  thin: String(camera?.['retention-thin-days'] ?? ''),
  archive: String(camera?.['retention-archive-days'] ?? ''),
});

/** The usual numbers of days, and one more. @param {string} [other] '' for none */
export const keptDays = (other) => [...new Set([...KEPT_DAYS, Number(other)])].filter(Boolean).sort((one, another) => one - another);

const degrees = (text) => (text.trim() === '' ? undefined : Number(text.replace(',', '.')));

/** 'mon-fri 06:00-22:00; sat 08:00-12:00' → its windows. */
const windowsOf = (times) => times.split(';').map((one) => one.trim()).filter(Boolean);

/** What is wrong, by field. @param {About} about @returns {Partial<Record<keyof About, string>>} */
export function mistakes({ name, lat, lon, recording, times }) {
  const found = {};
  if (!name.trim()) found.name = t('nameNeeded');
  if (recording === 'schedule' && !windowsOf(times).length) found.times = t('timesNeeded');
  const [north, east] = [degrees(lat), degrees(lon)];
  const half = (north === undefined) !== (east === undefined);
  if (half || Number.isNaN(north) || Number.isNaN(east) || Math.abs(north) > 90 || Math.abs(east) > 180) found.lat = t('bothOrNone');
  return found;
}

/** The keys of a camera's definition. @param {About} about */
export function definitionOf({ name, groups, address, lat, lon, purpose, recording, times, days, thin, archive }) {
  const place = {};
  if (lat.trim()) Object.assign(place, { lat: degrees(lat), lon: degrees(lon) });
  if (address.trim()) place.address = address.trim();
  const definition = { name: name.trim(), recording, 'recording-times': windowsOf(times), 'retention-days': Number(days) };
  if (thin !== '') definition['retention-thin-days'] = Number(thin);
  if (archive !== '') definition['retention-archive-days'] = Number(archive);
  if (purpose.trim()) definition.purpose = purpose.trim();
  if (Object.keys(place).length) definition.place = place;
  const list = groups.split(',').map((one) => one.trim()).filter(Boolean);
  if (list.length) definition.groups = list;
  return definition;
}

/** 'Nguyễn Huệ × Phan Chu Trinh' → 'nguyen-hue-phan-chu-trinh', with a number where it is taken. */
export function idOf(name, taken) {
  const stem =
    name
      .normalize('NFD')
      .replace(/đ/gi, 'd')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '') || 'camera';
  let id = stem;
  for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
  return id;
}

/**
 * The fields.
 *
 * @param {About} about
 * @param {string[]} groups that cameras have already
 * @param {object} wrong by field
 * @param {(entries: Partial<About>) => void} change takes what is new of it
 */
export function aboutFields(about, groups, wrong, change) {
  const set = (key) => (event) => change({ [key]: event.target.value });
  const field = (key, label, more = nothing, hint = nothing) => html`
    <div class="field">
      <label for="about-${key}">${label}</label>
      <input
        class="in"
        id="about-${key}"
        list=${more}
        maxlength=${key === 'name' ? 200 : 300}
        aria-invalid=${wrong[key] ? 'true' : nothing}
        aria-describedby=${wrong[key] ? `about-${key}-wrong` : nothing}
        .value=${about[key]}
        @input=${set(key)}
      />
      ${hint} ${wrong[key] ? html`<span class="err" id="about-${key}-wrong">${wrong[key]}</span>` : nothing}
    </div>
  `;
  const age = (key, label) => html`
    <div class="field">
      <label for="about-${key}">${label}</label>
      <select class="in" id="about-${key}" @change=${set(key)}>
        <option value="" ?selected=${about[key] === ''}>${t('ageAsAll')}</option>
        <option value=${NEVER} ?selected=${about[key] === NEVER}>${t('ageNever')}</option>
        ${keptDays(about[key]).map((count) => html`<option value=${count} ?selected=${String(count) === about[key]}>${t('ageAfter')(count)}</option>`)}
      </select>
    </div>
  `;
  return html`
    <div class="grid2">
      ${field('name', t('name'))} ${field('groups', t('group'), 'about-known-groups', html`<small>${t('groupsHint')}</small>`)}
      <datalist id="about-known-groups">${groups.map((one) => html`<option value=${one}></option>`)}</datalist>
      ${field('purpose', t('purpose'), 'about-purposes')}
      <datalist id="about-purposes">${t('purposes').map((one) => html`<option value=${one}></option>`)}</datalist>
      <div class="field">
        <label for="about-days">${t('retention')}</label>
        <select class="in" id="about-days" @change=${set('days')}>
          ${keptDays(about.days).map((count) => html`<option value=${count} ?selected=${String(count) === about.days}>${t('days')(count)}</option>`)}
        </select>
      </div>
      ${age('thin', t('thinning'))} ${age('archive', t('archiving'))}
      <div class="field">
        <label for="about-recording">${t('recording')}</label>
        <select class="in" id="about-recording" @change=${set('recording')}>
          ${RECORDING.map((mode) => html`<option value=${mode} ?selected=${mode === about.recording}>${t('recordings')[mode]}</option>`)}
        </select>
      </div>
      ${about.recording === 'schedule' ? field('times', t('times'), nothing, html`<small>${t('timesHint')}</small>`) : nothing}
      ${field('address', t('address'), nothing, html`<small>${t('addressForPeople')}</small>`)}
      <div class="grid2 place">${field('lat', t('lat'))} ${field('lon', t('lon'))}</div>
    </div>
    <kydai-place-picker
      .lat=${degrees(about.lat)}
      .lon=${degrees(about.lon)}
      @place=${({ detail }) => change({ lat: String(detail.lat), lon: String(detail.lon) })}
    ></kydai-place-picker>
  `;
}

/** The groups that cameras have, in order. */
export const groupsOf = (cameras) => [...new Set(cameras.flatMap(({ groups }) => groups ?? []))].sort(byName);
