/** The dialog that pauses the chosen cameras, for some hours or until somebody ends it. */

import { html, nothing } from 'lit';
import { problemWords } from '../problems.js';
import { pauseCamera } from '../server.js';
import { siteNow } from '../site.js';
import { typed } from '../typed/fields.js';
import { t } from '../words/cameras.js';
import { Dialog, typedOf } from './dialog.js';

const HOURS = [1, 4, 8, 24];

class Pausing extends Dialog {
  get typedAs() {
    return typedOf('camera-pause', this.given.chosen);
  }

  render() {
    const { chosen } = this.given;
    return html`
      <dialog class="dlg" aria-labelledby="pause-title">
        <form ${typed(this.typedAs)} @submit=${(event) => this.#pause(event)}>
          <h2 class="dlgh" id="pause-title">${t('pauseTitle')(chosen.length)}</h2>
          <div class="stack-2">
            <div class="field"><label for="pause-reason">${t('pauseReason')}</label><input class="in" id="pause-reason" name="reason" maxlength="300" /></div>
            <div class="field">
              <label for="pause-until">${t('pauseUntil')}</label>
              <select class="in" id="pause-until" name="hours">
                ${HOURS.map((count) => html`<option value=${count}>${t('hours')(count)}</option>`)}
                <option value="">${t('untilAsked')}</option>
              </select>
            </div>
            ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
          </div>
          <footer>
            <button type="button" class="btn" @click=${() => this.cancel()}>${t('cancel')}</button>
            <button class="btn primary" ?disabled=${this.busy}>${t('pause')}</button>
          </footer>
        </form>
      </dialog>
    `;
  }

  async #pause(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const hours = Number(form.get('hours'));
    const wish = { reason: form.get('reason').trim() };
    if (hours) wish.until = new Date(siteNow() + hours * 3_600_000).toISOString();
    this.busy = true;
    try {
      await Promise.all(this.given.chosen.map(({ id }) => pauseCamera(id, wish)));
      this.done();
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }
}

customElements.define('kydai-pausing', Pausing);

/** @param {{chosen: object[], close: (words?: string) => void}} given */
export const pauseDialog = (given) => html`<kydai-pausing .given=${given}></kydai-pausing>`;
