/** The files that people attached to a report; who may removes one, with a reason. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { toast } from '../frame/toast.js';
import { fullTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { attachments, events, may, removeAttachment } from '../server.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/attachments.js';

class AttachmentsOfReport extends LitElement {
  static properties = {
    reportId: { attribute: false },
    /** The own account, whose name stands on what it attached. */
    account: { attribute: false },
    files: { state: true },
    removing: { state: true },
    busy: { state: true },
    error: { state: true },
  };

  #seen;
  #inView = false;
  #ended;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ended = new AbortController();
    events.addEventListener('report', ({ detail }) => detail.report.id === this.reportId && this.#load(), { signal: this.#ended.signal });
    // Whoever goes through a flood of reports does not ask for the files of each.
    this.#seen = new IntersectionObserver((entries) => {
      this.#inView = entries.some(({ isIntersecting }) => isIntersecting);
      if (this.#inView && !this.files) this.#load();
    });
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#ended.abort();
  }

  willUpdate(changed) {
    if (!changed.has('reportId')) return;
    this.files = undefined;
    this.removing = undefined;
    this.error = undefined;
    this.#load();
  }

  async #load() {
    if (!this.#inView) return;
    const id = this.reportId;
    try {
      const files = await attachments(id);
      if (id !== this.reportId) return;
      this.files = files;
      this.error = undefined;
    } catch (error) {
      if (id === this.reportId) this.error = problemWords(error);
    }
  }

  async #remove(event, file) {
    event.preventDefault();
    const id = this.reportId;
    this.busy = true;
    try {
      await removeAttachment(id, file.id, event.target.elements.reason.value.trim());
      forget(`attachment.${file.id}`);
      if (id === this.reportId) {
        this.files = this.files.filter((one) => one.id !== file.id);
        this.removing = undefined;
      }
      toast(t('removed')(file.name));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  async #ask(file) {
    this.removing = this.removing === file.id ? undefined : file.id;
    await this.updateComplete;
    this.querySelector('[name=reason]')?.focus();
  }

  render() {
    return html`
      ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
      ${this.files?.length
        ? html`<section class="attached stack-2">
            <h3 class="lab">${t('files')}</h3>
            <ul class="notes">${this.files.map((file) => this.#file(file))}</ul>
          </section>`
        : nothing}
    `;
  }

  #file(file) {
    const removable = may('review') || file.actor === this.account?.name;
    return html`
      <li data-file=${file.id}>
        <a href=${file.href} target="_blank" rel="noopener" title="SHA-256 ${file.sha256}">${file.name}</a>
        <span class="muted">${file.actor}, <time datetime=${file.at}>${fullTime(file.at)}</time>${file['is-public'] ? ` · ${t('public')}` : ''}</span>
        ${removable ? html`<button type="button" class="btn quiet icon small" aria-label=${t('remove')(file.name)} aria-expanded=${this.removing === file.id} @click=${() => this.#ask(file)}>${icon('trash')}</button>` : nothing}
        ${this.removing === file.id
          ? html`<form class="line wrap" ${typed(`attachment.${file.id}`)} @submit=${(event) => this.#remove(event, file)}>
              <label class="grow stack-2">${t('why')} <input class="in" name="reason" required maxlength="500" autocomplete="off" /></label>
              <button class="btn small danger" ?disabled=${this.busy}>${t('removeNow')}</button>
            </form>`
          : nothing}
      </li>
    `;
  }
}

customElements.define('kydai-attachments', AttachmentsOfReport);
