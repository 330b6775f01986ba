/** An alert over the wall: its picture, why, where, when, and what may be done with it. */

import { LitElement, html, nothing } from 'lit';
import { openAlerts } from '../alerts/open.js';
import { COLOURS, priorityOf } from '../alerts/priority.js';
import { allowedActions } from '../alerts/actions.js';
import { icon, sign, status } from '../frame/icons.js';
import { onKeys } from '../frame/keys.js';
import { address, go, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { currentLanguage, fullTime, typeName, zoneName } from '../i18n.js';
import { conflictWords } from '../incidents/conflict.js';
import { atThatMoment } from '../playback/link.js';
import { problemWords } from '../problems.js';
import { act, events, rejectReasons, report as fetchReport } from '../server.js';
import { reasonWords } from '../words/reasons.js';
import { t } from '../words/wall.js';

class AlertDrawer extends LitElement {
  static properties = {
    reportId: { attribute: false },
    cameras: { attribute: false },
    report: { state: true },
    error: { state: true },
    busy: { state: true },
    rejecting: { state: true },
    playing: { state: true },
    reasons: { state: true },
  };

  #abort;

  constructor() {
    super();
    this.reasons = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#learn();
    events.addEventListener(
      'report',
      ({ detail }) => detail.report.id === this.reportId && this.#load(),
      { signal },
    );
    events.addEventListener('report-removed', ({ detail }) => detail.id === this.reportId && this.#gone(), { signal });
    events.addEventListener(
      'reports-removed',
      ({ detail }) => detail.camera === this.report?.camera && this.#gone(),
      { signal },
    );
    onKeys(
      {
        a: () => this.#acknowledge(),
        v: () => this.#act('verify', {}),
        x: () => this.#may('reject') && (this.rejecting = true),
        Enter: (event) => !event.target.closest?.('button, a') && go(address('reports', this.reportId)),
        p: () => (this.playing = !this.playing),
        j: () => this.#step(1),
        k: () => this.#step(-1),
      },
      signal,
    );
    // Before the wall's own digits, which enlarge.
    addEventListener('keydown', (event) => this.#digit(event), { signal, capture: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  willUpdate(changed) {
    if (!changed.has('reportId')) return;
    this.report = openAlerts.list.find(({ id }) => id === this.reportId);
    this.error = undefined;
    this.rejecting = false;
    this.playing = false;
    this.#load();
  }

  firstUpdated() {
    this.querySelector('.close').focus({ focusVisible: false });
  }

  /** The site's reasons, as on the review desk. */
  async #learn() {
    try {
      this.reasons = await rejectReasons();
    } catch (error) {
      console.info('an alert is rejected on the review desk: there are no reasons here', error);
    }
  }

  /** The report is no longer this person's to see. */
  #gone() {
    this.report = undefined;
    this.rejecting = false;
    this.error = t('isGone');
  }

  async #load() {
    const id = this.reportId;
    try {
      const report = await fetchReport(id);
      if (id === this.reportId) this.report = report;
    } catch (error) {
      if (id === this.reportId) this.error = problemWords(error);
    }
  }

  #may(action) {
    return this.report && !this.busy && allowedActions(this.report).includes(action);
  }

  /** All of the same camera and type are known at once. */
  #acknowledge() {
    if (!this.report) return;
    const group = openAlerts.groups.find(({ reports }) => reports.some(({ id }) => id === this.reportId));
    openAlerts.acknowledge(group?.reports ?? [this.report]);
    this.#close();
  }

  async #act(action, body) {
    if (!this.#may(action)) return;
    this.busy = true;
    this.error = undefined;
    const next = this.#beside(1);
    const seen = this.report;
    try {
      await act(this.reportId, action, { ...body, version: seen.version });
      toast(t('actDone')(t(action), typeName(this.report.type)));
      setQuery({ alert: next?.id });
    } catch (error) {
      this.error = await conflictWords(error, [seen]);
    }
    this.busy = false;
  }

  #beside(step) {
    const list = openAlerts.groups.map(({ newest }) => newest);
    const at = openAlerts.groups.findIndex(({ reports }) => reports.some(({ id }) => id === this.reportId));
    return list[at + step];
  }

  #step(step) {
    const to = this.#beside(step);
    if (to) setQuery({ alert: to.id });
  }

  #digit(event) {
    if (!this.rejecting || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.rejecting = false;
    else {
      const reason = this.reasons.find(({ digit }) => String(digit) === event.key);
      if (!reason) return;
      this.#reject(reason);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #reject = (reason) => this.#act('reject', { reason: reason[currentLanguage()] });

  #close() {
    const id = this.report?.camera;
    setQuery({ alert: undefined });
    document.querySelector('kydai-wall')?.focusTile(id ?? '');
  }

  render() {
    const { report } = this;
    const groups = openAlerts.groups;
    const at = groups.findIndex(({ reports }) => reports.some(({ id }) => id === this.reportId));
    const priority = report ? priorityOf(report) : 'normal';
    return html`
      <section class="drawer" role="dialog" aria-labelledby="alert-title">
        <header>
          ${report ? status(priority, COLOURS[priority], t(`priority_${priority}`)) : nothing}
          <h2 id="alert-title" class="grow cut">${report ? typeName(report.type) : t('alert')}</h2>
          ${at < 0 ? nothing : html`<span class="muted nowrap">${at + 1} / ${groups.length}</span>`}
          <button type="button" class="btn quiet icon close" aria-label=${t('close')} @click=${() => this.#close()}>${icon('close')}</button>
        </header>
        <div class="scroll pad stack" tabindex="0" role="group" aria-label=${t('alertContent')}>
          ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
          ${report ? this.#content(report) : nothing}
        </div>
        ${report ? this.#footer(report) : nothing}
      </section>
    `;
  }

  #content(report) {
    const camera = this.cameras.find(({ id }) => id === report.camera);
    const image = report.evidence.find((item) => item['media-type'] === 'image/jpeg');
    const clip = report.evidence.find((item) => item['media-type'] === 'video/mp4');
    return html`
      ${image && !this.playing
        ? html`<a class="pic whole" href=${image.href} target="_blank" rel="noopener">
            <img src=${image.href} alt="${typeName(report.type)}, ${camera?.name ?? report.camera}" />
          </a>`
        : nothing}
      ${image ? nothing : html`<p class="note">${t('pictureComes')}</p>`}
      ${clip
        ? this.playing
          ? html`<video class="clip" src=${clip.href} controls autoplay .muted=${true} loop playsinline></video>`
          : html`<div>
              <button type="button" class="btn" @click=${() => (this.playing = true)}>${sign('live')}${t('playClip')}<kbd>p</kbd></button>
            </div>`
        : html`<p class="muted">${report['ended-at'] ? t('clipNone') : t('clipComes')}</p>`}
      <p class="why">${reasonWords(report, camera)}</p>
      <dl class="kv">
        <dt>${t('where')}</dt>
        <dd>${[camera?.name ?? report.camera, camera?.place?.address].filter(Boolean).join(', ')}</dd>
        <dt>${t('when')}</dt>
        <dd>${fullTime(report['started-at'])} ${zoneName(report['started-at'])} ${atThatMoment(report.camera, report['started-at'])}</dd>
        <dt>${t('state')}</dt>
        <dd>${t(report.state)}</dd>
        <dt>${t('next')}</dt>
        <dd>${['received', 'second-review'].includes(report.state) ? t('nextReview') : report.agency ?? t('nextNone')}</dd>
      </dl>
    `;
  }

  #footer(report) {
    const actions = allowedActions(report);
    return html`
      <footer>
        ${this.rejecting
          ? html`<div class="reasons" role="group" aria-label=${t('rejectWhy')}>
              ${this.reasons.map(
                (reason) => html`<button type="button" class="btn" ?disabled=${this.busy} @click=${() => this.#reject(reason)}>
                  <kbd>${reason.digit}</kbd>${reason[currentLanguage()]}
                </button>`,
              )}
            </div>`
          : html`
              <button type="button" class="btn primary" @click=${() => this.#acknowledge()}>${t('acknowledge')}<kbd>a</kbd></button>
              <a class="btn" href=${address('reports', report.id)}>${t('review')}<kbd>↵</kbd></a>
              ${actions.includes('verify')
                ? html`<button type="button" class="btn" ?disabled=${this.busy} @click=${() => this.#act('verify', {})}>${t('verify')}<kbd>v</kbd></button>`
                : nothing}
              ${actions.includes('reject')
                ? html`<button type="button" class="btn danger" ?disabled=${this.busy} @click=${() => (this.rejecting = true)}>${t('reject')}<kbd>x</kbd></button>`
                : nothing}
            `}
      </footer>
    `;
  }
}

customElements.define('kydai-alert', AlertDrawer);
