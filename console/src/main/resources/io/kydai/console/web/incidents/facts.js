/** What every report answers: why, where, when, who has it, what next, by when; and its history. */

import { html, nothing } from 'lit';
import { address } from '../frame/place.js';
import { fullTime, number, zoneName } from '../i18n.js';
import { may } from '../server.js';
import { siteNow } from '../site.js';
import { reasonWords } from '../words/reasons.js';
import { t } from '../words/incidents.js';

const when = (at) => html`<time datetime=${at}>${fullTime(at)}</time> ${zoneName(at)}`;

/** Where a rule's share of rejected reports stands. */
function verdictWords({ verified, rejected, 'rejected-share': share, 'often-rejected': often }) {
  const words = t('ruleShare')(verified + rejected, number(Math.round(share * 100)));
  return often ? html`<b class="s amber">${t('oftenWrong')}</b> ${words}` : words;
}

function next(report, route) {
  if (report.parent) return t('nextParent');
  if (report.state === 'received') return route ? t('nextRoute')(route.agency, route.why) : t('nextReview');
  return t(`next_${report.state}`);
}

/**
 * @param {object} report the contract's Report, with its history
 * @param {{camera?: object, verdict?: object, route?: object, holder?: string}} known
 */
export function facts(report, { camera, verdict, route, holder }) {
  const due = report['due-at'];
  return html`
    <section>
      <h3 class="lab">${t('why')}</h3>
      <p class="why">${reasonWords(report, camera)}</p>
      <p class="muted">${t('ofRule')(report.rule)} ${verdict ? verdictWords(verdict) : nothing}</p>
    </section>
    <dl class="kv">
      <dt>${t('where')}</dt>
      <dd>
        ${[camera?.name ?? report.camera, camera?.place?.address].filter(Boolean).join(', ')}
        ${camera?.place && may('live') ? html`· <a href=${address('map')}>${t('onMap')}</a>` : nothing}
      </dd>
      <dt>${t('when')}</dt>
      <dd>${when(report['started-at'])}</dd>
      <dt>${t('state')}</dt>
      <dd class="state">${t(report.state)}</dd>
      <dt>${t('who')}</dt>
      <dd>${[report.agency, holder].filter(Boolean).join(' · ') || t('nobody')}</dd>
      <dt>${t('next')}</dt>
      <dd>${next(report, route)}</dd>
      <dt>${t('due')}</dt>
      <dd class="due ${due && Date.parse(due) < siteNow() ? 'late' : ''}">${due ? when(due) : t('noDue')}</dd>
    </dl>
  `;
}

/** The steps of a report, the newest first. */
export const history = ({ history: steps }) => html`
  <section>
    <h3 class="lab">${t('history')}</h3>
    <ol class="hist">
      ${[...(steps ?? [])].reverse().map(
        (step, at) => html`<li class=${at ? '' : 'now'}>
          <b>${step.actor}</b> ${step.action ? t(`step_${step.action}`) : t(step.state)} ${[step.agency, step.reason].filter(Boolean).join(' · ')}
          <time datetime=${step.at}>${fullTime(step.at)}</time>
        </li>`,
      )}
    </ol>
  </section>
`;
