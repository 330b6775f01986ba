/** The site's time zone and how long what is kept, with where it is set. */

import { html, nothing } from 'lit';
import { elementPage } from '../frame/mounted.js';
import { address } from '../frame/place.js';
import { cameras, siteSettings } from '../server.js';
import { t } from '../words/settings.js';
import { ReadingPage } from './reading.js';

/** The configuration's value for 'no limit'. */
const NO_LIMIT_GIB = 1_000_000;

/** A value of the configuration with its unit. */
function shown(key, value) {
  if (key.includes('keep')) return t('dayCount')(Number(value));
  if (key.endsWith('-roll')) return t('secondCount')(value);
  if (key.endsWith('-gib')) return Number(value) >= NO_LIMIT_GIB ? t('noLimit') : t('gib')(value);
  return value;
}

class RetentionPage extends ReadingPage {
  static properties = {
    settings: { state: true },
    days: { state: true },
  };

  async read() {
    const [settings, known] = await Promise.all([siteSettings(), cameras()]);
    const days = new Map();
    for (const camera of known) {
      const kept = camera['retention-days'];
      if (kept !== undefined) days.set(kept, (days.get(kept) ?? 0) + 1);
    }
    this.settings = settings;
    this.days = [...days].sort(([one], [other]) => one - other);
  }

  render() {
    return html`
      <section class="page retention">
        <h1>${t('retention')}</h1>
        <p class="muted">${t('retentionHint')}</p>
        ${this.messages()} ${this.settings ? this.#table() : nothing} ${this.days ? this.#cameras() : nothing}
      </section>
    `;
  }

  #table() {
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('retention')}>
        <table class="t table">
          <thead>
            <tr><th>${t('setting')}</th><th>${t('value')}</th><th>${t('key')}</th></tr>
          </thead>
          <tbody>
            ${[...this.settings].map(
              ([key, value]) => html`
                <tr data-key=${key}>
                  <th scope="row">${t(key)}</th>
                  <td>${shown(key, value)}</td>
                  <td><code>${key}</code></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #cameras() {
    return html`
      <h2>${t('ofCameras')}</h2>
      <p class="muted">${t('ofCamerasHint')}</p>
      ${this.days.length
        ? html`
            <dl class="kv">
              ${this.days.map(
                ([days, count]) => html`<dt>${t('dayCount')(days)}</dt><dd><a href=${address('cameras')}>${t('cameraCount')(count)}</a></dd>`,
              )}
            </dl>
          `
        : html`<p class="muted">${t('noCameras')}</p>`}
    `;
  }
}

customElements.define('kydai-retention', RetentionPage);

export const mount = elementPage('kydai-retention');
