/** The statistics of the desk: how agencies answer, which rules are often wrong, and how people decide. */

import { LitElement, html, nothing, svg } from 'lit';
import { sign, status } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { address, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { dateTime, duration } from '../i18n.js';
import { problemWords } from '../problems.js';
import { agencies, cameras, deskStatistics, may, muteRule, reviewers, unmuteRule } from '../server.js';
import { siteNow } from '../site.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/deskstatistics.js';
import { number, percent } from './format.js';

const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30, 90];
const MUTES = ['1', '7', '30'];

class DeskStatisticsPage extends LitElement {
  static properties = {
    days: { state: true },
    data: { state: true },
    people: { state: true },
    known: { state: true },
    error: { state: true },
    muting: { state: true },
    busy: { state: true },
  };

  #asked = 0;

  constructor() {
    super();
    this.known = { cameras: [], agencies: [] };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#names();
  }

  /** Takes the span of the address. */
  show(query) {
    const days = Number(query.get('days'));
    this.days = DAYS.includes(days) ? days : 7;
    this.#load();
  }

  /** Their names; ids stand in for them. */
  async #names() {
    const [seen, who] = await Promise.allSettled([may('live') ? cameras() : [], agencies()]);
    this.known = { cameras: seen.value ?? [], agencies: who.value ?? [] };
  }

  async #load() {
    const asked = ++this.#asked;
    const to = siteNow();
    const span = { from: new Date(to - this.days * DAY_MS).toISOString(), to: new Date(to).toISOString() };
    try {
      const [data, people] = await Promise.all([deskStatistics(span), may('audit') ? reviewers(span) : undefined]);
      if (asked !== this.#asked) return;
      this.data = data;
      this.people = people;
      this.error = undefined;
    } catch (error) {
      if (asked === this.#asked) this.error = problemWords(error);
    }
  }

  render() {
    return html`
      <section class="page statistics desk-statistics">
        <header class="bar stat-bar">
          <h1>${t('title')}</h1>
          <div class="seg" role="group" aria-label=${t('span')}>
            ${DAYS.map((days) => html`<button type="button" class="btn" aria-pressed=${days === this.days} @click=${() => setQuery({ days })}>${t('spans')[days]}</button>`)}
          </div>
          <span class="grow"></span>
          ${may('history') ? html`<a class="btn quiet" href=${address('statistics')}>${t('toFlow')}</a>` : nothing}
        </header>
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        <div class="desk-cards" aria-busy=${!this.data}>
          ${this.data ? html`${this.#agencies()}${this.#sums()}${this.#rules()}${this.#steps()}${this.#reasons()}${this.#reviewers()}` : html`<p class="muted">${t('loading')}</p>`}
        </div>
      </section>
    `;
  }

  #sums() {
    const { verified, rejected, agencies: list } = this.data;
    const onTime = list.reduce((sum, one) => sum + one['on-time'], 0);
    const late = list.reduce((sum, one) => sum + one.late, 0);
    const part = (one, all) => (all ? percent(one / all) : '–');
    const figure = (name, value, below) => html`<div><dt>${t(name)}</dt><dd><b>${value}</b> <span class="muted">${below}</span></dd></div>`;
    return html`
      <section class="card desk-card sums">
        <h2>${t('sums')}</h2>
        <dl class="figures">
          ${figure('verifiedSum', number(verified), t('ofAll')(part(verified, verified + rejected)))}
          ${figure('rejectedSum', number(rejected), t('ofAll')(part(rejected, verified + rejected)))}
          ${figure('onTimeSum', part(onTime, onTime + late), t('lateSum')(number(late)))}
        </dl>
      </section>
    `;
  }

  #agency(id) {
    return this.known.agencies.find((one) => one.id === id)?.name ?? id;
  }

  #camera(id) {
    return this.known.cameras.find((one) => one.id === id)?.name ?? id;
  }

  #agencies() {
    const list = [...this.data.agencies].sort((one, other) => other.received - one.received);
    return html`
      <section class="card desk-card broad agencies-card">
        <div class="cardhead">
          <h2>${t('byAgency')}</h2>
          <span class="key on-time">${t('onTime')}</span><span class="key late">${t('late')}</span><span class="key returned">${t('returned')}</span>
        </div>
        ${list.length
          ? html`
              <div class="wide" tabindex="0" role="region" aria-label=${t('byAgency')}>
                <table class="t table">
                  <thead><tr><th scope="col">${t('agencyOf')}</th><th scope="col" class="num">${t('received')}</th><th scope="col">${t('result')}</th><th scope="col" class="num">${t('lateHead')}</th><th scope="col" class="num">${t('handledHead')}</th><th scope="col" class="num">${t('returnedHead')}</th></tr></thead>
                  <tbody>
                    ${list.map((one) => html`
                      <tr data-agency=${one.agency}>
                        <th scope="row">${this.#agency(one.agency)}</th>
                        <td class="num">${number(one.received)}</td>
                        <td class="bar-cell">${bar(one)}</td>
                        <td class="num ${one.late ? 'many' : ''}">${number(one.late)}</td>
                        <td class="num">${one.handled ? t('within')(duration(one.handled['median-seconds']), duration(one.handled['p90-seconds'])) : html`<span class="muted">–</span>`}</td>
                        <td class="num">${one.returned ? html`<details><summary>${number(one.returned)}</summary>${reasonList(one['return-reasons'])}</details>` : number(0)}</td>
                      </tr>
                    `)}
                  </tbody>
                </table>
              </div>
            `
          : html`<p class="muted">${t('noAgencies')}</p>`}
      </section>
    `;
  }

  #reasons() {
    const reasons = this.data['reject-reasons'];
    return html`
      <section class="card desk-card reasons-card">
        <h2>${t('reasonsOfReject')}</h2>
        ${reasons.length ? reasonList(reasons) : html`<p class="muted">${t('noRejects')}</p>`}
      </section>
    `;
  }

  #steps() {
    const { steps } = this.data;
    return html`
      <section class="card desk-card steps-card">
        <h2>${t('bySteps')}</h2>
        <p class="hint">${t('byStepsHint')}</p>
        ${steps.length
          ? html`
              <div class="wide" tabindex="0" role="region" aria-label=${t('bySteps')}>
                <table class="t table">
                  <thead><tr><th scope="col">${t('step')}</th><th scope="col" class="num">${t('count')}</th><th scope="col" class="num">${t('half')}</th><th scope="col" class="num">${t('nineOfTen')}</th></tr></thead>
                  <tbody>
                    ${steps.map((one) => html`
                      <tr data-step=${one.action}>
                        <th scope="row">${t('steps')[one.action] ?? one.action}</th><td class="num">${number(one.count)}</td>
                        <td class="num">${duration(one['median-seconds'])}</td><td class="num">${duration(one['p90-seconds'])}</td>
                      </tr>
                    `)}
                  </tbody>
                </table>
              </div>
            `
          : html`<p class="muted">${t('noSteps')}</p>`}
      </section>
    `;
  }

  #rules() {
    const rules = [...this.data.rules].sort((one, other) => other['often-rejected'] - one['often-rejected'] || other.rejected - one.rejected);
    return html`
      <section class="card desk-card broad rules-card">
        <h2>${t('byRule')}</h2>
        <p class="hint">${t('byRuleHint')}</p>
        ${rules.length
          ? html`
              <div class="wide" tabindex="0" role="region" aria-label=${t('byRule')}>
                <table class="t table">
                  <thead><tr><th scope="col">${t('camera')}</th><th scope="col">${t('rule')}</th><th scope="col" class="num">${t('right')}</th><th scope="col" class="num">${t('wrong')}</th><th scope="col" class="num">${t('share')}</th><th scope="col"><span class="vh">${t('mute')}</span></th></tr></thead>
                  <tbody>${rules.map((rule) => this.#rule(rule))}</tbody>
                </table>
              </div>
            `
          : html`<p class="muted">${t('noRules')}</p>`}
      </section>
    `;
  }

  #rule(rule) {
    const key = `${rule.camera} ${rule.rule}`;
    const until = rule['muted-until'];
    const name = t('muteOf')(rule.rule, this.#camera(rule.camera));
    const action = until
      ? html`<span class="muted">${t('mutedUntil')(dateTime(until))}</span> ${may('review') ? html`<button type="button" class="btn small" ?disabled=${this.busy} @click=${() => this.#unmute(rule)}>${t('unmute')}</button>` : nothing}`
      : may('review')
        ? html`<button type="button" class="btn small mute" aria-label="${t('mute')} ${name}" aria-expanded=${this.muting === key} @click=${() => this.#ask(this.muting === key ? undefined : key)}>${t('mute')}</button>`
        : nothing;
    return html`
      <tr data-rule=${key}>
        <td>${this.#camera(rule.camera)}</td>
        <th scope="row">${rule.rule}</th>
        <td class="num">${number(rule.verified)}</td>
        <td class="num">${number(rule.rejected)}</td>
        <td class="num">${percent(rule['rejected-share'])} ${rule['often-rejected'] ? status('high', 'amber', t('often'), true) : nothing}</td>
        <td class="act">${action}</td>
      </tr>
      ${this.muting === key ? html`<tr class="muting"><td colspan="6">${this.#form(rule, name)}</td></tr>` : nothing}
    `;
  }

  async #ask(key) {
    this.muting = key;
    await this.updateComplete;
    this.querySelector('.muting [name=reason]')?.focus();
  }

  #form(rule, name) {
    return html`
      <form class="row-of" ${typed(`mute.${rule.camera}.${rule.rule}`)} aria-label=${name} @submit=${(event) => this.#mute(event, rule)}>
        <label>${t('muteFor')} <select class="in" name="days">${MUTES.map((days) => html`<option value=${days}>${t('muteSpans')[days]}</option>`)}</select></label>
        <label>${t('muteReason')} <input class="in" name="reason" required maxlength="500" autocomplete="off" /></label>
        <button class="btn danger" ?disabled=${this.busy}>${t('muteNow')}</button>
        <small class="hint">${t('muteHint')}</small>
      </form>
    `;
  }

  async #mute(event, rule) {
    event.preventDefault();
    const { days, reason } = event.target.elements;
    const until = new Date(siteNow() + Number(days.value) * DAY_MS).toISOString();
    await this.#changing(async () => {
      await muteRule(rule.camera, rule.rule, { until, reason: reason.value.trim() });
      forget(`mute.${rule.camera}.${rule.rule}`);
    }, 'muted');
  }

  #unmute(rule) {
    this.#changing(() => unmuteRule(rule.camera, rule.rule), 'unmuted');
  }

  async #changing(change, done) {
    this.busy = true;
    try {
      await change();
      this.muting = undefined;
      toast(t(done));
      await this.#load();
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #reviewers() {
    if (!this.people) return nothing;
    return html`
      <section class="card desk-card all reviewers-card">
        <h2>${t('byReviewer')}</h2>
        <p class="hint">${t('byReviewerHint')}</p>
        ${this.people.length
          ? html`
              <div class="wide" tabindex="0" role="region" aria-label=${t('byReviewer')}>
                <table class="t table">
                  <thead><tr><th scope="col">${t('reviewer')}</th><th scope="col" class="num">${t('verifiedSum')}</th><th scope="col" class="num">${t('rejectedSum')}</th><th scope="col" class="num">${t('reopened')}</th><th scope="col" class="num">${t('firstAgreed')}</th><th scope="col" class="num">${t('secondAgreed')}</th><th scope="col">${t('sample')}</th></tr></thead>
                  <tbody>
                    ${this.people.map((one) => html`
                      <tr data-reviewer=${one.reviewer}>
                        <th scope="row">${one.reviewer}</th>
                        <td class="num">${number(one.verified)}</td><td class="num">${number(one.rejected)}</td><td class="num">${number(one.reopened)}</td>
                        <td class="num" data-looks="first">${agreement(one['first-agreed'], one['first-disagreed'])}</td><td class="num" data-looks="second">${agreement(one['second-agreed'], one['second-disagreed'])}</td>
                        <td class="samples">${one.sample.map(drawn)}</td>
                      </tr>
                    `)}
                  </tbody>
                </table>
              </div>
            `
          : html`<p class="muted">${t('noReviewers')}</p>`}
      </section>
    `;
  }
}

/** '90% of 10': how often two people agreed. */
const agreement = (agreed, disagreed) => (agreed + disagreed ? t('agreement')(percent(agreed / (agreed + disagreed)), number(agreed + disagreed)) : '–');

const drawn = ({ report, at, action, reason }) => html`
  <a class="btn small" href=${address('reports', report)} title=${reason ?? ''}>${sign(action === 'verify' ? 'done' : 'no')}${t(action === 'verify' ? 'decidedRight' : 'decidedWrong')} ${dateTime(at)}</a>
`;

const reasonList = (reasons) => html`<ul class="reasons">${reasons.map(({ reason, count }) => html`<li><span>${reason}</span> <b>${number(count)}</b></li>`)}</ul>`;

/** What came of an agency's reports, as parts of a bar; the numbers stand beside it. */
function bar({ 'on-time': onTime, late, returned }) {
  const all = onTime + late + returned;
  if (!all) return html`<span class="muted">–</span>`;
  const parts = [['on-time', onTime], ['late', late], ['returned', returned]];
  let at = 0;
  return html`
    <svg class="parts" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${t('barOf')(onTime, late, returned)}>
      ${parts.map(([name, count]) => {
        const width = (100 * count) / all;
        const part = svg`<rect class=${name} x=${at} y="0" width=${width} height="8"></rect>`;
        at += width;
        return part;
      })}
    </svg>
  `;
}

customElements.define('kydai-desk-statistics', DeskStatisticsPage);

/** The statistics' own style, which no other page loads. */
function style() {
  for (const href of ['/styles/statistics.css', '/styles/deskstatistics.css']) {
    if (document.head.querySelector(`link[href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
}

const page = elementPage('kydai-desk-statistics', (element, { query }) => element.show(query));

export const mount = (host, place) => {
  style();
  return page(host, place);
};
