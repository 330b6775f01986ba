/** A report in the list, and what its times and states are called. */

import { html, nothing } from 'lit';
import { COLOURS, priorityOf } from '../alerts/priority.js';
import { thumb } from '../alerts/thumb.js';
import { status } from '../frame/icons.js';
import { duration, typeName } from '../i18n.js';
import { t } from '../words/agency.js';
import { timeLeft } from './data.js';
import { outbox } from './outbox.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** '2 ngày', '3 giờ 40', '52 phút': hours with their minutes. @param {number} milliseconds */
function span(milliseconds) {
  if (milliseconds >= DAY_MS || milliseconds < HOUR_MS) return duration(Math.max(60, milliseconds / 1000));
  return t('hoursMinutes')(Math.floor(milliseconds / HOUR_MS), Math.floor((milliseconds % HOUR_MS) / 60_000));
}

/** 'còn 3 giờ 40' or 'trễ 18 phút'; nothing where no deadline holds. */
export function leftWords(report) {
  const time = timeLeft(report);
  if (!time) return undefined;
  return { kind: time.kind, words: time.left < 0 ? t('late')(span(-time.left)) : t('left')(span(time.left)) };
}

export function priority(report) {
  const of = priorityOf(report);
  return status(of, COLOURS[of], t(`priority_${of}`));
}

/** Where the work on a report stands, as the agency sees it. */
export function work(report) {
  if (outbox.of(report.id).some(({ refused }) => refused)) return status('fault', 'red', t('refused'));
  if (outbox.of(report.id).length) return status('waiting', 'amber', t('sending'));
  switch (report.state) {
    case 'assigned':
      return status('waiting', 'amber', t('new'));
    case 'in-progress':
      return status('sent', 'blue', t('taken'));
    case 'returned':
      return status('no', 'plain', t(report.state));
    default:
      return status('done', 'teal', t(report.state));
  }
}

/** @param {string} to the address of the report @param {boolean} chosen whether it is shown
 * @param {string} [below] the agency below the own one whose report it is */
export function row(report, to, chosen, below) {
  const left = ['assigned', 'in-progress'].includes(report.state) ? leftWords(report) : undefined;
  return html`
    <a class="item" href=${to} data-report=${report.id} aria-current=${chosen ? 'true' : nothing}>
      ${thumb(report)}
      <span class="cut">
        <span class="l1">
          <span class="cut">${typeName(report.type)}</span>
          ${left ? html`<span class="due ${left.kind}">${left.words}</span>` : nothing}
        </span>
        <span class="l2 cut">${[below, report.where?.name ?? report.camera].filter(Boolean).join(' · ')}</span>
        <span class="l3">${priority(report)} ${work(report)}</span>
      </span>
    </a>
  `;
}
