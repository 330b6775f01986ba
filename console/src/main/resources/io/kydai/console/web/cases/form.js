/** The form of a new case: which cameras, from when to when, and why. */

import { html } from 'lit';
import { zoneName } from '../i18n.js';
import { toSiteField } from '../sitetime.js';
import { typed } from '../typed/fields.js';
import { t } from '../words/cases.js';

/** As many cameras may a case have. */
export const MOST_CAMERAS = 16;

/**
 * @param {{cameras: object[], chosen: string[], from: number, to: number, busy: boolean}} shown
 * @param {(event: SubmitEvent) => void} submit
 * @param {() => void} cancel
 */
export const caseForm = ({ cameras, chosen, from, to, busy }, submit, cancel) => html`
  <form class="fields case-form" ${typed('case')} aria-label=${t('newCase')} @submit=${submit}>
    <h2>${t('newCase')}</h2>
    <div class="row-of">
      <label>${t('title')} <input class="in" name="title" required minlength="3" maxlength="120" autocomplete="off" /></label>
      <label>${t('reason')} <input class="in" name="reason" required minlength="3" maxlength="500" autocomplete="off" /></label>
    </div>
    <div class="row-of">
      <label>${t('from')} (${zoneName(from)}) <input class="in" name="from" type="datetime-local" step="1" required .value=${toSiteField(from)} /></label>
      <label>${t('to')} (${zoneName(to)}) <input class="in" name="to" type="datetime-local" step="1" required .value=${toSiteField(to)} /></label>
    </div>
    <fieldset class="ticks">
      <legend>${t('camerasOf')}</legend>
      ${cameras.map(
        ({ id, name }) => html`<label class="tick"><input type="checkbox" name="camera" value=${id} ?checked=${chosen.includes(id)} /> ${name ?? id}</label>`,
      )}
    </fieldset>
    <fieldset class="ticks">
      <legend>${t('pictures')}</legend>
      ${['boxes', 'clock', 'masks'].map((name) => html`<label class="tick"><input type="checkbox" name=${name} /> ${t(name)}</label>`)}
      ${['faces', 'people', 'plates'].map(
        (target) => html`<label class="tick"><input type="checkbox" name="blur" value=${target} /> ${t('blurOf')[target]}</label>`,
      )}
      <small class="muted">${t('picturesHint')}</small>
    </fieldset>
    <label>${t('notes')} <textarea class="in" name="notes" rows="2" maxlength="4000"></textarea></label>
    <footer>
      <button class="btn primary" ?disabled=${busy}>${t('make')}</button>
      <button type="button" class="btn" @click=${cancel}>${t('cancel')}</button>
    </footer>
  </form>
`;
