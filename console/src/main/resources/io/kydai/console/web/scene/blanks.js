/** The blanks of a rule's sentence: one control for each kind of setting. */

import { html, nothing } from 'lit';
import { number } from '../i18n.js';
import { t } from '../words/rules.js';

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600 };
const OFFERED = ['s', 'm', 'h'];
const UNIT_WORDS = { s: 'seconds', m: 'minutes', h: 'hours' };
const CLASSES = ['person', 'bicycle', 'motorcycle', 'car', 'bus', 'truck', 'train', 'dog'];

/** Whether a setting has a value. */
export const filled = (value) =>
  value !== undefined && value !== '' && value !== null && !(Array.isArray(value) && value.length === 0);

/** '1m30s' as a count of the largest unit that it is a whole number of. @returns {[number, string]} */
export function durationParts(text) {
  const seconds = [...String(text).matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit],
    0,
  );
  const unit = ['h', 'm'].find((one) => seconds > 0 && seconds % UNITS[one] === 0) ?? 's';
  return [Math.round((seconds / UNITS[unit]) * 1000) / 1000, unit];
}

const word = (value) => t('values')[value] ?? value;

/** The words of several chosen values. */
const several = (values, name) => values.map(name).join(', ');

function select(given, options, empty) {
  const { id, label, value, change } = given;
  return html`
    <label class="vh" for=${id}>${label}</label>
    <select class="in blank" id=${id} @change=${(event) => change(event.target.value)}>
      ${empty === undefined ? nothing : html`<option value="" ?selected=${!filled(value)}>${empty}</option>`}
      ${options.map(([one, shown]) => html`<option value=${one} ?selected=${one === value}>${shown}</option>`)}
    </select>
  `;
}

/** Several of a list, in a box that opens; its summary says what is chosen. */
function boxes(given, options, name, none) {
  const { id, label, change } = given;
  const chosen = [given.value ?? given.parameter.default ?? []].flat();
  const toggle = (one, on) => change(options.filter((other) => (other === one ? on : chosen.includes(other))));
  return html`
    <details class="menu blanks">
      <summary class="in blank" id=${id} aria-label="${label}: ${several(chosen, name) || none}">${several(chosen, name) || none}</summary>
      <fieldset class="menu-list">
        <legend class="vh">${label}</legend>
        ${options.map(
          (one) => html`
            <label class="check">
              <input type="checkbox" .checked=${chosen.includes(one)} @change=${(event) => toggle(one, event.target.checked)} />
              ${name(one)}
            </label>
          `,
        )}
      </fieldset>
    </details>
  `;
}

function items(list, what) {
  return list.length ? list.map(({ id }) => [id, id]) : [['', t('drawFirst')(t('parameters')[what])]];
}

function amount(given) {
  const { id, label, value, parameter, change } = given;
  const { minimum, maximum, unit, type } = parameter;
  const range = minimum === undefined ? '' : ` (${number(minimum, 3)} – ${number(maximum, 3)})`.replace(/[.,]000/g, '');
  return html`
    <label class="vh" for=${id}>${label}${range}</label>
    <input
      class="in blank"
      id=${id}
      type="number"
      inputmode="decimal"
      min=${minimum ?? nothing}
      max=${maximum ?? nothing}
      step=${type === 'integer' ? 1 : 'any'}
      .value=${String(value ?? parameter.default ?? '')}
      @change=${(event) => event.target.reportValidity() && change(event.target.value === '' ? undefined : Number(event.target.value))}
    />${unit ? html` ${unit}` : nothing}
  `;
}

function duration(given) {
  const { id, label, value, parameter, change } = given;
  const [count, unit] = durationParts(value ?? parameter.default ?? '');
  const known = filled(value ?? parameter.default);
  return html`<span class="nowrap"
    ><label class="vh" for=${id}>${label}</label
    ><input
      class="in blank"
      id=${id}
      type="number"
      inputmode="decimal"
      min="0"
      max=${Math.floor(604_800 / UNITS[unit])}
      step="any"
      .value=${known ? String(count) : ''}
      @change=${(event) => event.target.reportValidity() && change(event.target.value === '' ? undefined : `${Number(event.target.value)}${unit}`)}
    />
    <label class="vh" for="${id}-unit">${label}</label
    ><select class="in blank" id="${id}-unit" @change=${(event) => change(`${count}${event.target.value}`)}>
      ${OFFERED.map((one) => html`<option value=${one} ?selected=${one === unit}>${t(UNIT_WORDS[one])}</option>`)}
    </select></span
  >`;
}

/** Windows of the week as text, one or several with commas. */
function schedule(given) {
  const { id, label, value, change } = given;
  const windows = (text) => text.split(',').map((one) => one.trim()).filter(Boolean);
  return html`
    <label class="vh" for=${id}>${label}</label>
    <input
      class="in blank wide"
      id=${id}
      placeholder="${t('always')} · ${t('scheduleHint')}"
      .value=${[value ?? []].flat().join(', ')}
      @change=${(event) => change(windows(event.target.value))}
    />
  `;
}

function text(given) {
  const { id, label, value, change } = given;
  return html`
    <label class="vh" for=${id}>${label}</label>
    <input class="in blank wide" id=${id} .value=${value ?? ''} @change=${(event) => change(event.target.value.trim())} />
  `;
}

const usable = (zones) => zones.filter(({ use }) => !['ignore', 'signal', 'far'].includes(use));

/**
 * The control of a setting.
 *
 * @param {{parameter: object, value: any, scene: object, label: string, id: string, change: (value: any) => void}} given
 */
export function blank(given) {
  const { parameter, scene, value } = given;
  const choose = filled(value) && parameter.required ? undefined : t('choose');
  switch (parameter.type) {
    case 'line':
      return select(given, items(scene.lines, 'line'), choose);
    case 'zone':
      return select(given, items(usable(scene.zones), 'zone'), choose);
    case 'zones':
      return boxes(given, usable(scene.zones).map(({ id }) => id), (id) => id, t('choose'));
    case 'signal':
      return select(given, items(scene.zones.filter(({ use }) => use === 'signal'), 'signal'), choose);
    case 'classes':
      return boxes(
        given,
        [...new Set([...CLASSES, ...[value ?? []].flat()])],
        (name) => t('classes')[name] ?? name,
        t('everything'),
      );
    case 'choices':
      return boxes(given, parameter.values, word, t('choose'));
    case 'choice':
      return select({ ...given, value: value ?? parameter.default }, parameter.values.map((one) => [one, word(one)]));
    case 'boolean': {
      const answers = [['true', t('yes')], ['false', t('no')]];
      const now = String(value ?? parameter.default ?? false);
      return select({ ...given, value: now, change: (one) => given.change(one === 'true') }, answers);
    }
    case 'number':
    case 'integer':
      return amount(given);
    case 'duration':
      return duration(given);
    case 'schedule':
      return schedule(given);
    default:
      return text(given);
  }
}
