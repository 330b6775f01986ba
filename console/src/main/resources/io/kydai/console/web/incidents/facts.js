/** What every report answers: why, where, when, who has it, what next, by when; and its history. */

import { html, nothing } from 'lit';
import { isOwnFirstLook } from '../alerts/actions.js';
import { address } from '../frame/place.js';
import '../map/minimap.js';
import { fullTime, measureName, number, time, zoneName } from '../i18n.js';
import { atThatMoment } from '../playback/link.js';
import { may } from '../server.js';
import { siteNow } from '../site.js';
import { reasonOf } from '../words/history.js';
import { reasonWords } from '../words/reasons.js';
import { t } from '../words/incidents.js';
import { stepDoes } from './conflict.js';

/** Of a street corner. */
const ZOOM = 17;

const when = (at) => html`<time datetime=${at}>${fullTime(at)}</time> ${zoneName(at)}`;

/** Where a rule's share of rejected reports stands. */
function verdictWords({ verified, rejected, 'rejected-share': share, 'often-rejected': often }) {
  const words = t('ruleShare')(verified + rejected, number(Math.round(share * 100)));
  return often ? html`<b class="s amber">${t('oftenWrong')}</b> ${words}` : words;
}

function next(report, route, nameOf, twoLooks) {
  if (report.parent) return t('nextParent');
  const goes = route && [nameOf(route.agency), route.rule ? t('byRow')(route.rule) : t('byNoRow')];
  if (report.state === 'second-review') {
    if (isOwnFirstLook(report)) return t('nextAnother');
    return goes ? t('nextSecondRoute')(...goes) : t('nextSecond');
  }
  if (report.state === 'received') {
    if (twoLooks) return goes ? t('nextTwoLooksRoute')(...goes) : t('nextTwoLooks');
    return goes ? t('nextRoute')(...goes) : t('nextReview');
  }
  return t(`next_${report.state}`);
}

/** The plates that were read, each with its picture and how sure it is. */
const plates = ({ plates: read, evidence }) => html`<dt>${t('plate')}</dt>
  <dd>
    ${read.map(
      (plate) => html`<p class="line wrap">
        ${evidence.filter(({ name }) => name === `plate-${plate.track}.jpg`).map((item) => html`<img class="plate" src=${item.href} alt=${t('plate')} />`)}
        <b class="plate">${plate.text}</b> ${number(Math.floor(plate.confidence * 100))} %
        <small class="muted">${t('plateVotes')(plate.votes, plate.frames)}</small>
      </p>`,
    )}
  </dd>`;

const files = ({ evidence }) => html`<dt>${t('evidence')}</dt>
  <dd class="files">
    ${evidence.map((item) => html`<a href=${item.href} target="_blank" rel="noopener" title="SHA-256 ${item.sha256}">${item.name}</a> `)}
  </dd>`;

/** A small map of the place, where it is known: as the camera has it, else as the report says it. */
function miniMap({ where, camera: id }, camera) {
  const place = camera?.place?.lat === undefined ? where : camera.place;
  if (place?.lat === undefined) return nothing;
  return html`<kydai-mini-map .place=${place} .name=${camera?.name ?? where?.name ?? id}></kydai-mini-map>`;
}

/** Where the camera of a report is on the map. */
const onMap = ({ id, place: { lat, lon } }) => address('map', undefined, { camera: id, at: `${lat},${lon}`, zoom: ZOOM });

/**
 * @param {object} report the contract's Report, with its history
 * @param {{camera?: object, verdict?: object, route?: object, agencies: object[], holder?: string,
 *   twoLooks: boolean}} known
 */
export function facts(report, { camera, verdict, route, agencies, holder, twoLooks }) {
  const nameOf = (agency) => agencies.find(({ id }) => id === agency)?.name ?? agency;
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
        ${[camera?.name ?? report.where?.name ?? report.camera, camera?.place?.address ?? report.where?.address].filter(Boolean).join(', ')}
        ${camera?.place?.lat !== undefined && may('live') ? html`· <a href=${onMap(camera)}>${t('onMap')}</a>` : nothing}
        ${miniMap(report, camera)}
      </dd>
      <dt>${t('when')}</dt>
      <dd>${when(report['started-at'])}${report['ended-at'] ? html` – <time datetime=${report['ended-at']}>${time(report['ended-at'])}</time>` : `, ${t('ongoing')}`}
        ${atThatMoment(report.camera, report['started-at'])}</dd>
      <dt>${t('state')}</dt>
      <dd class="state ${report.state}">${t(report.state)}</dd>
      ${report['first-look']
        ? html`<dt>${t('firstLook')}</dt>
            <dd class="first-look">${isOwnFirstLook(report) ? t('youFirst') : report['first-look'].actor}, ${when(report['first-look'].at)}</dd>`
        : nothing}
      <dt>${t('who')}</dt>
      <dd>${[report.agency && nameOf(report.agency), holder].filter(Boolean).join(' · ') || t('nobody')}</dd>
      <dt>${t('next')}</dt>
      <dd>${next(report, route, nameOf, twoLooks)}</dd>
      <dt>${t('due')}</dt>
      <dd class="due ${due && Date.parse(due) < siteNow() ? 'late' : ''}">${due ? when(due) : t('noDue')}</dd>
      ${report.plates ? plates(report) : nothing} ${report.evidence.length ? files(report) : nothing}
      ${Object.keys(report.measures).length
        ? html`<dt>${t('values')}</dt>
            <dd class="measures">${Object.entries(report.measures).map(([key, value]) => html`<span>${measureName(key)} <b>${number(value, value % 1 ? 1 : 0)}</b></span> `)}</dd>`
        : nothing}
    </dl>
  `;
}

/** What a step did; a note of the node, as a reminder, has its own words only. */
const does = (step) => (step.action || !(step.reason || step.note) ? stepDoes(step) : '');

/** 'assigned it Ward police: reason'. */
function stepWords(step, agencies) {
  const agency = agencies.find(({ id }) => id === step.agency)?.name ?? step.agency;
  const done = [does(step), agency].filter(Boolean).join(' ');
  return [done, reasonOf(step, agencies)].filter(Boolean).join(': ');
}

/** The steps of a report, the newest first. */
export const history = ({ history: steps }, agencies) => html`
  <section>
    <h3 class="lab">${t('history')}</h3>
    <ol class="hist">
      ${[...(steps ?? [])].reverse().map(
        (step, at) => html`<li class=${at ? '' : 'now'}>
          <b>${step.actor}</b> ${stepWords(step, agencies)}
          <time datetime=${step.at}>${fullTime(step.at)}</time>
        </li>`,
      )}
    </ol>
  </section>
`;
