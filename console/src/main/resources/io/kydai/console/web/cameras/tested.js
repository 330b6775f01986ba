/** What the test of an address has shown: the picture, the streams, and what was checked. */

import { html, nothing } from 'lit';
import { number } from '../i18n.js';
import { icon, sign } from '../frame/icons.js';
import { t } from '../words/cameras.js';
import { codecName } from './condition.js';

/** A clock that is off by more than this is worth a word, in seconds. */
const CLOCK_OFF = 2;

const sizeOf = ({ width, height, encoding, fps }) =>
  [width ? `${width} × ${height}` : '', codecName(encoding), fps ? `${number(fps, fps % 1 ? 1 : 0)} ${t('fps').toLowerCase()}` : '']
    .filter(Boolean)
    .join(' · ');

/**
 * The choice of the stream that is analysed.
 *
 * @param {object[]} streams of the contract's CameraTest
 * @param {object} chosen one of them
 * @param {(stream: object) => void} change
 */
export const streamChoice = (streams, chosen, change) => html`
  <div class="line wrap" role="radiogroup" aria-label=${t('stepPicture')}>
    ${streams.map(
      (stream) => html`
        <label class="opt ${stream.url === chosen.url ? 'on' : ''}">
          <input type="radio" name="stream" .checked=${stream.url === chosen.url} @change=${() => change(stream)} />
          <span>
            <b>${t(`role_${stream.role}`)}</b> ${sizeOf(stream)}<br />
            <span class="dim">${stream.role === 'main' && streams.length > 1 ? t('forEnlarging') : t('prechosen')}</span>
          </span>
        </label>
      `,
    )}
  </div>
`;

const good = (words) => html`<li class="ok">${sign('done')}${words}</li>`;

/** The pane with the picture of a camera that is not saved yet. @param {object} [tested] the contract's CameraTest */
export function testedPane(tested, stream) {
  if (!tested?.picture) {
    return html`<h2>${t('livePicture')}</h2>
      <span class="pic nopic empty">${icon('camera')}</span>`;
  }
  const { device, picture, streams } = tested;
  const seen = streams.find((one) => one.tested) ?? streams[0];
  const off = device?.['clock-offset-seconds'] ?? 0;
  return html`
    <h2>${t('livePicture')}</h2>
    <span class="pic whole"><img class="tested" src="data:image/jpeg;base64,${picture}" alt=${t('livePicture')} /><span class="cap">${t(`role_${(stream ?? seen).role}`)}</span></span>
    <h3>${t('checked')}</h3>
    <ul class="stack-2">
      ${good(t('firstPicture')(number(tested['first-picture-ms'] / 1000, 1)))}
      ${seen?.encoding ? good(t('decoded')(codecName(seen.encoding), number(seen.fps, 0))) : nothing}
      ${device?.ptz ? good(t('ptzThere')) : nothing}
      ${Math.abs(off) > CLOCK_OFF ? html`<li class="warning line">${sign('high')}${t('clockOff')(number(off, 1))}</li>` : nothing}
    </ul>
  `;
}
