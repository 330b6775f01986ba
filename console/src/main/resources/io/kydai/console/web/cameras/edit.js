/** The dialog that edits what a camera is called, its address, place, purpose and how long it is kept. */

import { html, nothing } from 'lit';
import { problemWords } from '../problems.js';
import { replaceCamera } from '../server.js';
import { typed } from '../typed/fields.js';
import { t } from '../words/cameras.js';
import { Dialog, typedOf } from './dialog.js';
import { aboutFields, aboutOf, definitionOf, keptDays, mistakes } from './fields.js';

/** What an empty field takes from the camera, and what is no part of its definition. */
const IN_FORM = new Set([
  'status',
  'place',
  'purpose',
  'groups',
  'second-url',
  'second-role',
  'recording-streams',
  'retention-sub-days',
  'retention-thin-days',
  'retention-archive-days',
]);

class EditCamera extends Dialog {
  static properties = { ...Dialog.properties, about: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    this.wrong = {};
  }

  willUpdate() {
    this.about ??= aboutOf(this.given.camera);
  }

  get typedAs() {
    return typedOf('camera', [this.given.camera]);
  }

  render() {
    const { camera } = this.given;
    return html`
      <dialog class="dlg wide" aria-labelledby="edit-title">
        <form ${typed(this.typedAs)} @submit=${(event) => this.#save(event)}>
          <h2 class="dlgh" id="edit-title">${t('editTitle')(camera.name)}</h2>
          <div class="stack-2">
            ${aboutFields(this.about, [], this.wrong, (entries) => (this.about = { ...this.about, ...entries }))}
            <div class="field">
              <label for="edit-url">${t('streamUrl')}</label>
              <input class="in mono" id="edit-url" name="url" required spellcheck="false" autocomplete="off" .value=${camera.url} />
              <small>${t('urlKeeps')}</small>
            </div>
            <div class="grid2 second">
              <div class="field">
                <label for="edit-second">${t('secondUrl')}</label>
                <input class="in mono" id="edit-second" name="second-url" maxlength="2000" spellcheck="false" autocomplete="off" .value=${camera['second-url'] ?? ''} />
                <small>${t('secondHint')}</small>
              </div>
              <div class="field">
                <label for="edit-second-role">${t('secondRole')}</label>
                <select class="in" id="edit-second-role" name="second-role">
                  ${['main', 'sub'].map((role) => html`<option value=${role} ?selected=${role === (camera['second-role'] ?? 'main')}>${t(`role_${role}`)}</option>`)}
                </select>
              </div>
              <div class="field">
                <label for="edit-streams">${t('recordedStreams')}</label>
                <select class="in" id="edit-streams" name="recording-streams">
                  ${['', 'main', 'sub', 'both'].map((which) => html`<option value=${which} ?selected=${which === (camera['recording-streams'] ?? '')}>${t('streams')[which]}</option>`)}
                </select>
                <small>${t('recordedStreamsHint')}</small>
              </div>
              <div class="field">
                <label for="edit-sub-days">${t('retentionSub')}</label>
                <select class="in" id="edit-sub-days" name="retention-sub-days">
                  <option value="" ?selected=${!camera['retention-sub-days']}>${t('retentionSubSame')}</option>
                  ${keptDays(camera['retention-sub-days']).map((count) => html`<option value=${count} ?selected=${count === camera['retention-sub-days']}>${t('days')(count)}</option>`)}
                </select>
              </div>
            </div>
            ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
          </div>
          <footer>
            <button type="button" class="btn" @click=${() => this.cancel()}>${t('cancel')}</button>
            <button class="btn primary" ?disabled=${this.busy}>${t('saveCamera')}</button>
          </footer>
        </form>
      </dialog>
    `;
  }

  async #save(event) {
    event.preventDefault();
    this.wrong = mistakes(this.about);
    if (Object.keys(this.wrong).length) return;
    const kept = Object.fromEntries(Object.entries(this.given.camera).filter(([key]) => !IN_FORM.has(key)));
    const { place } = this.given.camera;
    const form = new FormData(event.target);
    const url = form.get('url').trim();
    const definition = definitionOf(this.about);
    // Where the camera looks is not in the form, and stays.
    const { lat, lon, address, ...looks } = place ?? {};
    if (definition.place?.lat !== undefined) definition.place = { ...looks, ...definition.place };
    const second = form.get('second-url').trim();
    if (second) Object.assign(definition, { 'second-url': second, 'second-role': form.get('second-role') });
    if (second && form.get('recording-streams')) definition['recording-streams'] = form.get('recording-streams');
    if (form.get('retention-sub-days')) definition['retention-sub-days'] = Number(form.get('retention-sub-days'));
    this.busy = true;
    try {
      await replaceCamera({ ...kept, ...definition, url });
      this.done(t('cameraSaved'));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }
}

customElements.define('kydai-edit-camera', EditCamera);

/** @param {{camera: object, close: (words?: string) => void}} given */
export const editDialog = (given) => html`<kydai-edit-camera .given=${given}></kydai-edit-camera>`;
