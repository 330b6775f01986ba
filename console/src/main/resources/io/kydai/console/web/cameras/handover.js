/** The dialog that hands the faults of the chosen cameras to somebody who mends them, and what is said of it. */

import { html, nothing } from 'lit';
import { dateTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { agencies, handOverCamera } from '../server.js';
import { typed } from '../typed/fields.js';
import { t } from '../words/cameras.js';
import { Dialog, typedOf } from './dialog.js';

class HandingOver extends Dialog {
  static properties = { ...Dialog.properties, known: { state: true } };

  async connectedCallback() {
    super.connectedCallback();
    this.known = [];
    try {
      this.known = (await agencies()).map(({ name }) => name);
    } catch (error) {
      console.info('the agencies are not offered', error); // Whoever may not see them types a name.
    }
  }

  get typedAs() {
    return typedOf('camera-handover', this.given.chosen);
  }

  render() {
    const { chosen } = this.given;
    return html`
      <dialog class="dlg" aria-labelledby="handover-title">
        <form ${typed(this.typedAs)} @submit=${(event) => this.#handOver(event)}>
          <h2 class="dlgh" id="handover-title">${t('handOverTitle')(chosen.length)}</h2>
          <div class="stack-2">
            <div class="field">
              <label for="handover-to">${t('handOverTo')}</label>
              <input class="in" id="handover-to" name="to" required maxlength="200" list="handover-known" autocomplete="off" />
              <datalist id="handover-known">${(this.known ?? []).map((name) => html`<option value=${name}></option>`)}</datalist>
              <small>${t('handOverHint')}</small>
            </div>
            <div class="field"><label for="handover-note">${t('handOverNote')}</label><textarea class="in" id="handover-note" name="note" rows="3" maxlength="1000"></textarea></div>
            ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
          </div>
          <footer>
            <button type="button" class="btn" @click=${() => this.cancel()}>${t('cancel')}</button>
            <button class="btn primary" ?disabled=${this.busy}>${t('handOver')}</button>
          </footer>
        </form>
      </dialog>
    `;
  }

  async #handOver(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const wish = { to: form.get('to').trim(), note: form.get('note').trim() };
    this.busy = true;
    try {
      await Promise.all(this.given.chosen.map(({ id }) => handOverCamera(id, wish)));
      this.done();
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }
}

customElements.define('kydai-handing-over', HandingOver);

/** @param {{chosen: object[], close: (words?: string) => void}} given */
export const handOverDialog = (given) => html`<kydai-handing-over .given=${given}></kydai-handing-over>`;

/** To whom the camera's fault is handed, in one line; nothing where it is not. @param {object} camera */
export const handedOver = ({ status }) => {
  const handover = status['handed-over'];
  return handover ? html`<span class="handed" title=${handover.note}>${t('handedTo')(handover.to)}</span>` : nothing;
};

/** Who handed it over, when, to whom, and the note. @param {object} handover the contract's CameraHandover */
export const handoverWords = ({ to, by, since, note }) => html`
  <b>${t('handedTo')(to)}</b> <span class="dim">${by} · ${dateTime(since)}</span>${note ? html` <span class="noted">${note}</span>` : nothing}
`;
