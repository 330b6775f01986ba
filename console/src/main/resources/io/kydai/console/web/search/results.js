/** What a search found, as a table; on a narrow page each report is a card. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { COLOURS, priorityOf } from '../alerts/priority.js';
import { thumb } from '../alerts/thumb.js';
import { status } from '../frame/icons.js';
import { address } from '../frame/place.js';
import { dateTime, typeName } from '../i18n.js';
import { t } from '../words/search.js';

/** The sign and colour of each state. */
const STATES = {
  received: ['waiting', 'amber'],
  'second-review': ['waiting', 'amber'],
  verified: ['done', 'teal'],
  assigned: ['sent', 'blue'],
  'in-progress': ['sent', 'blue'],
  resolved: ['done', 'teal'],
  returned: ['no', 'amber'],
  rejected: ['no', 'plain'],
  closed: ['done', 'plain'],
  maintenance: ['fault', 'plain'],
};

/** @param {object[]} reports @param {string} chosen the id of the row that keys are at @param {object[]} agencies */
export function results(reports, chosen, agencies) {
  return html`
    <table class="t search-table" aria-label=${t('results')}>
      <thead>
        <tr>
          <th scope="col"><span class="vh">${t('results')}</span></th>
          <th scope="col">${t('when')}</th>
          <th scope="col">${t('priority')}</th>
          <th scope="col">${t('type')}</th>
          <th scope="col">${t('place')}</th>
          <th scope="col">${t('plate')}</th>
          <th scope="col">${t('state')}</th>
          <th scope="col">${t('agencyOf')}</th>
        </tr>
      </thead>
      <tbody>${repeat(reports, ({ id }) => id, (report) => row(report, report.id === chosen, agencies))}</tbody>
    </table>
  `;
}

function row(report, chosen, agencies) {
  const priority = priorityOf(report);
  const [sign, colour] = STATES[report.state] ?? ['waiting', 'plain'];
  return html`
    <tr data-report=${report.id} aria-current=${chosen ? 'true' : nothing}>
      <td class="picture-cell">${thumb(report)}</td>
      <th scope="row"><a href=${address('reports', report.id)}><time datetime=${report['received-at']}>${dateTime(report['received-at'])}</time></a></th>
      <td>${status(priority, COLOURS[priority], t(`priority_${priority}`))}</td>
      <td>${typeName(report.type)}</td>
      <td>${report.where?.name ?? report.camera}</td>
      <td class="mono">${report.plates?.map(({ text }) => text).join(' ') ?? nothing}</td>
      <td>${status(sign, colour, t(report.state))}</td>
      <td>${agencies.find(({ id }) => id === report.agency)?.name ?? report.agency ?? ''}</td>
    </tr>
  `;
}
