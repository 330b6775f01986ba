/** The audit: who did what, when, from where, with which camera and report. Reading it is recorded too. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, status } from './frame/icons.js';
import { elementPage } from './frame/mounted.js';
import { address } from './frame/place.js';
import { fullTime, zoned } from './i18n.js';
import { t } from './words/audit.js';
import { fromField } from './sitetime.js';
import { audit, auditExport, cameras, may } from './server.js';
import { problemWords } from './problems.js';

const PAGE = 100;

/** What did not go as somebody wanted it: an auditor looks at it first. */
const WENT_WRONG = new Set(['session.refused', 'access.refused', 'case.failed']);

class AuditPage extends LitElement {
  static properties = {
    entries: { state: true },
    next: { state: true },
    filter: { state: true },
    error: { state: true },
    busy: { state: true },
    /** The names of cameras, by id. */
    names: { state: true },
  };

  constructor() {
    super();
    this.entries = [];
    this.filter = {};
    this.names = new Map();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
    this.#learnNames();
  }

  /** Ids stand in for them. */
  async #learnNames() {
    try {
      if (may('live')) this.names = new Map((await cameras()).map(({ id, name }) => [id, name]));
    } catch (error) {
      console.info('the cameras have no names here', error);
    }
  }

  async #load(cursor) {
    this.busy = true;
    this.error = undefined;
    try {
      const page = await audit({ ...this.filter, limit: PAGE, cursor });
      this.entries = cursor ? [...this.entries, ...page.entries] : page.entries;
      this.next = page.next;
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #search(event) {
    event.preventDefault();
    const chosen = Object.fromEntries(new FormData(event.target));
    this.filter = {
      since: fromField(chosen.since),
      until: fromField(chosen.until),
      actor: chosen.actor.trim(),
      type: chosen.type,
      camera: chosen.camera.trim(),
      report: chosen.report.trim(),
    };
    this.#load();
  }

  render() {
    const field = (name, label, type = 'text') => html`
      <label>${label} <input class="in" name=${name} type=${type} maxlength="200" autocomplete="off" /></label>
    `;
    return html`
      <section class="page audit">
        <header class="bar">
          <h1>${t('audit')}</h1>
          <span class="muted">${t('auditHint')}</span>
          <span class="grow"></span>
          <span class="seg">
            ${['jsonl', 'csv'].map(
              (format) => html`<a class="btn button" download href=${auditExport(format, this.filter)}>${format === 'jsonl' ? icon('download') : nothing}${t(`export_${format}`)}</a>`,
            )}
          </span>
        </header>
        <form class="ask" @submit=${(event) => this.#search(event)}>
          ${field('since', zoned(t('sinceTime')), 'datetime-local')} ${field('until', zoned(t('untilTime')), 'datetime-local')}
          ${field('actor', t('who'))}
          <label>
            ${t('whatHappened')}
            <select class="in" name="type">
              <option value="">${t('all')}</option>
              ${Object.entries(t('auditTypes')).map(
                ([type, words]) => html`<option value=${type}>${words}</option>`,
              )}
            </select>
          </label>
          ${field('camera', t('camera'))} ${field('report', t('report'))}
          <button class="btn primary verify" ?disabled=${this.busy}>${t('search')}</button>
        </form>
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        <div class="wide" tabindex="0" role="group" aria-label=${t('audit')}>
          <table class="t table entries cards" aria-busy=${Boolean(this.busy)}>
            <thead>
              <tr>
                <th>${t('number')}</th>
                <th>${t('when')}</th>
                <th>${t('who')}</th>
                <th>${t('whatHappened')}</th>
                <th>${t('withWhat')}</th>
                <th>${t('from')}</th>
                <th>${t('reason')}</th>
              </tr>
            </thead>
            <tbody>
              ${repeat(this.entries, ({ number }) => number, (entry) => this.#row(entry))}
            </tbody>
          </table>
        </div>
        ${this.entries.length || this.busy || this.error ? nothing : html`<p class="empty">${t('noEntries')}</p>`}
        ${this.next
          ? html`<p>
              <button class="btn older" ?disabled=${this.busy} @click=${() => this.#load(this.next)}>${t('older')}</button>
            </p>`
          : nothing}
      </section>
    `;
  }

  #row(entry) {
    const { actor, camera, report } = entry;
    const what = t('auditTypes')[entry.type] ?? entry.type;
    return html`
      <tr data-type=${entry.type}>
        <td class="muted">${entry.number}</td>
        <td><time datetime=${entry.at}>${fullTime(entry.at)}</time></td>
        <td>
          <b>${actor.name || t('unknownPerson')}</b>
          ${actor.kind === 'account' ? nothing : html`<small>${t(`actor_${actor.kind}`)}</small>`}
        </td>
        <td>
          <details>
            <summary>${WENT_WRONG.has(entry.type) ? status('no', 'amber', what) : what}</summary>
            <dl class="facts">
              <dt>${t('type')}</dt>
              <dd>${entry.type}</dd>
              ${entry.request ? html`<dt>${t('requestId')}</dt><dd>${entry.request}</dd>` : nothing}
              <dt>${t('details')}</dt>
              <dd><pre class="snippet">${JSON.stringify(entry.details, null, 2)}</pre></dd>
              <dt>${t('link')}</dt>
              <dd class="hash">${entry.previous}<br />→ ${entry.hash}</dd>
            </dl>
          </details>
        </td>
        <td>
          ${camera ? (this.names.has(camera) ? html`<a href=${address('cameras', camera)} title=${camera}>${this.names.get(camera)}</a>` : camera) : nothing}
          ${report ? html`<a class="file" href="#/reports/${report}">${report}</a>` : nothing}
        </td>
        <td>${entry.address ?? ''}</td>
        <td>${entry.reason ?? ''}</td>
      </tr>
    `;
  }
}

customElements.define('kydai-audit', AuditPage);

export const mount = elementPage('kydai-audit');
