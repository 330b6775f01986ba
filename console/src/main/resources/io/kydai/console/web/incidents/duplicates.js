/** Other reports that may be of the same event: they are merged into the shown one, or split from it. */

import { LitElement, html, nothing } from 'lit';
import { thumb } from '../alerts/thumb.js';
import { address } from '../frame/place.js';
import { number, typeName } from '../i18n.js';
import { duplicates, may, merge, split } from '../server.js';
import { t } from '../words/incidents.js';
import { conflictWords } from './conflict.js';

class Duplicates extends LitElement {
  static properties = {
    report: { attribute: false },
    cameras: { attribute: false },
    found: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    const before = changed.get('report');
    if (!changed.has('report') || (before?.id === this.report.id && before.version === this.report.version)) return;
    if (before?.id !== this.report.id) Object.assign(this, { found: undefined, error: undefined });
    this.load();
  }

  /** Asks anew which reports there are. */
  async load() {
    const { id } = this.report;
    try {
      const found = await duplicates(id);
      if (id === this.report.id) this.found = found;
    } catch (error) {
      console.info('nobody knows what may be of the same event', error);
    }
  }

  async #change(step, seen = []) {
    this.busy = true;
    this.error = undefined;
    try {
      await step();
    } catch (error) {
      this.error = await conflictWords(error, seen);
    }
    this.busy = false;
    this.load();
  }

  /** Merges the nearest candidate. */
  mergeFirst() {
    const [first] = this.#candidates;
    if (first && this.#mayMerge) this.#merge(first.report);
  }

  #merge = (one) => this.#change(() => merge(one.id, { parent: this.report.id, version: one.version }), [one]);

  /** One that follows another itself cannot be followed. */
  get #mayMerge() {
    return may('review') && !this.busy && !this.report.parent;
  }

  /** Those of the same incident are decided on with it anyway. */
  get #candidates() {
    return (this.found?.candidates ?? []).filter(({ report }) => !report.incident || report.incident !== this.report.incident);
  }

  #row(one, distance, button) {
    const name = this.cameras.find(({ id }) => id === one.camera)?.name ?? one.camera;
    return html`<li class="line">
      <a class="line grow" href=${address('reports', one.id)}>${thumb(one)}<span class="cut"><b>${typeName(one.type)}</b> · ${name}<br /><span class="muted">${distance}</span></span></a>
      ${button}
    </li>`;
  }

  render() {
    const { parent, followers = [] } = this.found ?? {};
    const candidates = this.#candidates;
    if (!parent && !followers.length && !candidates.length && !this.error) return nothing;
    return html`
      <section class="duplicates stack-2">
        <h3 class="lab">${t('sameEvent')}</h3>
        ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
        ${parent
          ? html`<p class="line wrap"><a href=${address('reports', parent)}>${t('followsOther')}</a>
              ${may('review') ? html`<button type="button" class="btn small" ?disabled=${this.busy} @click=${() => this.#change(() => split(this.report.id))}>${t('split')}</button>` : nothing}</p>`
          : nothing}
        <ul class="stack-2">
          ${followers.map((one) =>
            this.#row(one, t('follows'), may('review')
              ? html`<button type="button" class="btn small" ?disabled=${this.busy} @click=${() => this.#change(() => split(one.id))}>${t('split')}</button>`
              : nothing))}
          ${candidates.map(({ report, metres, seconds }, at) =>
            this.#row(report, t('apart')(number(metres), number(seconds)), this.#mayMerge
              ? html`<button type="button" class="btn small merge" @click=${() => this.#merge(report)}>${t('merge')}${at ? nothing : html`<kbd>d</kbd>`}</button>`
              : nothing))}
        </ul>
      </section>
    `;
  }
}

customElements.define('kydai-duplicates', Duplicates);
