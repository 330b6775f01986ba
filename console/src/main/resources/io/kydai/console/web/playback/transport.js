/** The buttons that drive what is played. */

import { html } from 'lit';
import { icon, sign } from '../frame/icons.js';
import { address } from '../frame/place.js';
import { zoneName } from '../i18n.js';
import { t } from '../words/playback.js';
import { exactTime } from './days.js';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];
/** Those with a button; keys reach all. */
const BUTTONS = [0.25, 1, 4, 16];

/**
 * @param {{by: Function, frame: Function, toggle: Function, setSpeed: Function, hear: Function, alert: Function, hearing: boolean, chosen: string[]}} page
 * @param {import('./clock.js').PlaybackClock} clock
 * @param {string|undefined} sound of the camera that is heard, as {@link import('./track.js').Track#sound} has it
 */
export const transport = (page, clock, sound) => html`
  <div class="transport" role="group" aria-label=${t('transport')}>
    <button type="button" class="btn quiet icon" aria-label=${t('minuteBack')} title=${t('minuteBack')} @click=${() => page.by(-60)}>${icon('back10')}</button>
    <button type="button" class="btn quiet" aria-label=${t('tenBack')} @click=${() => page.by(-10)}>${icon('previous')}${t('ten')}<kbd>←</kbd></button>
    <button type="button" class="btn quiet icon" aria-label=${t('frameBack')} @click=${() => page.frame(-1)}><kbd>,</kbd></button>
    <button type="button" class="btn primary icon" aria-label="${t(clock.playing ? 'pause' : 'play')}, ${t('space')}" @click=${() => page.toggle()}>
      ${clock.playing ? icon('pause') : sign('live')}
    </button>
    <button type="button" class="btn quiet icon" aria-label=${t('frameOn')} @click=${() => page.frame(1)}><kbd>.</kbd></button>
    <button type="button" class="btn quiet" aria-label=${t('tenOn')} @click=${() => page.by(10)}>${icon('next')}${t('ten')}<kbd>→</kbd></button>
    <button type="button" class="btn quiet icon" aria-label=${t('minuteOn')} title=${t('minuteOn')} @click=${() => page.by(60)}>${icon('again')}</button>
    <span class="now"><b>${exactTime(clock.position)}</b> <span class="muted">${zoneName(clock.position)}</span></span>
    <div class="seg" role="group" aria-label=${t('speed')}>
      ${(BUTTONS.includes(clock.speed) ? BUTTONS : [...BUTTONS, clock.speed].sort((one, other) => one - other)).map((speed) => html`
        <button type="button" class="btn small" aria-pressed=${speed === clock.speed} @click=${() => page.setSpeed(speed)}>${t('speedOf')(speed)}</button>
      `)}
    </div>
    <button type="button" class="btn quiet icon" aria-label=${t('sound')} title="${t('sound')} (m)" aria-keyshortcuts="m" aria-pressed=${page.hearing} @click=${() => page.hear()}>${icon(page.hearing ? 'sound' : 'muted')}</button>
    <span class="muted" role="status">${page.hearing ? t('sounds')[sound] ?? '' : ''}</span>
    <span class="grow"></span>
    <button type="button" class="btn quiet" @click=${() => page.alert(1)}>${t('alertNext')}<kbd>]</kbd></button>
    <a class="btn quiet" href=${address('wall', undefined, { cam: page.chosen[0] })}>${sign('live')}${t('live')}</a>
  </div>
`;
