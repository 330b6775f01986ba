/** The bar of decisions under an incident: its buttons, each with its key. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { currentLanguage } from '../i18n.js';
import { t } from '../words/incidents.js';

const number = (many) => (many > 1 ? html`<span class="count">${many}</span>` : nothing);

/**
 * @param {{counts: Record<string, number>, reasons: object[], rejecting: boolean, merges: number, second: boolean}} state how many
 *   reports each action would be about, the site's reject reasons, and how many incidents are marked beside this one,
 *   and whether somebody else looked first
 * @param {{decide: (action: string) => void, offer: (what: string) => void, ask: () => void, reject: (reason: object) => void,
 *   merge: () => void}} on `ask` shows the reasons where there is no room for them
 */
export function decisionBar({ counts, reasons, rejecting, merges, second }, on) {
  const { verify, reject, assign, reopen, close } = counts;
  if (!merges && !Object.values(counts).some(Boolean)) return nothing;
  const offered = (what, many, look = '') => html`<button type="button" class="btn ${look}" @click=${() => on.offer(what)}>
    ${t(`do_${what}`)}${number(many)}<kbd>${{ assign: 'a', close: 'e', reopen: 'r' }[what]}</kbd></button>`;
  return html`
    <footer class="decide" role="group" aria-label=${t('decision')}>
      ${merges ? html`<button type="button" class="btn" @click=${on.merge}>${t('mergeMarked')}${number(merges)}<kbd>d</kbd></button>` : nothing}
      ${verify
        ? html`<button type="button" class="btn primary big" @click=${() => on.decide('verify')}>${icon('tick')}${t(second ? 'agree' : 'verify')}${number(verify)}<kbd>v</kbd></button>`
        : nothing}
      ${assign ? offered('assign', assign, verify ? '' : 'primary big') : nothing}
      ${reject
        ? html`<button type="button" class="btn quiet rejectfor" aria-expanded=${Boolean(rejecting)} @click=${on.ask}><kbd>x</kbd>${t('rejectFor')}${number(reject)}</button>
            <div class="reasons ${rejecting ? 'on' : ''}" role="group" aria-label=${t('rejectFor')}>
              ${reasons.map((reason) => html`<button type="button" class="btn small" @click=${() => on.reject(reason)}><kbd>${reason.digit}</kbd>${reason[currentLanguage()]}</button>`)}
            </div>`
        : nothing}
      ${close && !verify ? offered('close', close) : nothing} ${reopen && !verify ? offered('reopen', reopen) : nothing}
    </footer>
  `;
}
