/** Links to a moment of a camera's past, for those who may see it. */

import { html, nothing } from 'lit';
import { address } from '../frame/place.js';
import { t } from '../i18n.js';
import { may } from '../server.js';

/** How long before an event one begins to look, in milliseconds. */
const BEFORE = 2_000;

/** What a camera saw when something happened. @param {string} at as RFC 3339 */
export const atThatMoment = (camera, at) =>
  may('history')
    ? html`<a class="moment" href=${address('playback', undefined, { cameras: camera, at: new Date(Date.parse(at) - BEFORE).toISOString() })}>${t('atThatMoment')}</a>`
    : nothing;

/** What a camera saw ten seconds ago. @param {string} [look] the link's classes, which on a tile hide it until it is wanted */
export const tenSecondsAgo = (camera, name, look = 'btn small ago') =>
  may('history')
    ? html`<a class=${look} href=${address('playback', undefined, { cameras: camera, ago: 10 })} draggable="false">${t('tenAgo')}<span class="vh">, ${name}</span></a>`
    : nothing;
