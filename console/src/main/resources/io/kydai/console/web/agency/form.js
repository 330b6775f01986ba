/** Words and a photo to a step. Both are kept in this browser until it is sent. */

import { LitElement, html, nothing } from 'lit';
import { session } from '../server.js';
import { t } from '../words/agency.js';
import { icon } from '../frame/icons.js';
import { forget, keep, keepWords, kept, keptWords } from './kept.js';
import { show, small } from './photo.js';

const ASKS = { resolve: 'askResolve', return: 'askReturn', comment: 'askComment' };

class AgencyForm extends LitElement {
  static properties = { report: { attribute: false }, action: { attribute: false }, words: { state: true }, photo: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.words = '';
  }

  createRenderRoot() {
    return this;
  }

  async #id() {
    const { account } = await session;
    return `${account?.id ?? ''} ${this.report} ${this.action}`;
  }

  willUpdate(changed) {
    if (changed.has('report') || changed.has('action')) this.#restore();
  }

  async #restore() {
    const words = keptWords(await this.#id());
    if (!this.words) this.words = words;
    this.photo ??= (await kept(`photo ${await this.#id()}`))?.photo;
  }

  updated(changed) {
    if (changed.has('photo') && this.photo) show(this.photo, this.querySelector('canvas'));
  }

  async #chosen(input) {
    const [file] = input.files;
    if (!file) return;
    try {
      this.photo = await small(file);
      this.error = undefined;
      await keep({ id: `photo ${await this.#id()}`, photo: this.photo });
    } catch (error) {
      console.info('no picture', error);
      this.error = t('noPicture');
    }
    input.value = '';
    if (this.photo) this.#focus('.send');
  }

  async #drop() {
    this.photo = undefined;
    await forget(`photo ${await this.#id()}`);
    this.#focus('[type=file]');
  }

  /** What had the focus is gone: keys go on at what comes next. */
  async #focus(selector) {
    await this.updateComplete;
    this.querySelector(selector)?.focus();
  }

  firstUpdated() {
    this.querySelector('textarea').focus();
  }

  async #typed(words) {
    this.words = words;
    keepWords(await this.#id(), words);
  }

  async #submit(event) {
    event.preventDefault();
    const words = this.words.trim();
    if (this.action !== 'resolve' && !words) return;
    const id = await this.#id();
    // Until the step itself is kept, its words and photo are.
    const done = () => {
      keepWords(id, '');
      forget(`photo ${id}`);
    };
    const { photo } = this;
    this.dispatchEvent(new CustomEvent('send', { detail: { words: words || undefined, photo, done } }));
  }

  #onKey(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent('cancel'));
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.querySelector('form').requestSubmit();
    }
  }

  #photo() {
    return html`
      ${this.error ? html`<p class="err" role="alert">${this.error}</p>` : nothing}
      <div class="agphoto">
        ${this.photo
          ? html`<canvas width="160" role="img" aria-label=${t('photoChosen')}></canvas>
              <button type="button" class="btn quiet" @click=${() => this.#drop()}>${t('remove')}</button>`
          : html`<label class="btn">
              ${icon('photo')}${t('addPhoto')}
              <input type="file" class="vh" accept="image/*" capture="environment" @change=${(event) => this.#chosen(event.target)} />
            </label>`}
      </div>
    `;
  }

  render() {
    const needed = this.action !== 'resolve';
    return html`
      <form class="stack-2" @submit=${(event) => this.#submit(event)} @keydown=${(event) => this.#onKey(event)}>
        <label class="field">
          <span class="lab">${t(ASKS[this.action])}</span>
          <textarea
            class="in"
            name="words"
            rows="3"
            maxlength=${this.action === 'comment' ? 2000 : 1000}
            ?required=${needed}
            .value=${this.words}
            @input=${(event) => this.#typed(event.target.value)}
          ></textarea>
        </label>
        ${this.action === 'return' ? nothing : this.#photo()}
        <small>${t('keptWords')}</small>
        <div class="agpair">
          <button class="btn big primary send">${t(this.action === 'resolve' ? 'finish' : 'send')}</button>
          <button type="button" class="btn big quiet" @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${t('cancel')}</button>
        </div>
      </form>
    `;
  }
}

customElements.define('kydai-agency-form', AgencyForm);
