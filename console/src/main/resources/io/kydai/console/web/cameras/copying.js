/** The dialog that copies settings of one camera to others. */

import { html, nothing } from 'lit';
import { inNameOrder } from '../i18n.js';
import { problemWords } from '../problems.js';
import { copySettings } from '../server.js';
import { t } from '../words/cameras.js';
import { Dialog } from './dialog.js';

const KEYS = ['rules', 'groups', 'purpose', 'recording', 'retention-days', 'analysis', 'transport'];

/** What is chosen together is copied together. */
const TOGETHER = {
  rules: ['scene', 'rules'],
  'retention-days': ['retention-days', 'retention-sub-days', 'retention-thin-days', 'retention-archive-days'],
  recording: ['recording', 'recording-times', 'recording-pre-roll', 'recording-post-roll', 'recording-audio'],
};

class Copying extends Dialog {
  static properties = { ...Dialog.properties, count: { state: true } };

  constructor() {
    super();
    this.count = 0;
  }

  render() {
    const [from] = this.given.chosen;
    const others = inNameOrder(this.given.cameras.filter(({ id }) => id !== from.id));
    return html`
      <dialog class="dlg" aria-labelledby="copy-title">
        <form @submit=${(event) => this.#copy(event)} @change=${(event) => this.#see(event.currentTarget)}>
          <h2 class="dlgh" id="copy-title">${t('copyTitle')(from.name)}</h2>
          <div class="stack-2">
            <fieldset class="stack-2"><legend class="lab">${t('copyWhat')}</legend>
              ${KEYS.map((key) => html`<label class="check"><input type="checkbox" name="key" value=${key} />${t(`key_${key}`)}</label>`)}
            </fieldset>
            <p class="hint">${t('copySceneHint')}</p>
            <fieldset><legend class="lab">${t('copyTo')}</legend>
              <div class="scroll choices">${others.map(({ id, name }) => html`<label class="check"><input type="checkbox" name="to" value=${id} />${name}</label>`)}</div>
            </fieldset>
            ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
          </div>
          <footer>
            <button type="button" class="btn" @click=${() => this.cancel()}>${t('cancel')}</button>
            <button class="btn primary" ?disabled=${this.busy || !this.count}>${t('copyDo')(this.count)}</button>
          </footer>
        </form>
      </dialog>
    `;
  }

  #see(form) {
    const given = new FormData(form);
    this.count = given.getAll('key').length ? given.getAll('to').length : 0;
  }

  async #copy(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const keys = form.getAll('key').flatMap((key) => TOGETHER[key] ?? [key]);
    const to = form.getAll('to');
    this.busy = true;
    try {
      await copySettings(this.given.chosen[0].id, { to, keys });
      this.done(t('copyDone')(to.length));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }
}

customElements.define('kydai-copying', Copying);

/** @param {{cameras: object[], chosen: object[], close: (words?: string) => void}} given */
export const copyDialog = (given) => html`<kydai-copying .given=${given}></kydai-copying>`;
