/** The open alerts beside the wall, and the way to the cameras that need care. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { openAlerts } from '../alerts/open.js';
import { COLOURS, priorityOf } from '../alerts/priority.js';
import { bell } from '../alerts/sound.js';
import { thumb } from '../alerts/thumb.js';
import { icon, status } from '../frame/icons.js';
import { pageOf } from '../frame/pages.js';
import { address, setQuery } from '../frame/place.js';
import { time, typeName } from '../i18n.js';
import { problemWords } from '../problems.js';
import { may } from '../server.js';
import { t } from '../words/wall.js';

class Feed extends LitElement {
  static properties = {
    cameras: { attribute: false },
    /** The id of the report that is open over the wall. */
    open: { attribute: false },
  };

  #abort;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    openAlerts.addEventListener('change', () => this.requestUpdate(), { signal });
    bell.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  render() {
    const { groups, loaded, error } = openAlerts;
    const unknown = groups.filter(({ newest }) => !openAlerts.isKnown(newest)).length;
    return html`
      <aside class="feed" aria-label=${t('openAlerts')}>
        <div class="fullclock line between">
          <kydai-clock class="clock"></kydai-clock><kydai-beat class="beat"></kydai-beat>
        </div>
        <div class="feedhead">
          <h2>${t('openAlerts')}</h2>
          <span class="count ${unknown ? 'red' : ''}">${groups.length}</span>
          <span class="grow"></span>
          ${bell.on
            ? html`<button type="button" class="btn quiet small icon" aria-pressed=${bell.quiet} aria-label=${t('hush')} title=${t('hush')} @click=${() => bell.hush()}>
                ${icon('muted')}
              </button>`
            : nothing}
        </div>
        ${error ? html`<p class="note red" role="alert">${problemWords(error)}</p>` : nothing}
        ${loaded && !groups.length && !error
          ? html`<p class="empty grow">${icon('tick')}<b>${t('noAlerts')}</b><span>${t('noAlertsHint')}</span></p>`
          : nothing}
        <ul class="rows scroll" role="list" aria-label=${t('alertList')} tabindex=${groups.length ? '0' : nothing}>
          ${loaded ? repeat(groups, ({ key }) => key, (group) => this.#item(group)) : this.#bones()}
        </ul>
        <div class="feedfoot">${this.#maintenance()}${this.#desk()}</div>
      </aside>
    `;
  }

  #bones() {
    return [1, 2, 3].map(
      () => html`<li class="line pad" aria-hidden="true">
        <span class="bone box"></span><span class="stack-2 grow"><span class="bone w8"></span><span class="bone w5"></span></span>
      </li>`,
    );
  }

  #item({ newest, reports }) {
    const priority = priorityOf(newest);
    const camera = this.cameras.find(({ id }) => id === newest.camera);
    const known = openAlerts.isKnown(newest);
    const state = newest.state;
    return html`
      <li>
        <button
          type="button"
          class="item ${state} ${known ? 'known' : ''}"
          data-report=${newest.id}
          aria-current=${reports.some(({ id }) => id === this.open) ? 'true' : nothing}
          @click=${() => setQuery({ alert: newest.id }, {})}
        >
          ${thumb(newest)}
          <span class="cut">
            <span class="l1"
              ><span class="cut">${typeName(newest.type)}</span>${reports.length > 1
                ? html`<span class="count">×${reports.length}</span>`
                : nothing}</span
            >
            <span class="l2 cut">${camera?.name ?? newest.camera}</span>
            <span class="l3">
              ${status(priority, COLOURS[priority], t(`priority_${priority}`))}
              ${known ? html`<span class="vh">${t('known')}</span>` : nothing}
              <time datetime=${newest['started-at']}>${time(newest['started-at'])}</time>
            </span>
          </span>
        </button>
      </li>
    `;
  }

  /** Cameras' faults are maintenance: a way to their list, and never a report to verify. */
  #maintenance() {
    const faults = this.cameras.filter(
      ({ status: { state, paused, maintenance } }) =>
        !paused && (maintenance || !['live', 'stopped', 'connecting'].includes(state)),
    ).length;
    if (!faults) return nothing;
    const words = status('fault', 'amber', t('needCare')(faults));
    const to = may('configure-cameras') ? (pageOf('cameras')?.unlisted ? 'find' : 'cameras') : undefined;
    return to
      ? html`<a class="btn quiet wide" href=${address(to)}>${words}<span class="grow"></span>${icon('next')}</a>`
      : html`<p class="line pad">${words}</p>`;
  }

  #desk() {
    return html`<a class="btn wide" href=${address('incidents')}>${t('openDesk')}<kbd>g</kbd><kbd>i</kbd></a>`;
  }
}

customElements.define('kydai-feed', Feed);
