/** The alert feed: the newest reports, as they come in. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { time, typeName } from './i18n.js';
import { t } from './words/wall.js';
import { events, reports } from './server.js';

const SHOWN = 40;

class Feed extends LitElement {
  static properties = { list: { state: true }, error: { state: true } };

  #abort;

  constructor() {
    super();
    this.list = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('hello', () => this.#load(), { signal });
    events.addEventListener('report', ({ detail }) => this.#put(detail.report), { signal });
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  async #load() {
    try {
      this.list = (await reports({ limit: SHOWN })).reports;
      this.error = undefined;
    } catch (error) {
      this.error = error.message;
    }
  }

  #put(report) {
    const at = this.list.findIndex(({ id }) => id === report.id);
    // A change of a report that is older than what is shown here concerns the queue only.
    if (at < 0 && this.list.length && report.id < this.list.at(-1).id) return;
    this.list =
      at < 0 ? [report, ...this.list].slice(0, SHOWN) : this.list.with(at, report);
  }

  render() {
    return html`
      <aside class="feed" aria-label=${t('alerts')}>
        <h2>${t('alerts')}</h2>
        ${this.error ? html`<p class="empty">${this.error}</p>` : nothing}
        ${this.list.length || this.error ? nothing : html`<p class="empty">${t('noAlerts')}</p>`}
        <ol role="log">
          ${repeat(
            this.list,
            ({ id }) => id,
            (report) => html`
              <li class="item ${report.state} ${report['ended-at'] ? '' : 'ongoing'}" data-report=${report.id}>
                <a href="#/reports/${report.id}">
                  ${picture(report)}
                  <span class="what">
                    <b>${typeName(report.type)}</b>
                    <time>${time(report['received-at'])}</time>
                    <span class="camera">${report.camera}</span>
                    <span class="state">${t(report.state)}</span>
                    <span class="why" title=${report.reason}>${report.reason}</span>
                  </span>
                </a>
              </li>
            `,
          )}
        </ol>
      </aside>
    `;
  }
}

/** A report's snapshot, small. */
export function picture(report) {
  const snapshot = report.evidence.find((item) => item['media-type'] === 'image/jpeg');
  return snapshot
    ? html`<img class="thumb" src=${snapshot.href} alt="" loading="lazy" />`
    : html`<span class="thumb none"></span>`;
}

customElements.define('kydai-feed', Feed);
