/** "What would follow of this report": asks the server by the plan on the page, saved or not. */

import { LitElement, html, nothing } from 'lit';
import { status } from '../frame/icons.js';
import { deskTypes, fullTime, typeName, zoned, zoneName } from '../i18n.js';
import { fromField, toField } from '../sitetime.js';
import { problemWords } from '../problems.js';
import { agencies, tryDeadlines } from '../server.js';
import { t } from '../words/deadlines.js';
import { given } from './setting.js';

const URGENCIES = ['urgent', 'high', 'normal'];

class DeadlineTrial extends LitElement {
  static properties = {
    /** The plan of the page. */
    plan: { attribute: false },
    agencies: { state: true },
    answer: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    this.agencies = [];
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.agencies = await agencies();
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  willUpdate(changed) {
    // An answer of another plan would be a lie.
    if (changed.has('plan')) this.answer = undefined;
  }

  async #try(event) {
    event.preventDefault();
    const asked = new FormData(event.target);
    const { zone, calendars, rules } = this.plan;
    this.busy = true;
    this.error = undefined;
    this.answer = undefined;
    try {
      this.answer = await tryDeadlines(
        given({
          type: asked.get('type'),
          urgency: asked.get('urgency'),
          at: fromField(asked.get('at')),
          'assigned-at': fromField(asked.get('assigned')),
          agency: asked.get('agency'),
          plan: { zone, calendars, rules },
        }),
      );
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #name(id) {
    return this.agencies.find((agency) => agency.id === id)?.name ?? id;
  }

  render() {
    return html`
      <section class="card trial deadline-trial" aria-labelledby="deadline-trial-title">
        <h2 id="deadline-trial-title">${t('tryCase')}</h2>
        <form class="row-of" @submit=${(event) => this.#try(event)}>
          <label>${t('types')} <select class="in" name="type">${deskTypes().map((type) => html`<option value=${type}>${typeName(type)}</option>`)}</select></label>
          <label>${t('urgency')}
            <select class="in" name="urgency"><option value="">${t('ofType')}</option>${URGENCIES.map((one) => html`<option value=${one}>${t('urgencies')[one]}</option>`)}</select>
          </label>
          <label>${zoned(t('arrives'))} <input class="in" type="datetime-local" name="at" required value=${toField(new Date().toISOString())} /></label>
          <label>${zoned(t('assignedAt'))} <input class="in" type="datetime-local" name="assigned" /></label>
          <label>${t('assignedTo')}
            <select class="in" name="agency"><option value="">–</option>${this.agencies.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select>
          </label>
          <button class="btn try" ?disabled=${this.busy}>${t('try')}</button>
        </form>
        <p class="warning" role="alert">${this.error ?? ''}</p>
        <div role="status">${this.answer ? html`<p>${t('urgencyIs')(t('urgencies')[this.answer.urgency])}</p>${this.answer.stages.map((stage) => this.#stage(stage))}` : nothing}</div>
      </section>
    `;
  }

  #stage(stage) {
    const missed = stage.looked.filter(({ miss }) => miss);
    const at = (moment) => html`<time datetime=${moment}>${fullTime(moment)}</time> <span class="muted">${zoneName(moment)}</span>`;
    return html`
      <section class="trial-stage" data-stage=${stage.stage}>
        <h3>${t('stages')[stage.stage]}</h3>
        ${stage['due-at']
          ? html`
              <dl class="kv">
                <dt>${t('byRule')}</dt><dd><b>${stage.rule}</b>${stage.source ? html` · ${stage.source}` : nothing}</dd>
                <dt>${t('reminder')}</dt><dd>${stage['remind-at'] ? at(stage['remind-at']) : t('noReminder')}</dd>
                <dt>${t('dueAt')}</dt><dd><b>${at(stage['due-at'])}</b></dd>
                <dt>${t('ifLate')}</dt>
                <dd><ol class="plain">${stage.escalations.map((one) => html`<li>${at(one.at)}: ${one.to ? status('sent', 'amber', this.#name(one.to)) : t('nobodyHigher')}</li>`)}</ol></dd>
                <dt>${t('counted')}</dt>
                <dd><details><summary>${stage.calendar ?? t('everyHour')}</summary>
                  <ul class="plain">${stage.work.map(({ from, to }) => html`<li>${fullTime(from)} – ${fullTime(to)}</li>`)}</ul>${stage['more-work'] ? t('andFurther') : nothing}
                </details></dd>
              </dl>
            `
          : html`<p class="muted">${t('noRuleHolds')}</p>`}
        ${missed.length
          ? html`<details><summary>${t('whyNot')(missed.length)}</summary><ul class="plain">${missed.map(({ rule, miss }) => html`<li><b>${rule}</b>: ${t('misses')[miss]}</li>`)}</ul></details>`
          : nothing}
      </section>
    `;
  }
}

customElements.define('kydai-deadline-trial', DeadlineTrial);
