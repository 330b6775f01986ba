/** The other reports of an incident, and those of its camera and type before. */

import { html, nothing } from 'lit';
import { thumb } from '../alerts/thumb.js';
import { address } from '../frame/place.js';
import { dateTime, time } from '../i18n.js';
import { t } from '../words/incidents.js';

const MOST = 24;
const EARLIER = 6;

const strip = (list, to, shown, when) => html`<ul class="strip small">
  ${list.map(
    (one) => html`<li><a class="earlier" href=${to(one)} aria-current=${one.id === shown}>
      ${thumb(one)}<span>${when(one['started-at'])}</span> ${one.state === 'received' ? nothing : html`<span class="state ${one.state}">${t(one.state)}</span>`}</a></li>`,
  )}
</ul>`;

/** @param {object} incident the contract's Incident @param {object} report that is shown @param {object} known beside them */
export const strips = ({ id: incident, items }, { id: shown }, { earlier, tab }) => html`
  ${items.length > 1
    ? html`<section><h3 class="lab">${t('inIncident')(items.length)}</h3>
        ${strip(items.slice(0, MOST), ({ id }) => address('incidents', incident, { tab, report: id }), shown, time)}</section>`
    : nothing}
  ${earlier.length
    ? html`<section><h3 class="lab">${t('earlierHere')}</h3>${strip(earlier.slice(0, EARLIER), ({ id }) => address('reports', id), shown, dateTime)}</section>`
    : nothing}
`;
