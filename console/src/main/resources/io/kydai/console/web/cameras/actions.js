/** What can be done with one camera by whoever configures cameras; and what is wrong with it. */

import { LitElement, html, nothing } from 'lit';
import { icon, status as stateSign } from '../frame/icons.js';
import { address, go } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { dateTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { cameras, endHandover, may, removeCamera, resumeCamera, retryCamera } from '../server.js';
import { t } from '../words/cameras.js';
import { condition, itemWords } from './condition.js';
import { copyDialog } from './copying.js';
import { editDialog } from './edit.js';
import { handOverDialog, handoverWords } from './handover.js';
import { pauseDialog } from './pausing.js';

class CameraActions extends LitElement {
  static properties = { camera: { attribute: false }, dialog: { state: true }, error: { state: true } };

  createRenderRoot() {
    return this;
  }

  #close = (words) => {
    this.dialog = undefined;
    if (words) toast(words);
  };

  async #do(action) {
    try {
      await action();
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  async #copy() {
    await this.#do(async () => {
      this.dialog = copyDialog({ cameras: await cameras(), chosen: [this.camera], close: this.#close });
    });
  }

  async #remove() {
    const { id, name } = this.camera;
    if (!confirm(t('removeQuestion')(name))) return;
    await this.#do(async () => {
      await removeCamera(id);
      go(address('cameras'));
    });
  }

  render() {
    const { camera } = this;
    const now = condition(camera);
    const { paused, 'handed-over': handover } = camera.status;
    return html`
      <div class="line wrap">
        ${stateSign(now.sign, now.colour, now.word)}<span class="dim">${now.since}</span>
        ${now.fault && now.kind !== 'faulty' ? html`<span>${now.fault} · <b>${now.remedy}</b></span>` : nothing}
        ${now.next ? html`<span class="dim">${t('nextTry')}: ${now.next}</span>` : nothing}
      </div>
      ${(camera.status.maintenance ?? []).map((item) => this.#item(item))}
      ${handover ? this.#handover(camera.id, handover) : nothing}
      ${may('configure-cameras') ? this.#buttons(camera, now, paused) : nothing}
      ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing} ${this.dialog ?? nothing}
    `;
  }

  /** A fault that a rule found of its camera: with its picture, and nothing to decide. */
  #item(item) {
    const { fault, remedy } = itemWords(item);
    return html`
      <div class="line wrap maintenance-item" role="group" aria-label=${t('shownFault')} data-report=${item.report}>
        ${item.picture && may('evidence') ? html`<a class="pic thumb big" href=${item.picture} target="_blank"><img src=${item.picture} alt=${fault} loading="lazy" /></a>` : nothing}
        <span>${fault} · <b>${remedy}</b> <span class="dim">${t('sinceWhen')} ${dateTime(item.since)}</span></span>
        ${may('evidence') ? html`<a class="btn quiet small" href=${address('search', undefined, { camera: this.camera.id, state: 'maintenance' })}>${icon('search')}${t('pastFaults')}</a>` : nothing}
      </div>
    `;
  }

  #handover(id, handover) {
    return html`
      <div class="line wrap handover" role="group" aria-label=${t('handedTo')(handover.to)}>
        ${icon('wrench')}<span>${handoverWords(handover)}</span>
        ${may('configure-cameras')
          ? html`<button type="button" class="btn small handover-done" @click=${() => this.#do(() => endHandover(id, 'done'))}>${icon('tick')}${t('handoverDone')}</button>
              <button type="button" class="btn quiet small take-back" @click=${() => this.#do(() => endHandover(id, 'taken-back'))}>${t('takeBack')}</button>`
          : nothing}
      </div>
    `;
  }

  #buttons(camera, now, paused) {
    const { id } = camera;
    return html`
      <div class="line wrap actions">
        <a class="btn primary draw" href=${address('scene', id)}>${icon('zone')}${t('drawScene')}</a>
        <button type="button" class="btn edit" @click=${() => (this.dialog = editDialog({ camera, close: this.#close }))}>${icon('pencil')}${t('editCamera')}</button>
        ${now.kind === 'lost' ? html`<button type="button" class="btn" @click=${() => this.#do(() => retryCamera(id))}>${icon('again')}${t('tryNow')}</button>` : nothing}
        ${paused
          ? html`<button type="button" class="btn resume" @click=${() => this.#do(() => resumeCamera(id))}>${t('resume')}</button>`
          : html`<button type="button" class="btn pause" @click=${() => (this.dialog = pauseDialog({ chosen: [camera], close: this.#close }))}>${icon('pause')}${t('pauseDots')}</button>`}
        <button type="button" class="btn hand-over" @click=${() => (this.dialog = handOverDialog({ chosen: [camera], close: this.#close }))}>${icon('wrench')}${t('handOverDots')}</button>
        <button type="button" class="btn quiet" @click=${() => this.#copy()}>${icon('copy')}${t('copyDots')}</button>
        <button type="button" class="btn danger remove" @click=${() => this.#remove()}>${icon('trash')}${t('removeCamera')}</button>
      </div>
    `;
  }
}

customElements.define('kydai-camera-actions', CameraActions);
