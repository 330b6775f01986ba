/** The reasons for which reviewers reject reports: each with the digit that chooses it. */

import { html } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { icon } from '../frame/icons.js';
import { t } from '../words/desk.js';
import { SettingPage } from './setting.js';

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

class ReasonsPage extends SettingPage {
  constructor() {
    super('reject-reasons', 'rejectReasons');
  }

  hint() {
    return t('reasonsHint');
  }

  async #add() {
    const { reasons } = this.value;
    const digit = DIGITS.find((one) => !reasons.some((reason) => reason.digit === one));
    this.change({ reasons: [...reasons, { digit, vi: '', en: '' }] });
    await this.updateComplete;
    this.querySelector('[data-row]:last-of-type input').focus();
  }

  form() {
    const { reasons } = this.value;
    return html`
      <ol class="setting-rows">
        ${reasons.map((reason, row) => this.#row(reason, row))}
      </ol>
      <div>
        <button type="button" class="btn add" ?disabled=${reasons.length >= DIGITS.length} @click=${() => this.#add()}>
          ${icon('plus')}${t('addReason')}
        </button>
      </div>
    `;
  }

  #row(reason, row) {
    const edit = (entries) =>
      this.change({ reasons: this.value.reasons.map((one, at) => (at === row ? { ...one, ...entries } : one)) });
    const taken = (digit) => digit !== reason.digit && this.value.reasons.some((one) => one.digit === digit);
    return html`
      <li class="row-of" data-row=${row}>
        <label class="short">
          ${t('digit')}
          <select class="in" name="digit" aria-invalid=${this.invalid(row, 'digit')} @change=${({ target }) => edit({ digit: Number(target.value) })}>
            ${DIGITS.map((digit) => html`<option .selected=${digit === reason.digit} ?disabled=${taken(digit)}>${digit}</option>`)}
          </select>
        </label>
        <label>
          ${t('inVietnamese')}
          <input class="in" name="vi" lang="vi" required maxlength="200" autocomplete="off" .value=${reason.vi} @input=${({ target }) => edit({ vi: target.value })} />
        </label>
        <label>
          ${t('inEnglish')}
          <input class="in" name="en" lang="en" required maxlength="200" autocomplete="off" .value=${reason.en} @input=${({ target }) => edit({ en: target.value })} />
        </label>
        <button
          type="button"
          class="btn quiet icon remove"
          aria-label="${t('remove')}: ${reason.vi || reason.digit}"
          ?disabled=${this.value.reasons.length === 1}
          @click=${() => this.removeRow('reasons', row)}
        >
          ${icon('trash')}
        </button>
      </li>
    `;
  }
}

customElements.define('kydai-reject-reasons', ReasonsPage);

export const mount = elementPage('kydai-reject-reasons');
