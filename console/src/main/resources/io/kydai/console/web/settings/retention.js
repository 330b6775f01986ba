/** The site's time zone and how long what is kept, with where it is set. */

import { html, nothing } from 'lit';
import { status } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { address } from '../frame/place.js';
import { fullTime, number } from '../i18n.js';
import { cameras, recordingStorage, siteSettings } from '../server.js';
import { t } from '../words/settings.js';
import { ReadingPage } from './reading.js';

/** The configuration's value for 'no limit'. */
const NO_LIMIT_GIB = 1_000_000;

/** A value of the configuration with its unit. */
function shown(key, value) {
  if (key.includes('keep')) return t('dayCount')(Number(value));
  if (key.endsWith('-thin-days')) return Number(value) ? t('dayCount')(Number(value)) : t('never');
  if (key.endsWith('-roll')) return t('secondCount')(value);
  if (key.endsWith('-gib')) return Number(value) >= NO_LIMIT_GIB ? t('noLimit') : t('gib')(value);
  return value;
}

const GIB = 2 ** 30;
const MIB = 2 ** 20;
const gib = (bytes) => (bytes > 0 && bytes < GIB ? t('mib')(number(Math.ceil(bytes / MIB))) : t('gib')(number(bytes / GIB, 1)));

/** When the oldest recordings begin to make room before their time. */
function roomEnd(storage) {
  if (storage['bytes-per-day'] === undefined) return t('roomRateUnknown');
  const days = storage['full-in-days'];
  if (days === undefined) return t('roomEnough');
  return days < 1 ? t('roomNow') : t('roomInDays')(number(Math.floor(days)));
}

/** What a disk does, and what to do where it does not; the system's own words as they came. */
function diskState({ fault, full }) {
  if (fault) return html`<span class="two">${status('fault', 'amber', t('diskFault'))}<span>${t('diskFaultRemedy')} <code lang="en">${fault}</code></span></span>`;
  if (full) return html`<span class="two">${status('fault', 'amber', t('diskFull'))}<span>${t('diskFullRemedy')}</span></span>`;
  return status('done', 'plain', t('diskWell'));
}

class RetentionPage extends ReadingPage {
  static properties = {
    settings: { state: true },
    days: { state: true },
    storage: { state: true },
  };

  async read() {
    const [settings, known, storage] = await Promise.all([siteSettings(), cameras(), recordingStorage()]);
    const days = new Map();
    for (const camera of known) {
      const kept = camera['retention-days'];
      if (kept !== undefined) days.set(kept, (days.get(kept) ?? 0) + 1);
    }
    this.settings = settings;
    this.storage = storage;
    this.days = [...days].sort(([one], [other]) => one - other);
  }

  render() {
    return html`
      <section class="page retention">
        <h1>${t('retention')}</h1>
        <p class="muted">${t('retentionHint')}</p>
        ${this.messages()} ${this.settings ? this.#table() : nothing}
        ${this.storage ? this.#room(this.storage) : nothing} ${this.days ? this.#cameras() : nothing}
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

  #room(storage) {
    return html`
      <h2>${t('room')}</h2>
      ${storage.full ? html`<p class="err" role="alert">${t('roomFull')}</p>` : nothing}
      ${storage['used-bytes'] === undefined
        ? html`<p class="muted">${t('roomUnknown')}</p>`
        : html`
            <dl class="kv room">
              <dt>${t('roomUsed')}</dt><dd>${gib(storage['used-bytes'])}</dd>
              <dt>${t('roomFree')}</dt><dd>${gib(storage['free-bytes'])}</dd>
              <dt>${t('roomRate')}</dt><dd>${storage['bytes-per-day'] === undefined ? t('roomRateUnknown') : gib(storage['bytes-per-day'])}</dd>
              <dt>${t('roomEnd')}</dt><dd>${roomEnd(storage)}</dd>
              <dt>${t('roomAt')}</dt><dd>${fullTime(storage.at)}</dd>
            </dl>
          `}
      ${storage.disks?.length ? this.#disks(storage.disks) : nothing}
    `;
  }

  #disks(disks) {
    return html`
      <h2>${t('disks')}</h2>
      <div class="wide" tabindex="0" role="group" aria-label=${t('disks')}>
        <table class="t table disks">
          <thead>
            <tr><th>${t('diskFolder')}</th><th>${t('state')}</th><th class="num">${t('roomUsed')}</th><th class="num">${t('roomFree')}</th></tr>
          </thead>
          <tbody>
            ${disks.map(
              (disk) => html`
                <tr data-disk=${disk.id}>
                  <th scope="row"><code>${disk.folder}</code></th>
                  <td>${diskState(disk)}</td>
                  <td class="num">${gib(disk['used-bytes'])}</td>
                  <td class="num">${disk.fault ? t('diskUnknown') : gib(disk['free-bytes'])}</td>
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
