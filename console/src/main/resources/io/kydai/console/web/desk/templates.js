/** Texts for comments and answers, in the order in which they are offered. */

import { html } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { icon } from '../frame/icons.js';
import { t } from '../words/desk.js';
import { SettingPage } from './setting.js';

const MOST = 200;

class TemplatesPage extends SettingPage {
  constructor() {
    super('templates', 'templates');
  }

  hint() {
    return t('templatesHint');
  }

  async #add() {
    this.change({ templates: [...this.value.templates, { name: '', text: '' }] });
    await this.updateComplete;
    this.querySelector('[data-row]:last-of-type input').focus();
  }

  form() {
    const { templates } = this.value;
    return html`
      <ol class="setting-rows">
        ${templates.map((template, row) => this.#row(template, row))}
      </ol>
      <div>
        <button type="button" class="btn add" ?disabled=${templates.length >= MOST} @click=${() => this.#add()}>
          ${icon('plus')}${t('addTemplate')}
        </button>
      </div>
    `;
  }

  #row(template, row) {
    const edit = (entries) =>
      this.change({ templates: this.value.templates.map((one, at) => (at === row ? { ...one, ...entries } : one)) });
    const button = (sign, word, off, act) => html`
      <button type="button" class="btn quiet icon" aria-label="${t(word)}: ${template.name || row + 1}" ?disabled=${off} @click=${act}>
        ${icon(sign)}
      </button>
    `;
    return html`
      <li class="row-of" data-row=${row}>
        <label>
          ${t('templateName')}
          <input class="in" name="name" required maxlength="100" autocomplete="off" .value=${template.name} aria-invalid=${this.invalid(row, 'name')} @input=${({ target }) => edit({ name: target.value })} />
        </label>
        <label class="long">
          ${t('templateText')}
          <textarea class="in" name="text" required maxlength="2000" rows="3" .value=${template.text} aria-invalid=${this.invalid(row, 'text')} @input=${({ target }) => edit({ text: target.value })}></textarea>
        </label>
        <span class="line">
          ${button('up', 'moveUp', row === 0, () => this.moveRow('templates', row, row - 1))}
          ${button('down', 'moveDown', row === this.value.templates.length - 1, () => this.moveRow('templates', row, row + 1))}
          ${button('trash', 'remove', false, () => this.removeRow('templates', row))}
        </span>
      </li>
    `;
  }
}

customElements.define('kydai-templates', TemplatesPage);

export const mount = elementPage('kydai-templates');
