/** The dialog that imports cameras from a table or YAML: a preview first, then all or none. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { problemWords } from '../problems.js';
import { importCameras } from '../server.js';
import { t } from '../words/cameras.js';
import { Dialog } from './dialog.js';

/** As large as a request's body may be, with room for what JSON adds. */
const LARGEST = 60_000;

class Importing extends Dialog {
  static properties = { ...Dialog.properties, text: { state: true }, plan: { state: true } };

  constructor() {
    super();
    this.text = '';
  }

  render() {
    const { plan } = this;
    const ready = plan && !plan.wrong && plan.added + plan.changed > 0;
    return html`
      <dialog class="dlg wide" aria-labelledby="import-title">
        <h2 class="dlgh" id="import-title">${t('importTitle')}</h2>
        <div class="stack-2">
          <p class="dim">${t('importHint')}</p>
          <div class="field"><label for="import-file">${t('importChoose')}</label>
            <input class="in" id="import-file" type="file" accept=".csv,.yaml,.yml,text/csv" @change=${(event) => this.#file(event.target.files[0])} /></div>
          <div class="field"><label for="import-text">${t('importPaste')}</label>
            <textarea class="in mono" id="import-text" rows="5" spellcheck="false" .value=${this.text} @input=${(event) => this.#take(event.target.value)}></textarea></div>
          ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing} ${plan ? this.#plan(plan) : nothing}
        </div>
        <footer>
          <button type="button" class="btn" @click=${() => this.cancel()}>${t('cancel')}</button>
          <button type="button" class="btn ${ready ? '' : 'primary'} preview" ?disabled=${!this.text.trim() || this.busy} @click=${() => this.#send(false)}>${t('importCheck')}</button>
          ${ready ? html`<button type="button" class="btn primary apply" ?disabled=${this.busy} @click=${() => this.#send(true)}>${t('importApply')(plan.added, plan.changed)}</button>` : nothing}
        </footer>
      </dialog>
    `;
  }

  #plan(plan) {
    return html`
      ${plan.wrong ? html`<p class="note red" role="alert">${t('importWrong')(plan.wrong)}</p>` : nothing}
      <div class="tablewrap plan" tabindex="0" role="region" aria-label=${t('importCheck')}>
        <table class="t tight">
          <thead><tr><th scope="col" class="num">${t('importRow')}</th><th scope="col">id</th><th scope="col">${t('name')}</th><th scope="col">${t('importAction')}</th></tr></thead>
          <tbody>
            ${plan.rows.map(
              (row) => html`<tr>
                <td class="num">${row.line}</td><td class="mono">${row.id}</td><td>${row.name}</td>
                <td>
                  ${row.action === 'wrong'
                    ? row.mistakes.map((one) => html`<span class="err">${icon('close')}${t('importRow')} ${one.line}, ${t(`mistake_${one.code}`)(one.column)}</span>`)
                    : t(`action_${row.action}`)}
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  async #file(file) {
    if (file) this.#take(await file.text());
  }

  #take(text) {
    this.text = text;
    this.plan = undefined;
    this.error = text.length > LARGEST ? t('importTooLarge') : undefined;
  }

  async #send(apply) {
    const format = /^\s*(#|cameras:|---|\{)/m.test(this.text.slice(0, 2_000)) && !/^id[,;\t]/i.test(this.text.trim()) ? 'yaml' : 'csv';
    this.busy = true;
    this.error = undefined;
    try {
      const plan = await importCameras({ format, lines: this.text.split(/\r?\n/), apply });
      if (plan.applied) this.done(t('importDone')(plan.added, plan.changed));
      else this.plan = plan;
    } catch (error) {
      this.error = error.status === 413 ? t('importTooLarge') : problemWords(error);
    }
    this.busy = false;
  }
}

customElements.define('kydai-importing', Importing);

/** @param {{close: (words?: string) => void}} given */
export const importDialog = (given) => html`<kydai-importing .given=${given}></kydai-importing>`;
