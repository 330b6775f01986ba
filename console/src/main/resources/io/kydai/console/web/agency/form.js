/** Words to a step. What is typed is kept in this browser until it is sent. */

import { LitElement, html } from 'lit';
import { session } from '../server.js';
import { t } from '../words/agency.js';
import { keepWords, keptWords } from './kept.js';

const ASKS = { resolve: 'askResolve', return: 'askReturn', comment: 'askComment' };

class AgencyForm extends LitElement {
  static properties = { report: { attribute: false }, action: { attribute: false }, words: { state: true } };

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
    // Until the step itself is kept, its words are.
    const kept = () => keepWords(id, '');
    this.dispatchEvent(new CustomEvent('send', { detail: { words: words || undefined, kept } }));
  }

  #onKey(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent('cancel'));
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.querySelector('form').requestSubmit();
    }
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
          <small>${t('keptWords')}</small>
        </label>
        <div class="agpair">
          <button class="btn big primary send">${t(this.action === 'resolve' ? 'resolve' : 'send')}</button>
          <button type="button" class="btn big quiet" @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>${t('cancel')}</button>
        </div>
      </form>
    `;
  }
}

customElements.define('kydai-agency-form', AgencyForm);
