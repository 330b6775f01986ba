/** The report queue: a list, and the chosen report with its evidence and what may be done with it. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { elementPage } from './frame/mounted.js';
import { allowedActions } from './alerts/actions.js';
import { thumb } from './alerts/thumb.js';
import { atThatMoment } from './playback/link.js';
import { alertTypes, dateTime, measureName, number, typeName } from './i18n.js';
import { t } from './words/reports.js';
import { act, cameras, events, may, report as fetchReport, reports as fetchReports } from './server.js';
import { reasonWords } from './words/reasons.js';

const STATES = ['received', 'verified', 'assigned', 'in-progress', 'resolved', 'rejected'];
const AGENCIES = 'kydai.agencies';

/** The key of each action; which of them a report allows is in the server's answer. */
const KEYS = { v: 'verify', x: 'reject', a: 'assign', r: 'resolve' };

/** How the button of each action looks. */
const LOOKS = { verify: 'primary', reject: 'danger', assign: '', resolve: 'primary' };

class Reports extends LitElement {
  static properties = {
    reportId: { attribute: false },
    list: { state: true },
    cameras: { state: true },
    next: { state: true },
    filter: { state: true },
    open: { state: true },
    error: { state: true },
    asking: { state: true },
    busy: { state: true },
  };

  #abort;

  constructor() {
    super();
    this.list = [];
    this.cameras = [];
    this.filter = { state: '', type: '' };
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
    events.addEventListener('report-removed', ({ detail }) => this.#drop((one) => one.id === detail.id), { signal });
    events.addEventListener('reports-removed', ({ detail }) => this.#drop((one) => one.camera === detail.camera), { signal });
    addEventListener('keydown', (event) => this.#onKey(event), { signal });
    this.#load();
    this.#loadCameras();
  }

  /** Their names, where one may see them; reports have their ids. */
  async #loadCameras() {
    if (!may('live')) return;
    try {
      this.cameras = await cameras();
    } catch (error) {
      console.info('the cameras have no names yet', error);
    }
  }

  #camera(id) {
    return this.cameras.find((camera) => camera.id === id)?.name ?? id;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  willUpdate(changed) {
    if (changed.has('reportId')) {
      this.error = undefined;
      this.asking = undefined;
      this.#show(this.reportId);
    }
  }

  updated(changed) {
    if (changed.has('asking') && this.asking) {
      const dialog = this.querySelector('dialog.ask');
      if (!dialog.open) dialog.showModal();
    }
    if (changed.has('reportId')) {
      this.querySelector('.row[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  async #load() {
    try {
      const page = await fetchReports({ ...this.filter, limit: 50 });
      this.list = page.reports;
      this.next = page.next;
      this.error = undefined;
      if (!this.reportId && this.list.length) {
        // What waits for a decision comes first.
        const waiting = this.list.find(({ state }) => state === 'received');
        this.#go((waiting ?? this.list[0]).id, true);
      }
    } catch (error) {
      this.error = error.message;
    }
  }

  async #older() {
    try {
      const page = await fetchReports({ ...this.filter, limit: 50, cursor: this.next });
      this.list = [...this.list, ...page.reports];
      this.next = page.next;
    } catch (error) {
      this.error = error.message;
    }
  }

  async #show(id) {
    if (!id) {
      this.open = undefined;
      return;
    }
    try {
      const report = await fetchReport(id);
      if (id === this.reportId) this.open = report;
    } catch (error) {
      this.open = undefined;
      this.error = error.message;
    }
  }

  #matches(report) {
    const { state, type } = this.filter;
    return (!state || report.state === state) && (!type || report.type === type);
  }

  /** Takes away what this person may no longer see, also while it is open. */
  #drop(gone) {
    this.list = this.list.filter((report) => !gone(report));
    if (this.open && gone(this.open)) {
      this.open = undefined;
      this.asking = undefined;
      this.error = t('reportGone');
    }
  }

  #put(report) {
    const at = this.list.findIndex(({ id }) => id === report.id);
    if (at >= 0) {
      // One that no longer fits the filter stays until the next look, so that nothing jumps away
      // under an operator's hand.
      this.list = this.list.with(at, report);
    } else if (this.#matches(report) && (!this.list.length || report.id > this.list[0].id)) {
      this.list = [report, ...this.list];
    }
    if (report.id === this.reportId) this.#show(report.id);
  }

  #go(id, replace) {
    const hash = `#/reports/${id}`;
    if (replace) history.replaceState(null, '', hash);
    else location.hash = hash;
    if (replace) dispatchEvent(new HashChangeEvent('hashchange'));
  }

  #choose(change) {
    this.filter = { ...this.filter, ...change };
    this.#load();
  }

  /** Does what needs no words at once; asks for the reason or the agency otherwise. */
  #start(action) {
    if (!this.open || this.busy || !allowedActions(this.open).includes(action)) return;
    if (action === 'verify') this.#act(action, {});
    else this.asking = action;
  }

  async #act(action, body) {
    this.busy = true;
    this.error = undefined;
    try {
      const report = await act(this.open.id, action, { ...body, version: this.open.version });
      this.#put(report);
      this.open = report;
      if (body.agency) remember(body.agency);
      this.asking = undefined;
    } catch (error) {
      this.error = error.message;
      this.asking = undefined;
    } finally {
      this.busy = false;
    }
  }

  #onKey(event) {
    if (event.target.closest?.('input, textarea, select, dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && this.list.length) {
      const at = this.list.findIndex(({ id }) => id === this.reportId);
      const to = Math.min(this.list.length - 1, Math.max(0, at + step));
      this.#go(this.list[to].id);
      event.preventDefault();
    } else if (KEYS[event.key]) {
      this.#start(KEYS[event.key]);
      event.preventDefault();
    } else if (event.key === 'Escape') {
      location.hash = '#/';
    }
  }

  render() {
    return html`
      <section class="queue">
        <div class="list">
          <div class="filters">
            ${this.#select('state', STATES, t)} ${this.#select('type', alertTypes(), typeName)}
          </div>
          <div class="rows" role="listbox" aria-label=${t('reports')}>
            ${this.list.length ? nothing : html`<p class="empty">${t('noReports')}</p>`}
            ${repeat(
              this.list,
              ({ id }) => id,
              (report) => html`
                <a
                  class="row ${report.state}"
                  role="option"
                  href="#/reports/${report.id}"
                  aria-selected=${report.id === this.reportId}
                  data-report=${report.id}
                >
                  ${thumb(report)}
                  <span class="what">
                    <b>${typeName(report.type)}</b>
                    <span class="camera cut">${this.#camera(report.camera)}</span>
                    <time>${dateTime(report['started-at'])}</time>
                    <span class="state">${t(report.state)}</span>
                  </span>
                </a>
              `,
            )}
            ${this.next
              ? html`<button class="btn older" @click=${() => this.#older()}>${t('older')}</button>`
              : nothing}
          </div>
        </div>
        <article class="report" aria-live="polite">
          ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
          ${this.open ? this.#report(this.open) : nothing}
        </article>
      </section>
      ${this.asking ? this.#dialog() : nothing}
    `;
  }

  #select(key, values, name) {
    return html`
      <label>
        ${t(key)}
        <select class="in" @change=${(event) => this.#choose({ [key]: event.target.value })}>
          <option value="">${t('all')}</option>
          ${values.map(
            (value) =>
              html`<option value=${value} ?selected=${this.filter[key] === value}>${name(value)}</option>`,
          )}
        </select>
      </label>
    `;
  }

  #report(report) {
    const image = report.evidence.find((item) => item['media-type'] === 'image/jpeg');
    const clip = report.evidence.find((item) => item['media-type'] === 'video/mp4');
    return html`
      <header>
        <h1>${typeName(report.type)}</h1>
        <span class="state ${report.state}">${t(report.state)}</span>
        <span class="grow"></span>
        ${allowedActions(report).map(
          (action) => html`
            <button class="btn ${LOOKS[action]} ${action}" ?disabled=${this.busy} @click=${() => this.#start(action)}>
              ${t(action)}
              <kbd>${Object.keys(KEYS).find((key) => KEYS[key] === action)}</kbd>
            </button>
          `,
        )}
      </header>
      <div class="evidence">
        ${image
          ? html`<a href=${image.href} target="_blank"><img src=${image.href} alt=${t('snapshot')} /></a>`
          : nothing}
        ${clip
          ? html`<video src=${clip.href} controls autoplay .muted=${true} loop playsinline preload="metadata"></video>`
          : html`<p class="pending">${t('clipPending')}</p>`}
      </div>
      <dl class="facts">
        <dt>${t('why')}</dt>
        <dd class="why">${reasonWords(report, this.cameras.find(({ id }) => id === report.camera))}</dd>
        <dt>${t('camera')}</dt>
        <dd>${may('live') ? html`<a href="#/cameras/${report.camera}">${this.#camera(report.camera)}</a>` : report.camera} ·
          ${report.rule}</dd>
        <dt>${t('started')}</dt>
        <dd>${dateTime(report['started-at'])} ${atThatMoment(report.camera, report['started-at'])}</dd>
        <dt>${t('ended')}</dt>
        <dd>${report['ended-at'] ? dateTime(report['ended-at']) : t('ongoing')}</dd>
        ${report.agency ? html`<dt>${t('agency')}</dt><dd>${report.agency}</dd>` : nothing}
        ${report.plates
          ? html`<dt>${t('plate')}</dt>
              <dd>
                ${report.plates.map(
                  (plate) => html`<span class="measure"
                    >${report.evidence
                      .filter((item) => item.name === `plate-${plate.track}.jpg`)
                      .map((item) => html`<img class="plate" src=${item.href} alt=${t('plate')} />`)}
                    <b class="plate">${plate.text}</b> ${number(Math.floor(plate.confidence * 100))} %
                    <small>${plate.votes}/${plate.frames} ${t('pictures')}</small></span
                  >`,
                )}
              </dd>`
          : nothing}
        <dt>${t('values')}</dt>
        <dd>
          ${Object.entries(report.measures).map(
            ([key, value]) => html`<span class="measure">${measureName(key)} <b>${number(value, value % 1 ? 1 : 0)}</b></span>`,
          )}
        </dd>
        <dt>${t('evidence')}</dt>
        <dd>
          ${report.evidence.map(
            (item) => html`<a class="file" href=${item.href} target="_blank" title="SHA-256 ${item.sha256}"
              >${item.name} <small>${number(item.size / 1024)} KiB</small></a
            >`,
          )}
        </dd>
      </dl>
      <h2>${t('history')}</h2>
      <ol class="history">
        ${(report.history ?? []).map(
          (step) => html`
            <li>
              <time>${dateTime(step.at)}</time>
              <span class="state ${step.state}">${t(step.state)}</span>
              <span>${[step.actor, step.agency, step.reason].filter(Boolean).join(' · ')}</span>
            </li>
          `,
        )}
      </ol>
    `;
  }

  #dialog() {
    const assign = this.asking === 'assign';
    const required = this.asking !== 'resolve';
    const send = (event) => {
      event.preventDefault();
      const value = new FormData(event.target).get('words').trim();
      if (required && !value) return;
      this.#act(this.asking, value ? { [assign ? 'agency' : 'reason']: value } : {});
    };
    return html`
      <dialog class="dlg ask" @close=${() => (this.asking = undefined)}>
        <form @submit=${send}>
          <h2>${t(this.asking)}</h2>
          <label>
            ${assign ? t('agency') : t('reason')}
            <input class="in"
              name="words"
              list="suggestions"
              maxlength=${assign ? 200 : 1000}
              ?required=${required}
              autocomplete="off"
              autofocus
            />
          </label>
          <datalist id="suggestions">
            ${(assign ? agencies() : t('reasons')).map((value) => html`<option value=${value}></option>`)}
          </datalist>
          <footer>
            <button type="button" class="btn quiet" @click=${() => this.querySelector('dialog.ask').close()}>
              ${t('cancel')}
            </button>
            <button class="btn ${LOOKS[this.asking]} ${this.asking}" ?disabled=${this.busy}>${t(this.asking)}</button>
          </footer>
        </form>
      </dialog>
    `;
  }
}

/** The agencies that this browser assigned to lately, newest first. */
function agencies() {
  return JSON.parse(localStorage.getItem(AGENCIES) ?? '[]');
}

function remember(agency) {
  const list = [agency, ...agencies().filter((other) => other !== agency)].slice(0, 20);
  localStorage.setItem(AGENCIES, JSON.stringify(list));
}

customElements.define('kydai-reports', Reports);

export const mount = elementPage('kydai-reports', (element, { id }) => (element.reportId = id));
