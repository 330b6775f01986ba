/**
 * The small picture above the time line: of the moment under the pointer, or of one that keys have gone
 * to. Nothing is sought until the pointer presses, or Enter does.
 */

import { html, nothing } from 'lit';
import { thumbnail } from '../server.js';
import { t } from '../words/playback.js';
import { exactTime } from './days.js';

/** How many pictures are kept, and as how many steps of a time line its moments are asked for. */
const MOST = 120;
const STEPS = 240;
/** A key goes so many of them on. */
export const KEY_STEPS = 4;

export class Scrub {
  /** @type {{camera: string, name: string, moment: number, share: number, objects: object|undefined}|undefined} */
  at;
  #pictures = new Map();
  #changed;
  #fetching;
  #wanted;

  /** @param {() => void} changed is told when there is something new to show */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Shows a moment of the span that is shown. */
  show(at, shown) {
    const step = Math.max(1000, (shown.to - shown.from) / STEPS);
    this.at = { ...at, key: `${at.camera} ${Math.floor(at.moment / step) * step}` };
    this.#wanted = this.at.key;
    this.#changed();
    this.#fetch();
  }

  hide() {
    if (!this.at) return;
    this.at = undefined;
    this.#wanted = undefined;
    this.#changed();
  }

  /** Forgets all pictures. */
  close() {
    this.#fetching?.abort();
    this.#wanted = undefined;
    for (const { url } of this.#pictures.values()) if (url) URL.revokeObjectURL(url);
    this.#pictures.clear();
  }

  /** One at a time; of those that are wanted meanwhile, the last. */
  async #fetch() {
    const key = this.#wanted;
    if (this.#fetching || !key || this.#pictures.has(key)) return;
    const [camera, moment] = key.split(' ');
    const abort = new AbortController();
    this.#fetching = abort;
    try {
      const found = await thumbnail(camera, new Date(Number(moment)).toISOString(), abort.signal);
      this.#keep(key, found ? { url: URL.createObjectURL(found.picture), takenAt: found.takenAt } : {});
    } catch (error) {
      if (abort.signal.aborted) return;
      console.warn('a small picture was not fetched', error);
      this.#keep(key, {});
    } finally {
      this.#fetching = undefined;
    }
    this.#changed();
    this.#fetch();
  }

  #keep(key, picture) {
    this.#pictures.set(key, picture);
    if (this.#pictures.size <= MOST) return;
    const [oldest, { url }] = this.#pictures.entries().next().value;
    if (url) URL.revokeObjectURL(url);
    this.#pictures.delete(oldest);
  }

  render() {
    if (!this.at) return nothing;
    const picture = this.#pictures.get(this.at.key);
    const moved = Object.entries(this.at.objects ?? {});
    return html`
      <div class="scrub" role="status" data-key=${this.at.key}>
        <span class="shot">${picture?.url
          ? html`<img src=${picture.url} alt=${t('pictureAt')(this.at.name, exactTime(picture.takenAt).slice(0, 8))}>`
          : html`<span class="muted">${picture ? t('noPicture') : t('loading')}</span>`}</span>
        <b>${exactTime(this.at.moment).slice(0, 8)}</b>
        ${moved.length ? html`<span>${moved.map(([name, count]) => t('objects')[name](count)).join(', ')}</span>` : nothing}
      </div>
    `;
  }
}
