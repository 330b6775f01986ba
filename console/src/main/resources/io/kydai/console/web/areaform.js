/** The form of one area: its id, its name, and its corners as text. */

import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { t } from './words/people.js';
import { typed } from './typed/fields.js';
import { forget } from './typed/kept.js';
import { putArea, removeArea } from './server.js';
import { problemWords } from './problems.js';

const FEWEST_CORNERS = 3;

/** @param {number[][]} polygon degrees north and east */
const asText = (polygon) => polygon.map((corner) => corner.join(', ')).join('\n');

/** @returns {number[][]|undefined} nothing where a line is not two numbers, or there are too few */
function fromText(text) {
  const corners = text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => line.split(/[,;\s]+/).filter(Boolean).map(Number));
  const right = corners.every(
    ([lat, lon, ...more]) => !more.length && Math.abs(lat) <= 90 && Math.abs(lon) <= 180,
  );
  return right && corners.length >= FEWEST_CORNERS ? corners : undefined;
}

class AreaForm extends LitElement {
  static properties = {
    area: { attribute: false },
    /** The ids that there are already. */
    taken: { attribute: false },
    error: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('area')) this.error = undefined;
  }

  async #run(work) {
    this.busy = true;
    this.error = undefined;
    try {
      this.dispatchEvent(new CustomEvent('changed', { bubbles: true, detail: await work() }));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #save(event) {
    event.preventDefault();
    const { id, name, corners } = event.target.elements;
    const polygon = fromText(corners.value);
    if (!polygon) {
      this.error = t('cornersWrong');
    } else if (!this.area.id && this.taken.includes(id.value)) {
      this.error = t('areaTaken');
    } else {
      this.#run(async () => {
        const version = this.area.version ?? 'none';
        await putArea(id.value, { name: name.value.trim(), polygon, version });
        forget(this.#typedAs);
        return { kind: 'area', id: id.value, words: t('areaSaved') };
      });
    }
  }

  #remove() {
    if (!confirm(t('removeAreaQuestion')(this.area.name))) return;
    this.#run(async () => {
      await removeArea(this.area.id);
      forget(this.#typedAs);
      return { kind: 'area', words: t('areaRemoved') };
    });
  }

  get #typedAs() {
    return `area.${this.area.id}`;
  }

  render() {
    return keyed(this.area, this.#form());
  }

  #form() {
    const { area } = this;
    return html`
      <h1 tabindex="-1">${area.id ? area.name : t('addArea')}</h1>
      <p class="warning" role="alert">${this.error ?? ''}</p>
      <form class="fields area" ${typed(this.#typedAs)} @submit=${(event) => this.#save(event)}>
        <div class="row-of">
          <label>
            ${t('areaId')}
            <input class="in"
              name="id"
              required
              maxlength="63"
              pattern="[a-z0-9][a-z0-9\\-]*"
              title=${t('areaIdRule')}
              autocomplete="off"
              spellcheck="false"
              ?readonly=${Boolean(area.id)}
              .value=${area.id}
            />
          </label>
          <label>
            ${t('areaName')}
            <input class="in" name="name" required maxlength="200" autocomplete="off" .value=${area.name} />
          </label>
        </div>
        <label>
          ${t('cornersLabel')}
          <textarea class="in" name="corners" required rows="10" spellcheck="false" .value=${asText(area.polygon)}></textarea>
        </label>
        <small class="muted">${t('cornersHint')}</small>
        <footer>
          <button class="btn primary verify" ?disabled=${this.busy}>${t('save')}</button>
          ${area.id
            ? html`<button type="button" class="btn danger reject remove" ?disabled=${this.busy} @click=${() => this.#remove()}>
                ${t('removeArea')}
              </button>`
            : nothing}
        </footer>
      </form>
    `;
  }
}

customElements.define('kydai-area-form', AreaForm);
