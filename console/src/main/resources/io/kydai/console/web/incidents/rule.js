/** What may be done about a rule that is often wrong: how often it would alert, where it is changed. */

import { html, nothing } from 'lit';
import { address, go } from '../frame/place.js';
import { may } from '../server.js';
import '../scene/trial.js';
import { t } from '../words/incidents.js';

/** Where one looks at what the trial found. */
const play = (camera, at) => go(address('playback', undefined, { cameras: camera, at: new Date(at).toISOString() }));

/** @param {object} [camera] the contract's Camera @param {string} id of the rule */
export function ruleWork(camera, id) {
  const rule = camera?.rules?.find((one) => one.id === id);
  if (!rule || !may('configure-cameras')) return nothing;
  return html`
    <details class="rulework">
      <summary>${t('ruleWork')}</summary>
      <kydai-trial
        .cameraId=${camera.id}
        .rule=${rule}
        .scene=${camera.scene ?? {}}
        .ready=${true}
        @moment=${({ detail }) => play(camera.id, detail.at)}
      ></kydai-trial>
      <p><a href=${address('scene', camera.id)}>${t('changeRule')}</a></p>
    </details>
  `;
}
