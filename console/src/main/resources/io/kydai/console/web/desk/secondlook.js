/** The types of rules whose reports two people have to look at before they are verified. */

import { html } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { deskTypes, typeName } from '../i18n.js';
import { t } from '../words/desk.js';
import { SettingPage } from './setting.js';

class SecondLookPage extends SettingPage {
  constructor() {
    super('second-look', 'secondLook');
  }

  hint() {
    return t('secondLookHint');
  }

  form() {
    const { types } = this.value;
    // A type that is stored and that no rule has any more can be taken away.
    const all = [...deskTypes(), ...types.filter((type) => !deskTypes().includes(type))];
    const set = (type, on) => this.change({ types: all.filter((one) => (one === type ? on : types.includes(one))) });
    return html`
      <fieldset class="types">
        <legend>${t('secondLookTypes')}</legend>
        ${all.map(
          (type) => html`<label class="tick">
            <input type="checkbox" name=${type} .checked=${types.includes(type)} @change=${({ target }) => set(type, target.checked)} /> ${typeName(type)}
          </label>`,
        )}
      </fieldset>
    `;
  }
}

customElements.define('kydai-second-look', SecondLookPage);

export const mount = elementPage('kydai-second-look');
