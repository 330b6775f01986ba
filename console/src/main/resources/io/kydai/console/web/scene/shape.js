/** What can be said of the chosen shape: its name, its use, its direction, a calibration's metres. */

import { html, nothing } from 'lit';
import { number } from '../i18n.js';
import { icon } from '../frame/icons.js';
import { t } from '../words/scene.js';
import { check } from './calibration.js';
import { crossesItself, middle } from './geometry.js';
import { CALIBRATION, changeShape, find, removePoint, removeShape, rename, rulesOf, within } from './model.js';

const USES = ['area', 'lane', 'ignore', 'signal', 'far'];
const ID = '[A-Za-z0-9][A-Za-z0-9_\\-]{0,62}';

/** A short text of what a shape is. */
export function kindWords(scene, key) {
  if (key.kind === 'calibration') return t('kind_calibration')(scene.calibration.points?.length ?? 0);
  if (key.kind === 'line') return t('kind_line');
  const zone = find(scene, key);
  if (key.kind === 'mask') return t('kind_mask')(zone.polygon.length);
  const words = t(`kind_${zone.use && zone.use !== 'area' ? zone.use : 'zone'}`);
  return typeof words === 'function' ? words(zone.polygon.length) : words;
}

/** The keys of all shapes of a scene, in the order in which they are listed. */
export const shapesOf = (scene) => [
  ...scene.lines.map(({ id }) => ({ kind: 'line', id })),
  ...scene.zones.map(({ id }) => ({ kind: 'zone', id })),
  ...scene.masks.map(({ id }) => ({ kind: 'mask', id })),
  ...(scene.calibration ? [{ kind: 'calibration', id: CALIBRATION }] : []),
];

/** The words of a calibration's check, and whether it is good. */
export function calibrationWords(scene) {
  if (scene.calibration?.lane) return { good: true, words: t('calibrationLane') };
  const points = scene.calibration?.points ?? [];
  const { state, worst, reach } = check(points);
  const words = {
    few: () => t('calibration_few')(4 - points.length),
    line: () => t('calibration_line'),
    exact: () => t('calibration_exact'),
    checked: () => t('calibration_checked')(number(worst, 1), number(reach, 0)),
  }[state]();
  return { good: state === 'checked' && worst <= Math.max(0.5, reach / 50), words };
}

/** A lane's direction to begin with: up its middle, from near to far. */
export function defaultDirection(polygon) {
  const [x] = middle(polygon);
  const heights = polygon.map(([, y]) => y);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const inset = (bottom - top) / 5;
  return [[within(x), within(bottom - inset)], [within(x), within(top + inset)]];
}

/**
 * The form of the chosen shape.
 *
 * @param {import('./model.js').State} state
 * @param {import('./model.js').ShapeKey} key
 * @param {{point?: number, change: (state: object) => void, choose: (key?: object) => void}} given
 */
export function shapeForm(state, key, given) {
  return key.kind === 'calibration' ? calibrationForm(state, given) : itemForm(state, key, given);
}

function itemForm(state, key, { point, change, choose }) {
  const item = find(state.scene, key);
  const used = rulesOf(state.rules, key);
  const set = (changes) => change({ ...state, scene: changeShape(state.scene, key, changes) });
  const named = (event) => {
    const id = event.target.value.trim();
    const list = { line: state.scene.lines, zone: state.scene.zones, mask: state.scene.masks }[key.kind];
    if (!event.target.reportValidity() || id === key.id || list.some((one) => one.id === id)) return;
    change(rename(state, key, id));
    choose({ ...key, id });
  };
  const use = (event) => {
    const next = event.target.value;
    set({ use: next === 'area' ? undefined : next, direction: next === 'lane' ? item.direction ?? defaultDirection(item.polygon) : undefined });
  };
  const around = () =>
    set(key.kind === 'line' ? { from: item.to, to: item.from } : { direction: [item.direction[1], item.direction[0]] });
  return html`
    <div class="shape-form line wrap">
      <div class="field">
        <label for="shape-id">${t('nameOfShape')}</label>
        <input class="in" id="shape-id" required pattern=${ID} title=${t('nameRule')} .value=${key.id} @change=${named} />
      </div>
      ${key.kind === 'zone'
        ? html`<div class="field">
            <label for="shape-use">${t('useOfZone')}</label>
            <select class="in" id="shape-use" @change=${use}>
              ${USES.map((one) => html`<option value=${one} ?selected=${one === (item.use ?? 'area')}>${t(`use_${one}`)}</option>`)}
            </select>
          </div>`
        : nothing}
      ${key.kind === 'line' || item.direction ? html`<button type="button" class="btn" @click=${around}>${icon('again')}${t('turnAround')}</button>` : nothing}
      ${point !== undefined && item.polygon?.length > 3 && point < item.polygon.length
        ? html`<button type="button" class="btn quiet" @click=${() => change({ ...state, scene: removePoint(state.scene, key, point) })}>${t('removePoint')}</button>`
        : nothing}
      <button
        type="button"
        class="btn danger"
        ?disabled=${used.length > 0}
        title=${used.length ? t('stillUsed')(used.join(', ')) : ''}
        @click=${() => (choose(), change({ ...state, scene: removeShape(state.scene, key) }))}
      >
        ${icon('trash')}${t('removeShape')}
      </button>
    </div>
    ${used.length ? html`<p class="hint">${t('stillUsed')(used.join(', '))}</p>` : nothing}
    ${key.kind === 'mask' ? html`<p class="hint">${t('maskHides')}</p>` : nothing}
    ${item.polygon && crossesItself(item.polygon) ? html`<p class="err" role="alert">${t('crossing')}</p>` : nothing}
  `;
}

function calibrationForm(state, { change, choose }) {
  const points = state.scene.calibration?.points ?? [];
  const { errors, state: result } = check(points);
  const set = (at, field, axis, value) => {
    const next = [...(points[at][field] ?? [0, 0])];
    next[axis] = value;
    const changed = points.map((point, index) => (index === at ? { ...point, [field]: next } : point));
    change({ ...state, scene: { ...state.scene, calibration: { points: changed } } });
  };
  const cell = (point, at, axis) => {
    const field = point.wgs84 ? 'wgs84' : 'metres';
    const words = field === 'wgs84' ? ['latitude', 'longitude'] : ['metresRight', 'metresAhead'];
    return html`<input class="in" type="number" step="any" required aria-label="${at + 1}: ${t(words[axis])}" .value=${String(point[field][axis])}
      @change=${(event) => event.target.reportValidity() && set(at, field, axis, Number(event.target.value))} />`;
  };
  const map = points[0]?.wgs84;
  return html`
    <table class="t tight marks">
      <caption class="vh">${t('calibration')}</caption>
      <thead><tr><th scope="col">#</th><th scope="col">${map ? t('latitude') : t('metresRight')}</th><th scope="col">${map ? t('longitude') : t('metresAhead')}</th><th scope="col"></th><td></td></tr></thead>
      <tbody>
        ${points.map(
          (point, at) => html`<tr>
            <th scope="row">${at + 1}</th>
            <td>${cell(point, at, 0)}</td>
            <td>${cell(point, at, 1)}</td>
            <td class=${errors[at] > 1 ? 'warning' : 'dim'}>${result === 'checked' ? t('errorOf')(at + 1, number(errors[at], 2)) : ''}</td>
            <td><button type="button" class="btn quiet small icon" aria-label="${t('removePoint')} ${at + 1}" @click=${() => change({ ...state, scene: removePoint(state.scene, { kind: 'calibration', id: CALIBRATION }, at) })}>${icon('trash')}</button></td>
          </tr>`,
        )}
      </tbody>
    </table>
    <p class=${calibrationWords(state.scene).good ? 'ok' : 'dim'}>${calibrationWords(state.scene).words}</p>
    <button type="button" class="btn danger" @click=${() => (choose(), change({ ...state, scene: removeShape(state.scene, { kind: 'calibration', id: CALIBRATION }) }))}>${icon('trash')}${t('removeShape')}</button>
  `;
}
