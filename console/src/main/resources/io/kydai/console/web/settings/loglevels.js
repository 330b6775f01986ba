/** The levels of the server's log: in force at once, until the process ends. */

import { html, nothing } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { icon } from '../frame/icons.js';
import { byName } from '../i18n.js';
import { logLevels, replaceLogLevels } from '../server.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/settings.js';
import { ReadingPage } from './reading.js';

const LEVELS = ['off', 'error', 'warn', 'info', 'debug', 'trace'];
const ROOT = 'ROOT';
const PARTS = ['io.kydai', 'io.kydai.ingest', 'io.kydai.models', 'io.kydai.analytics', 'io.kydai.streaming', 'io.kydai.console'];

class LogLevelsPage extends ReadingPage {
  static properties = { levels: { state: true } };

  async read() {
    this.levels = await logLevels();
  }

  #set(levels) {
    this.run(async () => {
      await replaceLogLevels(levels);
      return t('saved');
    });
  }

  #add(event) {
    event.preventDefault();
    const form = event.target;
    const name = form.elements.logger.value.trim();
    this.#set({ ...this.levels, [name]: form.elements.level.value });
    forget('log-level');
    form.reset();
  }

  #remove(name) {
    const { [name]: gone, ...others } = this.levels;
    this.#set(others);
  }

  render() {
    return html`
      <section class="page loglevels">
        <h1>${t('logLevels')}</h1>
        <p class="muted">${t('logLevelsHint')}</p>
        ${this.messages()} ${this.levels ? this.#list() : nothing}
      </section>
    `;
  }

  #list() {
    const names = Object.keys(this.levels).sort((one, other) => (one === ROOT) - (other === ROOT) || byName(one, other));
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('logLevels')}>
        <table class="t table">
          <thead>
            <tr><th>${t('logger')}</th><th>${t('level')}</th><td></td></tr>
          </thead>
          <tbody>
            ${names.map(
              (name) => html`
                <tr data-logger=${name}>
                  <th scope="row">${name === ROOT ? t('everything') : html`<code>${name}</code>`}</th>
                  <td>${this.#level(`${t('level')}: ${name}`, this.levels[name], (level) => this.#set({ ...this.levels, [name]: level }))}</td>
                  <td>
                    ${name === ROOT
                      ? nothing
                      : html`<button type="button" class="btn quiet icon" aria-label="${t('removeLogger')}: ${name}" ?disabled=${this.busy} @click=${() => this.#remove(name)}>
                          ${icon('trash')}
                        </button>`}
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <form class="fields" ${typed('log-level')} @submit=${(event) => this.#add(event)}>
        <div class="row-of">
          <label>
            ${t('loggerName')}
            <input class="in" name="logger" list="loggers" required maxlength="200" pattern="io\\.kydai(\\.[A-Za-z0-9_]+)*" autocomplete="off" />
          </label>
          <datalist id="loggers">${PARTS.map((part) => html`<option value=${part}></option>`)}</datalist>
          <label>${t('level')} ${this.#level(nothing, 'debug')}</label>
        </div>
        <div><button class="btn" ?disabled=${this.busy}>${icon('plus')}${t('addLogger')}</button></div>
      </form>
    `;
  }

  #level(label, chosen, changed = () => {}) {
    return html`
      <select class="in auto" name="level" aria-label=${label} ?disabled=${this.busy} @change=${({ target }) => changed(target.value)}>
        ${LEVELS.map((level) => html`<option value=${level} .selected=${level === chosen}>${t(`level_${level}`)}</option>`)}
      </select>
    `;
  }
}

customElements.define('kydai-log-levels', LogLevelsPage);

export const mount = elementPage('kydai-log-levels');
