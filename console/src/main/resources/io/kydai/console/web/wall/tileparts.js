/** The parts of a tile: what it says in its middle, its flag, and the plate with its name. */

import { html, nothing } from 'lit';
import { priorityOf } from '../alerts/priority.js';
import { sign } from '../frame/icons.js';
import { duration, time, typeName } from '../i18n.js';
import { faultWords } from '../words/faults.js';
import { t } from '../words/tile.js';

const message = (mark, title, words) => html`
  <span class="say">${sign(mark)}<b>${title}</b>${words ? html`<span>${words}</span>` : nothing}</span>
`;

/** What a tile says of a picture that is not live. @param {object} view of tilestate.js */
export function say({ kind, status, seconds, since, why }) {
  switch (kind) {
    case 'stale':
      return message('stale', t('old')(duration(seconds)), reason(why, status, since));
    case 'off':
      return message('fault', `${t('noConnection')} · ${duration(since)}`, faultWords(status).words);
    case 'paused':
      return message('paused', pausedUntil(status.paused), pausedBy(status.paused));
    case 'waiting':
      return why ? message('stale', t('noPicture'), reason(why, status)) : message('waiting', t('begins'));
    default:
      return nothing;
  }
}

const pausedUntil = (pause) => (pause?.until ? t('pausedUntil')(time(pause.until).slice(0, 5)) : t('paused'));

const pausedBy = (pause) => pause && [pause.reason, pause.by].filter(Boolean).join(' · ');

function reason(why, status, since) {
  if (why === 'server') return t('serverLost');
  if (why === 'blocked') return t('blocked');
  if (why === 'no-frames') return t('noFrames');
  const words = faultWords(status).words;
  return since === undefined ? words : `${t('noConnection')} · ${duration(since)}. ${words}`;
}

/** The flag of a tile with an open alert. @param {object} alert the contract's Report */
export const flag = (alert) => html`
  <span class="flag">
    ${sign(priorityOf(alert))}
    <span class="cut">${typeName(alert.type)} · ${time(alert['started-at'])}</span>
  </span>
`;

const SPOKEN = { live: 'spokenLive', stale: 'spokenOld', off: 'noConnection', paused: 'paused', waiting: 'begins' };

/** The plate at the foot of a tile: its key, its name, and the age of its picture. */
export const plate = ({ name, id }, { kind }, number) => html`
  <span class="name">
    ${number ? html`<kbd>${number}</kbd>` : nothing}
    <b class="cut" title=${name ?? id}>${name ?? id}</b>
    <span class="vh">, ${t(SPOKEN[kind])}</span>
    <span class="age" aria-hidden="true"></span>
  </span>
`;
