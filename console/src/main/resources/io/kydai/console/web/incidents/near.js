/** The cameras near a report's: what they saw at the same moment. */

import { html, nothing } from 'lit';
import { address } from '../frame/place.js';
import { number } from '../i18n.js';
import { distance } from '../map/geo.js';
import { may } from '../server.js';
import { t } from '../words/incidents.js';

const SHOWN = 3;
const METRES = 500;
/** How long before the event one begins to look, in milliseconds. */
const BEFORE = 2_000;

const at = ({ place: { lat, lon } }) => [lat, lon];
const placed = (camera) => camera?.place?.lat !== undefined;

/** @param {object} report the contract's Report @param {object} [camera] its camera @param {object[]} cameras all that one may see */
export function near(report, camera, cameras) {
  if (!placed(camera) || !may('history')) return nothing;
  const others = cameras
    .filter((other) => other.id !== camera.id && placed(other))
    .map((other) => ({ ...other, metres: distance(at(camera), at(other)) }))
    .filter(({ metres }) => metres <= METRES)
    .sort((one, other) => one.metres - other.metres)
    .slice(0, SHOWN);
  if (!others.length) return nothing;
  const moment = new Date(Date.parse(report['started-at']) - BEFORE).toISOString();
  return html`
    <section class="near">
      <h3 class="lab">${t('near')}</h3>
      <ul class="line wrap">
        ${others.map(({ id, name, metres }) => html`<li>
          <a class="btn small" href=${address('playback', undefined, { cameras: `${camera.id},${id}`, at: moment })}>${name ?? id} · ${number(metres)} m</a></li>`)}
      </ul>
    </section>
  `;
}
