/** One report, as an agency's officer works on it: evidence, place, what happened, what to do next. */

import { LitElement, html, nothing } from 'lit';
import { allowed } from './actions.js';
import './form.js';
import { leftWords, priority } from './row.js';
import { outbox } from './outbox.js';
import { icon, sign, status } from '../frame/icons.js';
import { onKeys } from '../frame/keys.js';
import { address } from '../frame/place.js';
import { date, dateTime, fullTime, number, time, typeName, zoneName } from '../i18n.js';
import '../map/minimap.js';
import { problemWords } from '../problems.js';
import { attachments, comments, events, may, report as fetchReport } from '../server.js';
import { siteNow } from '../site.js';
import { reasonWords } from '../words/reasons.js';
import { t } from '../words/agency.js';
import { reasonOf } from '../words/history.js';

/** The key of each action, which is printed in its button. */
const KEYS = { accept: 'a', progress: 'p', resolve: 'd', return: 'r', comment: 'c' };
const ICONS = { accept: 'tick', progress: 'route', resolve: 'photo', return: 'undo', comment: 'pencil' };

/** The actions that ask for words first. */
const ASKED = ['resolve', 'return', 'comment'];

/** '23:09', with the day where it is not today. */
const moment = (at) => (date(at) === date(siteNow()) ? time(at).slice(0, 5) : dateTime(at).slice(0, -3));

class AgencyReport extends LitElement {
  static properties = {
    reportId: { attribute: false },
    known: { attribute: false },
    /** The agencies of the site, for their names. */
    agencies: { attribute: false },
    /** What its agency is called, where it is one below the own. */
    below: { attribute: false },
    doing: { attribute: false },
    back: { attribute: false },
    report: { state: true },
    notes: { state: true },
    files: { state: true },
    error: { state: true },
    playing: { state: true },
  };

  #abort;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('report', ({ detail }) => detail.report.id === this.reportId && this.#load(), { signal });
    events.addEventListener('hello', () => this.error && this.#load(), { signal });
    outbox.addEventListener('change', () => this.requestUpdate(), { signal });
    outbox.addEventListener(
      'sent',
      ({ detail: { step, report } }) => {
        if (step.report !== this.reportId) return;
        if (report) this.report = report;
        this.#load();
      },
      { signal },
    );
    onKeys(
      Object.fromEntries(Object.entries(KEYS).map(([action, key]) => [key, () => this.#start(action)])),
      signal,
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  willUpdate(changed) {
    if (!changed.has('reportId')) return;
    this.report = this.known;
    this.notes = [];
    this.files = [];
    this.error = undefined;
    this.playing = false;
    this.#load();
  }

  async #load() {
    const id = this.reportId;
    try {
      const report = await fetchReport(id);
      if (id !== this.reportId) return;
      this.report = report;
      this.error = undefined;
      this.dispatchEvent(new CustomEvent('loaded', { detail: report }));
      const [notes, files] = await Promise.all([comments(id), attachments(id)]);
      if (id !== this.reportId) return;
      this.notes = notes;
      this.files = files;
    } catch (error) {
      if (id !== this.reportId) return;
      if (error.status === 404) this.report = undefined;
      this.error = problemWords(error);
    }
  }

  #ask(action) {
    this.dispatchEvent(new CustomEvent('ask', { detail: action }));
  }

  /** Does what needs no words at once. */
  #start(action) {
    if (!this.report || outbox.of(this.reportId).length || !allowed(this.report).includes(action)) return;
    if (ASKED.includes(action)) this.#ask(action);
    else this.#send(action);
  }

  /** @param {() => void} [kept] called once the step outlasts a reload */
  async #send(action, words, photo, kept) {
    const { id, version, state } = this.report;
    // Who is on the way has accepted it.
    const accepts = action === 'progress' && state === 'assigned';
    this.#ask('');
    if (accepts) await outbox.add({ report: id, version, action: 'accept' });
    await outbox.add({
      report: id,
      version: accepts ? version + 1 : version,
      action,
      words: action === 'progress' ? t('progress') : words,
      photo,
    });
    kept?.();
  }

  render() {
    const { report } = this;
    return html`
      <article class="agone" aria-labelledby="agency-title">
        <a class="btn quiet agback" href=${this.back.to}>${icon('previous')}${this.back.words}</a>
        ${this.error ? html`<p class="note ${report ? 'amber' : 'red'}" role="alert">${this.error}</p>` : nothing}
        ${report ? this.#refused() : nothing} ${report ? this.#content(report) : html`<h2 id="agency-title" class="muted">${this.error ? t('report') : t('loading')}</h2>`}
      </article>
    `;
  }

  #content(report) {
    const left = leftWords(report);
    const works = ['assigned', 'in-progress'].includes(report.state);
    const { name, address: street } = report.where ?? {};
    return html`
      <div class="line"><h2 id="agency-title" class="grow">${typeName(report.type)}</h2>${priority(report)}</div>
      <p class="line wrap between">
        <span>${[name ?? report.camera, street].filter(Boolean).join(', ')}${this.below ? html`<br /><b>${this.below}</b>` : nothing}</span>
        ${works && left
          ? status('waiting', left.kind === 'late' ? 'red' : 'amber', t('by')(moment(report['due-at']), left.words))
          : status(works ? 'waiting' : 'done', works ? 'plain' : 'teal', works ? t('noDeadline') : t(report.state))}
      </p>
      ${this.#picture(report)}
      <div class="agshots">${this.#plate(report)} ${this.#clip(report)} ${this.#map(report)}</div>
      <p class="why">${reasonWords(report)}</p>
      ${this.files.length ? this.#files() : nothing} ${this.notes.length ? this.#notes() : nothing}
      ${report.history ? this.#history(report) : nothing} ${this.#next(report)}
    `;
  }

  #picture(report) {
    const image = report.evidence.find(({ name, 'media-type': type }) => type === 'image/jpeg' && !name.startsWith('plate-'));
    const at = report['started-at'];
    if (!image) return html`<p class="note">${t('pictureComes')}</p>`;
    return html`
      <a class="pic whole" href=${image.href} target="_blank" rel="noopener">
        <img src=${image.href} alt="${typeName(report.type)}, ${report.where?.name ?? report.camera}" />
        <span class="cap">${fullTime(at)} ${zoneName(at)}</span>
      </a>
    `;
  }

  #plate(report) {
    const [plate] = report.plates ?? [];
    const image = plate && report.evidence.find(({ name }) => name === `plate-${plate.track}.jpg`);
    if (!plate) return nothing;
    return html`<span class="pic"
      >${image ? html`<img src=${image.href} alt="" loading="lazy" />` : nothing}<span class="cap">${plate.text}</span></span
    >`;
  }

  /** The clip is large, so that it comes only when it is asked for, and says its size before. */
  #clip(report) {
    const clip = report.evidence.find((item) => item['media-type'] === 'video/mp4');
    if (!clip) return html`<p class="pic agsays muted">${report['ended-at'] ? t('clipNone') : t('clipComes')}</p>`;
    if (this.playing) return html`<video class="pic" src=${clip.href} controls autoplay .muted=${true} loop playsinline></video>`;
    return html`
      <button type="button" class="pic agsays agclip" @click=${() => (this.playing = true)}>
        ${sign('live')}<span>${t('playClip')}<br /><span class="muted">${t('bytes')(number(Math.max(0.1, clip.size / 1e6), 1))}</span></span>
      </button>
    `;
  }

  /** The map of the console where one may see it; else the phone's own, which RFC 5870 addresses open. */
  #map({ where, camera }) {
    if (where?.lat === undefined) return html`<p class="pic agsays muted">${t('noPlace')}</p>`;
    const to = may('live') ? address('map', undefined, { camera }) : `geo:${where.lat},${where.lon}?q=${where.lat},${where.lon}`;
    return html`
      <a class="pic agmap" href=${to} title="${number(where.lat, 5)}; ${number(where.lon, 5)}">
        <kydai-mini-map .place=${where} .name=${where.name}></kydai-mini-map>
        <span class="cap">${t('onMap')}</span>
      </a>
    `;
  }

  #files() {
    return html`
      <section class="agshots" aria-label=${t('files')}>
        ${this.files.map(({ href, name, actor, at, 'media-type': type }) =>
          type === 'application/pdf'
            ? html`<a class="pic agsays" href=${href}>${icon('download')}<span class="brk">${name}</span></a>`
            : html`<a class="pic" href=${href} target="_blank" rel="noopener">
                <img src=${href} alt="${name}, ${actor}" loading="lazy" decoding="async" /><span class="cap">${actor} ${time(at).slice(0, 5)}</span>
              </a>`,
        )}
      </section>
    `;
  }

  #notes() {
    return html`
      <section class="agnotes stack-2" aria-label=${t('comments')}>
        ${this.notes.map(
          (note) => html`<p class="note"><b>${note.actor}</b> <span class="muted">${dateTime(note.at)}${note['is-public'] ? ` · ${t('toOthers')}` : ''}</span><br />${note.text}</p>`,
        )}
      </section>
    `;
  }

  #history(report) {
    const steps = [...report.history].reverse();
    return html`
      <ol class="hist" aria-label=${t('history')}>
        ${steps.map(
          ({ at, state, actor, action, agency, reason, note }, nth) => html`
            <li class=${nth ? '' : 'now'}>
              <b>${actor}</b> ${action === 'verify' && state === 'second-review' ? t('step_first-look') : action ? t(`step_${action}`) : t(state)} ${agency ? html`<b>${this.agencies?.find(({ id }) => id === agency)?.name ?? agency}</b>` : nothing}${reason || note ? `: ${reasonOf({ reason, note })}` : nothing}
              <time datetime=${at}>${dateTime(at)}</time>
            </li>
          `,
        )}
      </ol>
    `;
  }

  /** A step that the server did not take stays with its words, until the officer decides. */
  #refused() {
    return outbox
      .of(this.reportId)
      .filter(({ refused }) => refused)
      .map(
        (step) => html`
          <div class="note red stack-2" role="alert">
            <p><b>${t('refused')}: ${t(step.action)}.</b> ${step.refused.message}</p>
            ${step.words ? html`<p>${step.words}</p>` : nothing}
            <p class="line">
              ${step.action === 'comment' || this.report.actions.includes(step.action)
                ? html`<button type="button" class="btn" @click=${() => this.#resend(step)}>${t('tryWithNew')}</button>`
                : nothing}
              <button type="button" class="btn quiet" @click=${() => outbox.drop(step)}>${t('giveUp')}</button>
            </p>
          </div>
        `,
      );
  }

  async #resend(step) {
    await outbox.drop(step);
    outbox.add({ report: step.report, version: this.report.version, action: step.action, words: step.words, photo: step.photo });
  }

  #next(report) {
    const actions = allowed(report);
    if (this.doing && actions.includes(this.doing)) {
      return html`
        <kydai-agency-form
          class="agdo"
          .report=${report.id}
          .action=${this.doing}
          @cancel=${() => this.#ask('')}
          @send=${({ detail }) => this.#send(this.doing, detail.words, detail.photo, detail.done)}
        ></kydai-agency-form>
      `;
    }
    const sending = outbox.of(report.id).some(({ refused }) => !refused);
    const button = (action, look) =>
      actions.includes(action)
        ? html`<button
            type="button"
            class="btn big ${look} ${action}"
            ?disabled=${outbox.of(report.id).length > 0}
            aria-keyshortcuts=${KEYS[action]}
            @click=${() => this.#start(action)}
          >
            ${icon(ICONS[action])}${t(action)}<kbd>${KEYS[action]}</kbd>
          </button>`
        : nothing;
    return html`
      <div class="agdo" role="group" aria-label=${t('whatNext')}>
        ${sending ? html`<p class="line">${status('waiting', 'amber', t('sending'))}</p>` : nothing}
        ${button('accept', 'primary')}
        <div class="agpair">${button('progress', '')} ${button('resolve', actions.includes('accept') ? '' : 'primary')}</div>
        <div class="agpair uneven">${button('return', 'quiet')} ${button('comment', 'quiet')}</div>
      </div>
    `;
  }
}

customElements.define('kydai-agency-report', AgencyReport);
