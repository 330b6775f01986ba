/** One incident: the evidence and facts of a report of it, its other reports, and the decision. */

import { LitElement, html, nothing } from 'lit';
import { allowedActions, isOwnFirstLook } from '../alerts/actions.js';
import { COLOURS } from '../alerts/priority.js';
import { icon, status } from '../frame/icons.js';
import { isTyping, onKeys } from '../frame/keys.js';
import { address, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { currentLanguage, duration, fullTime, typeName, zoneName } from '../i18n.js';
import { problemWords } from '../problems.js';
import { act, addComment, comments, events, incident as fetchIncident, may, merge, mute, report as fetchReport, routeOf, unmute } from '../server.js';
import { siteNow } from '../site.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/incidents.js';
import './attachments.js';
import { agencyOf, ask } from './ask.js';
import { conflictWords } from './conflict.js';
import { decisionBar } from './decide.js';
import './duplicates.js';
import './evidence.js';
import { facts, history } from './facts.js';
import { near } from './near.js';
import { outbox } from './outbox.js';
import { remark } from './remark.js';
import { ruleWork } from './rule.js';
import { strips } from './strips.js';

/** Reports of one decision. */
const MOST = 200;
const HOUR_MS = 3_600_000;
/** Changes of its reports are looked up after so long, and so often at most, in milliseconds. */
const SOON_MS = 150;
const AGAIN_MS = 1_000;

/** Whether one can find a report true. */
const waitsForMe = (report) => report.state === 'received' || (report.state === 'second-review' && !isOwnFirstLook(report));

/** Fires 'decided' when a decision was made, with the incidents as its detail, and 'merged'. */
class IncidentDetail extends LitElement {
  static properties = {
    incidentId: { attribute: false },
    reportId: { attribute: false },
    known: { attribute: false },
    claims: { attribute: false },
    marked: { attribute: false },
    account: { attribute: false },
    incident: { state: true },
    report: { state: true },
    notes: { state: true },
    route: { state: true },
    error: { state: true },
    rejecting: { state: true },
    only: { state: true },
    asking: { state: true },
    askError: { state: true },
    busy: { state: true },
  };

  #abort;
  #timer;
  #asked = 0;
  #loadedAt = 0;
  /** The report that is shown where the address names none. */
  #kept;

  constructor() {
    super();
    this.marked = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const mine = ({ id }) => this.incident?.items.some((one) => one.id === id);
    events.addEventListener('hello', () => this.#load(), { signal });
    events.addEventListener('report', ({ detail: { report } }) => (report.incident === this.incidentId || mine(report)) && this.#soon(), { signal });
    events.addEventListener('report-removed', ({ detail }) => mine(detail) && this.#soon(), { signal });
    events.addEventListener('reports-removed', ({ detail }) => detail.camera === this.incident?.camera && this.#soon(), { signal });
    outbox.addEventListener('change', () => this.requestUpdate(), { signal });
    onKeys(
      {
        v: () => !this.marked.length && this.#decide('verify'),
        x: () => this.#targets('reject').length && (this.rejecting = true),
        a: () => this.#offer('assign'),
        c: () => this.#offer('comment'),
        m: () => this.#offer('mute'),
        e: () => this.#offer('close'),
        r: () => this.#offer('reopen'),
        o: () => (this.only = !this.only),
        ' ': ({ target }) => (target.closest?.('button') ? target.closest('button').click() : this.#player?.toggle()),
        ',': () => this.#player?.step(-1),
        '.': () => this.#player?.step(1),
        s: () => this.#player?.faster(),
        b: () => this.#player?.toggleBoxes(),
        d: () => (this.marked.length ? this.#merge() : this.querySelector('kydai-duplicates')?.mergeFirst()),
        '[': () => this.#beside(-1),
        ']': () => this.#beside(1),
      },
      signal,
    );
    addEventListener('keydown', (event) => this.#digit(event), { signal, capture: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    // An answer that comes now would claim a report that nobody looks at.
    this.#asked++;
    this.#abort.abort();
  }

  get #player() {
    return this.querySelector('kydai-evidence');
  }

  willUpdate(changed) {
    if (changed.has('incidentId')) {
      this.#kept = undefined;
      Object.assign(this, { incident: undefined, report: undefined, rejecting: false, only: false, asking: undefined, route: undefined, error: undefined });
    }
    if (changed.has('incidentId') || changed.has('reportId')) this.#load();
  }

  updated(changed) {
    if (!changed.has('asking') || !this.asking) return;
    this.querySelector('dialog.wish').showModal();
    // A proposal gives way to what is typed.
    this.querySelector('dialog.wish input').select();
  }

  #soon() {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#load();
      },
      Math.max(SOON_MS, this.#loadedAt + AGAIN_MS - Date.now()),
    );
  }

  async #load() {
    const turn = ++this.#asked;
    this.#loadedAt = Date.now();
    const { incidentId } = this;
    try {
      const incident = await this.#fetch(incidentId);
      const { items } = incident;
      // A further alert of the incident does not take away the report that somebody looks at.
      const kept = this.reportId ?? (items.some((one) => one.id === this.#kept && !outbox.has(one.id)) ? this.#kept : undefined);
      const shown =
        items.find(({ id }) => id === kept) ?? items.find((one) => waitsForMe(one) && !outbox.has(one.id)) ?? items[0];
      this.#kept = shown.id;
      const [report, notes] = await Promise.all([fetchReport(shown.id), this.#comments(shown.id)]);
      if (turn !== this.#asked) return;
      // What is decided is what is shown: the report's own answer is the newer of the two.
      const shownItems = items.map((one) => (one.id === report.id ? report : one));
      Object.assign(this, { incident: { ...incident, items: shownItems }, report, notes, error: undefined });
      this.claims.show(report.id);
      this.#propose(report);
    } catch (error) {
      if (turn !== this.#asked) return;
      this.error = problemWords(error);
      if (error.status === 404 || error.status === 403) Object.assign(this, { incident: undefined, report: undefined });
    }
  }

  /** An incident; the report itself where it belongs to none, as one of an earlier version. */
  async #fetch(id) {
    try {
      return await fetchIncident(id);
    } catch (error) {
      if (error.status !== 404) throw error;
      const report = await fetchReport(id);
      return { id, camera: report.camera, rule: report.rule, type: report.type, priority: 'normal', reports: 1, items: [report] };
    }
  }

  #comments = (id) => (['review', 'assign', 'resolve'].some(may) ? comments(id).catch(() => []) : []);

  async #propose({ id, state }) {
    if (!['received', 'second-review'].includes(state) || !may('review')) {
      this.route = undefined;
      return;
    }
    try {
      const route = await routeOf(id);
      if (id === this.report?.id) this.route = route;
    } catch (error) {
      console.info('where it would go is not known', error);
    }
  }

  /** The reports that a decision would be about: those of the incident in the state of the shown one, or it alone. */
  #targets(action) {
    const items = this.only ? [this.report] : (this.incident?.items ?? []);
    // What is marked is rejected or merged together; each is verified for itself.
    const others = action === 'reject' ? this.marked.flatMap((one) => one.items) : [];
    return [...items, ...others].filter((one) => one && one.state === this.report.state && !one.parent && allowedActions(one).includes(action) && !outbox.has(one.id));
  }

  #decide(action, extra = {}) {
    const targets = this.#targets(action);
    if (!targets.length) return false;
    if (targets.length > MOST) {
      this.error = t('tooManyAtOnce')(MOST);
      return false;
    }
    const { id, type, camera } = this.incident;
    const incidents = action === 'reject' ? [this.incident, ...this.marked] : [this.incident];
    const reports = targets.map((one) => ({ id: one.id, version: one.version }));
    if (!outbox.add({ action, ...extra, reports, of: { incidents: incidents.map((one) => one.id), type, camera } })) {
      this.error = t('tooManyWaiting');
      return false;
    }
    this.rejecting = false;
    // One of several was decided on: the next of the same incident is looked at.
    const left = this.only && this.incident.items.find((one) => waitsForMe(one) && !outbox.has(one.id));
    if (left) setQuery({ report: left.id });
    else this.dispatchEvent(new CustomEvent('decided', { detail: incidents }));
    return true;
  }

  #digit(event) {
    if (!this.rejecting || isTyping(event)) return;
    const reason = this.known.reasons.find(({ digit }) => String(digit) === event.key);
    if (event.key === 'Escape') this.rejecting = false;
    else if (reason) this.#reject(reason);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #reject = (reason) => this.#decide('reject', { reason: reason[currentLanguage()] });

  #beside(step) {
    const items = this.incident?.items ?? [];
    const to = items[items.findIndex(({ id }) => id === this.report?.id) + step];
    if (to) setQuery({ report: to.id });
  }

  #offer(what) {
    if (!this.report) return;
    const possible = {
      assign: () => this.#targets('assign').length,
      mute: () => may('review'),
      comment: () => ['review', 'assign', 'resolve'].some(may),
      reopen: () => this.#targets('reopen').length,
      close: () => this.#targets('close').length,
    };
    if (!possible[what]()) return;
    this.askError = undefined;
    this.rejecting = false;
    this.asking = what;
  }

  /** Lets the reports of the marked incidents follow the shown one. */
  async #merge() {
    if (this.busy || !may('review') || this.report.parent) return;
    const others = this.marked.flatMap(({ items }) => items).filter((one) => one.state === this.report.state && !one.parent);
    let failure;
    this.busy = true;
    try {
      for (const one of others) await merge(one.id, { parent: this.report.id, version: one.version });
      toast(t('merged')(others.length));
      this.dispatchEvent(new CustomEvent('merged'));
    } catch (error) {
      failure = await conflictWords(error, others);
    }
    this.busy = false;
    this.querySelector('kydai-duplicates')?.load();
    await this.#load();
    this.error ??= failure;
  }

  get #draft() {
    return `incident.${this.asking}.${this.report.id}`;
  }

  async #take({ words, hours }) {
    const text = words.trim();
    if (!text) return;
    const targets = this.asking === 'assign' ? this.#targets('assign') : [];
    this.busy = true;
    this.askError = undefined;
    try {
      if (this.asking === 'comment') {
        await addComment(this.report.id, { text });
      } else if (this.asking === 'mute') {
        await mute(this.incident.camera, this.incident.rule, { until: new Date(siteNow() + hours * HOUR_MS).toISOString(), reason: text });
        this.dispatchEvent(new CustomEvent('ruleschanged'));
        toast(t('muted')(this.incident.rule, t('hours')(Number(hours))));
      } else if (this.asking === 'assign') {
        // One by one: assigning has a right of its own, and no answer for several.
        const agency = agencyOf(text, this.known.agencies);
        for (const one of targets) await act(one.id, 'assign', { agency, version: one.version });
      } else if (!this.#decide(this.asking, { reason: text })) {
        throw new Error(t('notTaken'));
      }
      forget(this.#draft);
      this.asking = undefined;
      this.#load();
    } catch (error) {
      // The words stay in the dialog.
      this.askError = error.status ? await conflictWords(error, targets) : t('notSent');
    }
    this.busy = false;
  }

  async #unmute() {
    try {
      await unmute(this.incident.camera, this.incident.rule);
      this.dispatchEvent(new CustomEvent('ruleschanged'));
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  render() {
    const { incident, report, error } = this;
    if (!report) {
      return html`<section class="detail">${error ? html`<p class="note red" role="alert">${error}</p>` : html`<p class="empty">${t('loading')}</p>`}</section>`;
    }
    const camera = this.known.cameras.find(({ id }) => id === incident.camera);
    const ofRule = (one) => one.camera === incident.camera && one.rule === incident.rule;
    const muted = this.known.mutes.find(ofRule);
    const claim = this.claims.of([report.id]);
    const own = claim?.['holder-id'] === this.account?.id;
    return html`
      <section class="detail" aria-labelledby="incident-title" data-report=${report.id}>
        <header class="dhead">
          <a class="btn quiet icon back" href=${address('incidents', undefined, { tab: this.known.tab })} aria-label=${t('back')}>${icon('previous')}</a>
          <div class="grow">
            <h2 id="incident-title">${typeName(incident.type)} · ${camera?.name ?? report.where?.name ?? incident.camera}</h2>
            <p class="line wrap muted">
              ${status(incident.priority, COLOURS[incident.priority], t(`priority_${incident.priority}`))}
              ${fullTime(report['started-at'])} ${zoneName(report['started-at'])} · ${t('ago')(duration(Math.max(0, (siteNow() - Date.parse(report['started-at'])) / 1000)))}
              ${incident.items.length > 1 ? html`· ${t('ofReports')(incident.items.findIndex(({ id }) => id === report.id) + 1, incident.items.length)}` : nothing}
            </p>
          </div>
          ${incident.items.length > 1
            ? html`<button type="button" class="btn quiet small only" aria-pressed=${Boolean(this.only)} @click=${() => (this.only = !this.only)}>${t('onlyThis')}<kbd>o</kbd></button>`
            : nothing}
          ${claim
            ? html`<span class="holder">${status(own ? 'done' : 'waiting', own ? 'teal' : 'amber', own ? t('youHold') : t('holds')(claim.holder), true)}</span>
                ${own || !may('review') ? nothing : html`<button type="button" class="btn small" @click=${() => this.claims.show(report.id, true)}>${t('takeOver')}</button>`}`
            : nothing}
        </header>
        <div class="scroll dbody" tabindex="0" role="region" aria-label=${t('evidenceAndReason')}>
          ${error ? html`<p class="note red" role="alert">${error}</p>` : nothing}
          ${muted
            ? html`<p class="note amber">${t('isMuted')(muted.actor, fullTime(muted.until), muted.reason)}
                ${may('review') ? html`<button type="button" class="btn small" @click=${() => this.#unmute()}>${t('unmute')}</button>` : nothing}</p>`
            : nothing}
          <div class="left">
            <kydai-evidence .report=${report} .camera=${camera}></kydai-evidence>
            ${near(report, camera, this.known.cameras)}
            <kydai-duplicates .report=${report} .cameras=${this.known.cameras}></kydai-duplicates>
            ${strips(incident, report, this.known)}
          </div>
          <div class="facts-side">
            ${facts(report, { camera, verdict: this.known.verdicts.find(ofRule), route: this.route, agencies: this.known.agencies, holder: claim?.holder, twoLooks: this.known.secondLook.includes(report.type) })}
            ${remark(report)} ${ruleWork(camera, incident.rule)} ${history(report, this.known.agencies)}
            <kydai-attachments .reportId=${report.id} .account=${this.account}></kydai-attachments>
            ${this.#notes()}
          </div>
        </div>
        ${this.#footer()}
      </section>
      ${this.asking
        ? ask(
            this.asking,
            this.#draft,
            { agencies: this.known.agencies, proposal: this.route?.agency, rule: incident.rule, busy: this.busy, error: this.askError },
            (values) => this.#take(values),
            () => (this.asking = undefined),
          )
        : nothing}
    `;
  }

  #notes() {
    return html`
      <section class="stack-2">
        ${this.notes.length ? html`<h3 class="lab">${t('comments')}</h3>` : nothing}
        <ul class="notes">${this.notes.map((one) => html`<li><b>${one.actor}</b> <time class="muted">${fullTime(one.at)}</time><br />${one.text}</li>`)}</ul>
        <div class="line wrap">
          <button type="button" class="btn small" @click=${() => this.#offer('comment')}>${t('comment')}<kbd>c</kbd></button>
          ${may('review') ? html`<button type="button" class="btn small" @click=${() => this.#offer('mute')}>${t('muteFor')}<kbd>m</kbd></button>` : nothing}
        </div>
      </section>
    `;
  }

  #footer() {
    if (outbox.has(this.report.id)) return html`<footer class="decide"><p role="status">${t('onItsWay')}</p></footer>`;
    const of = (action) => (this.marked.length && action !== 'reject' ? 0 : this.#targets(action).length);
    const counts = Object.fromEntries(['verify', 'reject', 'assign', 'reopen', 'close'].map((action) => [action, of(action)]));
    return decisionBar(
      { counts, reasons: this.known.reasons, rejecting: this.rejecting, merges: may('review') ? this.marked.length : 0, second: this.report.state === 'second-review' },
      { decide: (action) => this.#decide(action), offer: (what) => this.#offer(what), ask: () => (this.rejecting = !this.rejecting), reject: this.#reject, merge: () => this.#merge() },
    );
  }
}

customElements.define('kydai-incident', IncidentDetail);
