/** The endpoints that are told of reports: how deliveries are, a test, and what was given up. */

import { html, nothing } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { status } from '../frame/icons.js';
import { dateTime, typeName } from '../i18n.js';
import { deadLetters, replayDeadLetters, testWebhook, webhooks } from '../server.js';
import { t } from '../words/settings.js';
import { ReadingPage } from './reading.js';

const WHYS = [
  [/^HTTP status (\d+)$/, (status) => t('whyStatus')(status)],
  [/^no response within (\d+) s$/, (seconds) => t('whySilent')(seconds)],
  [/^the outbox was full$/, () => t('whyFull')],
  [/^the endpoint is not configured any more$/, () => t('notConfigured')],
];

/** An outcome, as the server writes it down, in words. */
function whyWords(why) {
  for (const [pattern, words] of WHYS) {
    const found = why.match(pattern);
    if (found) return words(found[1]);
  }
  return t('whyConnection')(why);
}

class WebhooksPage extends ReadingPage {
  static properties = {
    endpoints: { state: true },
    letters: { state: true },
    next: { state: true },
  };

  async read() {
    const [endpoints, page] = await Promise.all([webhooks(), deadLetters()]);
    this.endpoints = endpoints;
    this.letters = page['dead-letters'];
    this.next = page.next;
  }

  async #older() {
    const page = await deadLetters(this.next);
    this.letters = [...this.letters, ...page['dead-letters']];
    this.next = page.next;
  }

  #test({ id, endpoint }) {
    this.run(async () => {
      const { delivered, why, milliseconds } = await testWebhook(id);
      if (delivered) return t('testGood')(endpoint, milliseconds);
      throw new Error(t('testBad')(endpoint, whyWords(why)));
    });
  }

  #replay(id, event) {
    this.run(async () => t('replayed')(await replayDeadLetters(id, event)));
  }

  render() {
    return html`
      <section class="page webhooks" aria-busy=${Boolean(this.busy)}>
        <h1>${t('webhooks')}</h1>
        <p class="muted">${t('webhooksHint')}</p>
        ${this.messages()}
        ${this.endpoints ? this.#table() : nothing}
        ${this.letters ? this.#dead() : nothing}
      </section>
    `;
  }

  #table() {
    if (!this.endpoints.length) return html`<p class="muted none">${t('noWebhooks')}</p>`;
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('endpoint')}>
        <table class="t table">
          <thead>
            <tr>
              <th>${t('endpoint')}</th>
              <th>${t('types')}</th>
              <th>${t('delivery')}</th>
              <th>${t('waiting')}</th>
              <th>${t('dead')}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${this.endpoints.map((one) => this.#endpoint(one))}
          </tbody>
        </table>
      </div>
    `;
  }

  #endpoint(one) {
    const { failure, endpoint, types, waiting, dead } = one;
    const delivered = one['delivered-at'];
    return html`
      <tr data-endpoint=${one.id}>
        <th scope="row">${endpoint}</th>
        <td>${types.length ? types.map((type) => (type.startsWith('report.') ? type : typeName(type))).join(' · ') : t('allTypes')}</td>
        <td>
          ${failure
            ? html`${status('fault', 'red', t('failing')(failure.attempts))}<br />
                <small>${whyWords(failure.why)}; ${t('nextAt')(dateTime(failure['next-at']))}</small>`
            : delivered
              ? t('deliveredAt')(dateTime(delivered))
              : html`<span class="muted">${t('notYet')}</span>`}
        </td>
        <td>${waiting}</td>
        <td>${dead ? status('fault', 'amber', dead) : 0}</td>
        <td class="nowrap">
          <button type="button" class="btn small test" aria-label="${t('test')}: ${endpoint}" ?disabled=${this.busy} @click=${() => this.#test(one)}>
            ${t('test')}
          </button>
          ${dead
            ? html`<button
                type="button"
                class="btn small replay-all"
                aria-label="${t('replayAll')}: ${endpoint}"
                ?disabled=${this.busy}
                @click=${() => this.#replay(one.id)}
              >
                ${t('replayAll')}
              </button>`
            : nothing}
        </td>
      </tr>
    `;
  }

  #dead() {
    if (!this.letters.length) return html`<h2>${t('deadLetters')}</h2><p class="muted">${t('noDead')}</p>`;
    const configured = new Set(this.endpoints.map(({ id }) => id));
    return html`
      <h2>${t('deadLetters')}</h2>
      <p class="muted">${t('deadHint')}</p>
      <div class="wide" tabindex="0" role="group" aria-label=${t('deadLetters')}>
        <table class="t table letters">
          <thead>
            <tr>
              <th>${t('diedAt')}</th>
              <th>${t('endpoint')}</th>
              <th>${t('event')}</th>
              <th>${t('why')}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${this.letters.map(
              (letter) => html`
                <tr data-event=${letter.event}>
                  <td class="nowrap">${dateTime(letter['died-at'])}</td>
                  <td>${letter.endpoint}</td>
                  <td>${letter.type}<br /><small class="mono">${letter.event}</small></td>
                  <td>${whyWords(letter.why)}<br /><small>${t('attempts')(letter.attempts)}</small></td>
                  <td>
                    ${configured.has(letter.webhook)
                      ? html`<button
                          type="button"
                          class="btn small replay"
                          aria-label="${t('replay')}: ${letter.event}"
                          ?disabled=${this.busy}
                          @click=${() => this.#replay(letter.webhook, letter.event)}
                        >
                          ${t('replay')}
                        </button>`
                      : html`<span class="muted">${t('notConfigured')}</span>`}
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      ${this.next
        ? html`<div><button type="button" class="btn older" @click=${() => this.#older()}>${t('older')}</button></div>`
        : nothing}
    `;
  }
}

customElements.define('kydai-webhooks', WebhooksPage);

export const mount = elementPage('kydai-webhooks');
