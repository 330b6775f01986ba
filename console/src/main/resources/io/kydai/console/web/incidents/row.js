/** One incident in the list: its picture, what and where, how often, how urgent, who has it, when. */

import { html, nothing } from 'lit';
import { COLOURS } from '../alerts/priority.js';
import { sign, status } from '../frame/icons.js';
import { number, time, typeName } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/incidents.js';

const minute = (at) => time(at).slice(0, 5);

/** From its first event to its last: to the minute, or to the second where it is within one. */
const span = ({ 'first-at': first, 'last-at': last }) => (minute(first) === minute(last) ? time(last) : `${minute(first)}–${minute(last)}`);

/** Whether an incident waits for the agreement of another person to what oneself found. */
export const waitsForAnother = (incident, account) =>
  incident['second-look'] > 0 &&
  incident['second-look'] === incident['to-check'] &&
  incident['first-looks'].every((look) => look['actor-id'] === account?.id);

/** 'Lan looked first': who waits for another person. */
const firstLook = (incident, account) =>
  html`<span class="l2 amber cut first-look">${
    waitsForAnother(incident, account) ? t('youLookedFirst') : t('lookedFirst')(incident['first-looks'].map(({ actor }) => actor).join(', '))
  }</span>`;

/**
 * @param {object} incident the contract's Incident
 * @param {{to: string, shown: boolean, marked: boolean, claim?: object, account?: object, known: object,
 *   clicked: (event: MouseEvent) => void}} around the address that it leads to, and what is known beside it
 */
export function row(incident, { to, shown, marked, claim, account, known, clicked }) {
  const { id, camera, rule, type, priority, reports: count, picture } = incident;
  const live = claim && Date.parse(claim.until) > siteNow();
  const own = claim?.['holder-id'] === account?.id;
  const verdict = known.verdicts.find((one) => one.camera === camera && one.rule === rule);
  const name = known.cameras.find((one) => one.id === camera)?.name ?? camera;
  return html`
    <li>
      <a class="item incident ${marked ? 'marked' : ''}" href=${to} aria-current=${shown} data-incident=${id} @click=${clicked}>
        <span class="pic thumb">${picture ? html`<img src=${picture} alt="" loading="lazy" decoding="async" />` : nothing}</span>
        <span class="cut">
          <span class="l1">
            ${marked ? html`<span class="s teal">${sign('done')}<span class="vh">${t('isMarked')}</span></span>` : nothing}
            <span class="cut grow">${typeName(type)}</span>
            ${count > 1 ? html`<span class="count" aria-label=${t('reportCount')(count)}>×${count}</span>` : nothing}
          </span>
          <span class="l2 cut">${name} · ${rule}</span>
          ${incident['second-look'] ? firstLook(incident, account) : nothing}
          <span class="l3">
            ${status(priority, COLOURS[priority], t(`priority_${priority}`))}
            ${live ? html`<span class="s ${own ? 'teal' : 'plain'} cut">${own ? t('youHold') : t('holds')(claim.holder)}</span>` : nothing}
            ${verdict?.['often-rejected'] ? html`<span class="s amber">${t('oftenWrong')} ${number(Math.round(verdict['rejected-share'] * 100))} %</span>` : nothing}
            <time datetime=${incident['last-at']}>${span(incident)}</time>
          </span>
        </span>
      </a>
    </li>
  `;
}
