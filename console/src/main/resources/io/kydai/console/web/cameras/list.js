/** The table of cameras: those that need maintenance first, with what is wrong and what to do. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, sign, status as stateSign } from '../frame/icons.js';
import { listKeys, onKeys } from '../frame/keys.js';
import { address, go, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { currentLanguage, inNameOrder, number } from '../i18n.js';
import { problemWords } from '../problems.js';
import { cameraExport, cameras as fetchCameras, events, may, resumeCamera, retryCamera } from '../server.js';
import { t } from '../words/cameras.js';
import { byCare, codecName, condition, kindOf, matches, needsCare } from './condition.js';
import { copyDialog } from './copying.js';
import { importDialog } from './importing.js';
import { handOverDialog, handedOver } from './handover.js';
import { pauseDialog } from './pausing.js';

/** The height of a row in rem, which the style sheet gives it. */
const ROW_REM = 3.0625;
/** Rows above and below those that are seen; the window moves by as many at once. */
const BEYOND = 8;
const REDRAW_MS = 1_000;
const TABS = ['care', 'all', 'live'];

class CameraTable extends LitElement {
  static properties = {
    place: { attribute: false },
    cameras: { state: true },
    chosen: { state: true },
    window: { state: true },
    error: { state: true },
    dialog: { state: true },
  };

  #abort;
  #timer;
  #order = {};
  #wrap;
  #height = 0;
  /** The height of a row in pixels. */
  #rowHeight = 49;
  #resizer = new ResizeObserver(([{ contentRect }]) => this.#measured(contentRect.height));

  constructor() {
    super();
    this.chosen = new Set();
    this.window = [0, 40];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('hello', () => this.load(), { signal });
    events.addEventListener('camera', ({ detail }) => this.#take(detail.camera), { signal });
    events.addEventListener('camera-removed', ({ detail }) => (this.cameras = this.cameras?.filter(({ id }) => id !== detail.id)), { signal });
    onKeys({ n: () => may('configure-cameras') && go(address('add-camera')), '/': () => this.querySelector('#find').focus() }, signal);
    listKeys(() => [[['n'], t('addCamera')], [['/'], t('findCamera')]], signal);
    this.#timer = setInterval(() => this.requestUpdate(), REDRAW_MS);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    clearInterval(this.#timer);
    this.#resizer.disconnect();
    this.#wrap = undefined;
  }

  async load() {
    try {
      this.cameras = await fetchCameras();
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #take(camera) {
    if (!this.cameras) return;
    const others = this.cameras.filter(({ id }) => id !== camera.id);
    this.cameras = [...others, camera];
  }

  get #tab() {
    return TABS.find((tab) => tab === this.place.query.get('show')) ?? 'care';
  }

  get #search() {
    return this.place.query.get('find') ?? '';
  }

  /** The cameras of the tab and the search, put in order when something changed that the order hangs on. */
  get #shown() {
    const on = [this.cameras, this.#tab, this.#search, currentLanguage()];
    if (!this.#order.on?.every((one, i) => one === on[i])) this.#order = { on, shown: this.#ordered() };
    return this.#order.shown;
  }

  #ordered() {
    const tab = this.#tab;
    const found = this.#search ? this.cameras.filter((camera) => matches(camera, this.#search)) : this.cameras;
    if (tab === 'care') return found.toSorted(byCare);
    return inNameOrder(tab === 'live' ? found.filter((camera) => !needsCare(camera)) : found);
  }

  #measured(height) {
    this.#height = height;
    this.#rowHeight = ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#scroll();
  }

  /** Moves the window of rows; the page is laid out at this time, so that nothing is laid out twice. */
  #scroll() {
    const seen = Math.floor((this.#wrap?.scrollTop ?? 0) / this.#rowHeight);
    const first = Math.max(0, Math.floor(seen / BEYOND) * BEYOND - BEYOND);
    const last = first + Math.ceil(this.#height / this.#rowHeight) + 3 * BEYOND;
    if (first !== this.window[0] || last !== this.window[1]) this.window = [first, last];
  }

  updated() {
    const wrap = this.querySelector('.tablewrap') ?? undefined;
    if (wrap === this.#wrap) return;
    if (this.#wrap) this.#resizer.unobserve(this.#wrap);
    this.#wrap = wrap;
    if (wrap) this.#resizer.observe(wrap);
  }

  render() {
    if (!this.cameras) return html`<p class="empty" role="status">${this.error ?? ''}</p>`;
    const shown = this.#shown;
    return html`
      ${this.#bar()} ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
      ${this.chosen.size ? this.#bulk() : nothing} ${shown.length ? this.#table(shown) : this.#nothing()} ${this.dialog ?? nothing}
    `;
  }

  #nothing() {
    return html`<p class="empty">${icon('camera')}<b>${this.cameras.length ? t('noneHere') : t('noCameras')}</b></p>`;
  }

  #bar() {
    const care = this.cameras.filter(needsCare).length;
    const tabs = [
      ['all', t('all'), this.cameras.length, ''],
      ['care', t('toMaintain'), care, care ? 'amber' : ''],
      ['live', t('inOrder'), this.cameras.length - care, ''],
    ];
    return html`
      <div class="bar">
        <h1>${t('cameras')}</h1>
        <nav class="tabs" aria-label=${t('states')}>
          ${tabs.map(
            ([tab, word, count, colour]) => html`
              <a href=${address('cameras', undefined, { ...Object.fromEntries(this.place.query), show: tab })} aria-current=${tab === this.#tab ? 'page' : nothing}
                >${word}<span class="count ${colour}">${count}</span></a
              >
            `,
          )}
        </nav>
        <span class="grow"></span>
        <div class="search">
          <label class="vh" for="find">${t('findCamera')}</label>${icon('search')}
          <input class="in" id="find" type="search" placeholder=${t('findHint')} .value=${this.#search} @input=${(event) => setQuery({ find: event.target.value })} /><kbd>/</kbd>
        </div>
        ${may('configure-cameras') ? this.#actions() : nothing}
      </div>
    `;
  }

  #actions() {
    return html`
      <button type="button" class="btn quiet import" @click=${() => this.#open(importDialog)}>${icon('upload')}${t('importFile')}</button>
      <details class="menu">
        <summary class="btn quiet">${icon('download')}${t('exportYaml')}</summary>
        <div class="menu-list">
          <a href=${cameraExport('yaml', 'all')} download>${t('exportYaml')}</a>
          <a href=${cameraExport('csv', 'all')} download>${t('exportCsv')}</a>
        </div>
      </details>
      <a class="btn primary" href=${address('add-camera')}>${icon('plus')}${t('addCamera')}<kbd>n</kbd></a>
    `;
  }

  /** Opens a dialog, which gets the chosen cameras. */
  #open(make) {
    const close = (words) => {
      this.dialog = undefined;
      if (words) toast(words);
      this.load();
    };
    this.dialog = make({ cameras: this.cameras, chosen: this.#chosenCameras, close });
  }

  get #chosenCameras() {
    return this.cameras.filter(({ id }) => this.chosen.has(id));
  }

  #bulk() {
    const chosen = this.#chosenCameras;
    const paused = chosen.some(({ status }) => status.paused);
    return html`
      <div class="bulk line wrap" role="group" aria-label=${t('chosen')(chosen.length)}>
        <b>${t('chosen')(chosen.length)}</b>
        <button type="button" class="btn small" @click=${() => this.#each(retryCamera)}>${icon('again')}${t('tryNow')}</button>
        <button type="button" class="btn small" @click=${() => this.#open(pauseDialog)}>${icon('pause')}${t('pauseDots')}</button>
        <button type="button" class="btn small hand-over" @click=${() => this.#open(handOverDialog)}>${icon('wrench')}${t('handOverDots')}</button>
        ${paused ? html`<button type="button" class="btn small" @click=${() => this.#each(resumeCamera)}>${t('resume')}</button>` : nothing}
        ${chosen.length === 1 ? html`<button type="button" class="btn small copy" @click=${() => this.#open(copyDialog)}>${icon('copy')}${t('copyDots')}</button>` : nothing}
        <span class="grow"></span><span class="dim">${t('isMaintenance')}</span>
        <button type="button" class="btn quiet small" @click=${() => (this.chosen = new Set())}>${t('unchoose')}</button>
      </div>
    `;
  }

  async #each(action) {
    try {
      await Promise.all(this.#chosenCameras.map(({ id }) => action(id)));
      await this.load();
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #table(shown) {
    const [first, last] = this.window;
    const above = Math.min(first, shown.length);
    const below = Math.max(0, shown.length - last);
    const columns = may('configure-cameras') ? 10 : 9;
    const space = (rows) => (rows ? html`<tr class="space" aria-hidden="true"><td colspan=${columns} height=${rows * this.#rowHeight}></td></tr>` : nothing);
    return html`
      <div class="tablewrap grow" tabindex="0" role="region" aria-label=${t('table')} @scroll=${() => this.#scroll()}>
        <table class="t tight cameras" aria-rowcount=${shown.length + 1}>
          <caption class="vh">${t('caption')}</caption>
          <thead>
            <tr>
              ${may('configure-cameras') ? html`<td><span class="vh">${t('choose')}</span></td>` : nothing}
              <td class="far"><span class="vh">${t('picture')}</span></td>
              <th scope="col">${t('name')}</th><th scope="col" class="far">${t('group')}</th>
              <th scope="col" aria-sort=${this.#tab === 'care' ? 'descending' : nothing}>${t('condition')}${this.#tab === 'care' ? ' ↓' : ''}</th>
              <th scope="col">${t('sinceWhen')}</th><th scope="col" class="far">${t('faultAndRemedy')}</th><th scope="col" class="far">${t('nextTry')}</th>
              <th scope="col" class="num far">${t('fps')}</th><th scope="col" class="far">${t('streamColumn')}</th>
            </tr>
          </thead>
          <tbody>${space(above)} ${repeat(shown.slice(above, last), ({ id }) => id, (camera, at) => this.#row(camera, above + at + 2))} ${space(below)}</tbody>
        </table>
      </div>
    `;
  }

  #row(camera, index) {
    const { id, name, groups = [], status } = camera;
    const now = condition(camera);
    const chosen = this.chosen.has(id);
    return html`
      <tr aria-rowindex=${index} aria-selected=${chosen ? 'true' : 'false'} data-camera=${id}>
        ${may('configure-cameras')
          ? html`<td><input type="checkbox" class="cb" aria-label=${t('chooseOne')(name)} .checked=${chosen} @change=${() => this.#toggle(id)} /></td>`
          : nothing}
        <td class="far">${this.#thumb(camera)}</td>
        <th scope="row" class="cut"><a href=${address('cameras', id)}>${name}</a></th>
        <td class="dim cut far">${groups.join(', ')}</td>
        <td>${stateSign(now.sign, now.colour, now.word)}</td>
        <td class="dim nowrap">${now.since}</td>
        <td class="far fault" title=${now.fault ? `${now.fault}. ${now.remedy}` : nothing}>${now.fault ? html`<span class="two"><span>${now.fault}</span>${status['handed-over'] ? handedOver(camera) : html`<b>${now.remedy}</b>`}</span>` : status['handed-over'] ? handedOver(camera) : html`<span class="muted">${t('noFault')}</span>`}</td>
        <td class="dim nowrap far">${now.next}</td>
        <td class="num far">${number(status['fps-received'], status['fps-received'] ? 1 : 0)}</td>
        <td class="dim nowrap far">${status.height ? `${status.height}p · ` : ''}${codecName(status.codec)}</td>
      </tr>
    `;
  }

  #thumb(camera) {
    const picture = camera.status.maintenance?.[0].picture;
    if (picture && may('evidence')) return html`<span class="pic thumb sm"><img src=${picture} alt="" loading="lazy" /></span>`;
    return ['live', 'faulty'].includes(kindOf(camera))
      ? html`<span class="pic thumb sm"><img src="/api/v1/cameras/${camera.id}/snapshot.jpg" alt="" loading="lazy" @error=${(event) => (event.target.hidden = true)} /></span>`
      : html`<span class="pic thumb sm nopic"><span class="s stale">${sign('fault')}</span></span>`;
  }

  #toggle(id) {
    const next = new Set(this.chosen);
    if (!next.delete(id)) next.add(id);
    this.chosen = next;
  }
}

customElements.define('kydai-cameras', CameraTable);
