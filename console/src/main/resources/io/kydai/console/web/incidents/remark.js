/** What a machine said of a report's picture. It is never shown as anything that somebody decided. */

import { html, nothing } from 'lit';
import { fullTime, number } from '../i18n.js';
import { t } from '../words/incidents.js';

/** @param {object} report the contract's Report */
export function remark({ 'machine-remark': said }) {
  if (!said) return nothing;
  return html`
    <section class="note violet machine-remark" aria-label=${t('machineSaid')}>
      <p><b>${t('machineSaid')}</b> ${t('machineDecidesNothing')}</p>
      <p class="said">${said.description}</p>
      <p>${t('machineLikelihood')(number(Math.round(said.likelihood * 100)))}${said.flags.map((flag) => html` · <span class="flag">${t(`flag_${flag}`)}</span>`)}</p>
      <p class="muted">${t('machineModel')(said.model)}, <time datetime=${said.at}>${fullTime(said.at)}</time></p>
    </section>
  `;
}
