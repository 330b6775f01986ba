/** Shows one page at a time: loads its module, mounts it, and unmounts the one before. */

import { html, render } from 'lit';
import { t } from '../words/frame.js';
import { icon } from './icons.js';
import { allowed, pageOf } from './pages.js';
import { setTitle } from './title.js';

export class Stage {
  #host;
  #view;
  #mounted;

  /** @param {HTMLElement} host holds the page */
  constructor(host) {
    this.#host = host;
  }

  /** @param {import('./place.js').Place} place */
  async show(place) {
    const page = pageOf(place.view);
    if (page) setTitle(t(page.word));
    if (place.view === this.#view) {
      this.#mounted?.update?.(place);
      return;
    }
    this.#end();
    this.#view = place.view;
    if (!page) return this.#say('search', t('noPage'));
    if (!allowed(page)) return this.#say('shield', t('notAllowed'), 'refused');
    let module;
    try {
      module = await page.load();
    } catch (error) {
      console.warn('the page did not load', error);
      if (this.#view === place.view) this.#failed(place);
      return;
    }
    if (this.#view !== place.view) return;
    this.#host.replaceChildren();
    this.#mounted = module.mount(this.#host, place);
  }

  #end() {
    this.#mounted?.unmount?.();
    this.#mounted = undefined;
    this.#host.replaceChildren();
  }

  #part(content) {
    const part = document.createElement('div');
    this.#host.replaceChildren(part);
    render(content, part);
  }

  #say(sign, words, kind = '') {
    this.#part(html`<p class="empty ${kind}" role="alert">${icon(sign)}<b>${words}</b></p>`);
  }

  #failed(place) {
    const again = () => {
      this.#view = undefined;
      this.show(place);
    };
    this.#part(html`
      <div class="empty" role="alert">
        ${icon('again')}<b>${t('pageFailed')}</b>
        <button type="button" class="btn" @click=${again}>${t('tryAgain')}</button>
      </div>
    `);
  }
}
