/** The trial of a rule on what the camera saw in the last hours, before it is saved. */

import { LitElement, html, nothing, svg } from 'lit';
import { duration, number, time } from '../i18n.js';
import { icon } from '../frame/icons.js';
import { problemWords } from '../problems.js';
import { tryRule } from '../server.js';
import { t } from '../words/rules.js';
import { analysed } from './model.js';

const HOURS = 6;
const SHOWN = 3;
const HOUR_MS = 3_600_000;

/** How many alerts began in each hour. @returns {{at: number, count: number}[]} from the oldest on */
export function perHour({ to, found }) {
  const end = Date.parse(to);
  return Array.from({ length: HOURS }, (_, at) => {
    const from = end - (HOURS - at) * HOUR_MS;
    const within = found.filter((one) => Date.parse(one.at) >= from && Date.parse(one.at) < from + HOUR_MS);
    return { at: from, count: within.length };
  });
}

class Trial extends LitElement {
  static properties = {
    cameraId: { attribute: false },
    rule: { attribute: false },
    scene: { attribute: false },
    ready: { attribute: false },
    result: { state: true },
    busy: { state: true },
    error: { state: true },
  };

  #tried;

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('rule') && changed.get('rule')?.id !== this.rule?.id) {
      this.result = undefined;
      this.error = undefined;
    }
  }

  /** Runs the rule as it stands now. */
  async run() {
    this.busy = true;
    this.error = undefined;
    const tried = this.rule;
    try {
      const result = await tryRule(this.cameraId, { rule: tried, scene: analysed(this.scene), hours: HOURS });
      this.result = result;
      this.#tried = tried;
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  render() {
    const { result, busy, error } = this;
    const old = result && this.#tried !== this.rule;
    return html`
      <section class="card" aria-labelledby="trial-title">
        <div class="cardhead">
          <h2 id="trial-title">${t('trial')(HOURS)}</h2>
          <button type="button" class="btn small try" ?disabled=${busy || !this.ready} aria-busy=${busy ? 'true' : 'false'} @click=${() => this.run()}>
            ${icon('again')}${result ? t('tryAgain') : t('tryNow')}
          </button>
        </div>
        <div role="status" class=${old ? 'old' : ''}>
          ${busy ? html`<p class="dim">${t('trying')}</p>` : nothing}
          ${error ? html`<p class="err">${error}</p>` : nothing} ${result && !busy ? this.#result(result) : nothing}
        </div>
      </section>
    `;
  }

  #result(result) {
    if (!result.possible) return html`<p class="note">${t(`trial_${result.cause}`)}</p>`;
    if (!result['observed-seconds']) return html`<p class="note">${t('nothingObserved')}</p>`;
    const counted = Object.values(result.counted).reduce((sum, one) => sum + one, 0);
    const counts = counted > 0;
    const shown = counts ? counted : result.alerts;
    const partial = result['observed-seconds'] < HOURS * 3600 * 0.9;
    return html`
      <div class="line trial">
        <span class="fig"><b>${number(shown)}</b><span class="dim">${counts ? t('wouldCount') : t('wouldAlert')}</span></span>
        ${counts ? nothing : this.#chart(result)}
      </div>
      <p class="dim says">${t(counts ? 'trialCounts' : 'trialSays')(number(shown), HOURS)}.
        ${partial ? t('observedOnly')(duration(result['observed-seconds'])) : nothing}</p>
      ${result.found.length ? this.#found(result.found) : nothing}
    `;
  }

  #chart(result) {
    const hours = perHour(result);
    const most = Math.max(1, ...hours.map(({ count }) => count));
    const peak = hours.find(({ count }) => count === most) ?? hours[0];
    return html`
      <svg class="chart grow" viewBox="0 0 260 62" role="img" aria-label=${t('perHour')(peak.count, time(peak.at).slice(0, 5))}>
        ${hours.map(({ count }, at) => {
          const height = 2 + (count / most) * 38;
          return svg`<rect class=${count ? 'b1' : 'b0'} x=${at * 43} y=${44 - height} width="36" height=${height}></rect>`;
        })}
        ${[hours[0], hours.at(-1)].map(
          ({ at }, index) => svg`<text x=${index * 215} y="60">${time(at).slice(0, 5)}</text>`,
        )}
      </svg>
    `;
  }

  #found(found) {
    const newest = found.slice(-SHOWN).reverse();
    return html`
      <h3 class="lab">${t('firstFound')}</h3>
      <ul class="line wrap moments">
        ${newest.map((one) => {
          const at = time(one.at);
          return html`<li>
            <button type="button" class="btn small" aria-label=${t('showMoment')(at)} @click=${() => this.#show(one)}>${icon('boxes')}${at}</button>
          </li>`;
        })}
      </ul>
    `;
  }

  #show(one) {
    this.dispatchEvent(new CustomEvent('moment', { detail: one, bubbles: true }));
  }
}

customElements.define('kydai-trial', Trial);
