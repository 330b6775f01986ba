/** The wall: the tiles of a group, its bar, the open alerts beside it, and an alert over it. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { openAlerts } from '../alerts/open.js';
import { priorityOf } from '../alerts/priority.js';
import { CameraList } from '../cameralist.js';
import { icon } from '../frame/icons.js';
import { place, setQuery } from '../frame/place.js';
import { byName } from '../i18n.js';
import { tenSecondsAgo } from '../playback/link.js';
import { problemWords } from '../problems.js';
import { may } from '../server.js';
import { t } from '../words/wall.js';
import './bar.js';
import './drawer.js';
import './feed.js';
import { LAYOUTS, columnsFor, fitting, moved, ordered, tilesOf } from './layout.js';
import './tile.js';

/** How long a new alert's frame moves, in milliseconds. */
const NEW_MS = 1_300;
/** Beyond these shapes of a cell, a picture is not cut to fill it. */
const NARROWEST = 1.3;
const WIDEST = 2.3;

class Wall extends LitElement {
  static properties = {
    /** @type {import('../frame/place.js').Place} */
    place: { attribute: false },
    /** @type {import('./saved.js').SavedLayouts} */
    saved: { attribute: false },
  };

  #cameras = new CameraList(this);
  #abort;
  #size = { width: 1, height: 1 };
  #resizer = new ResizeObserver(([entry]) => this.#sized(entry.contentRect));
  #dragged;
  #fresh = new Set();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    openAlerts.addEventListener('change', () => this.requestUpdate(), { signal });
    openAlerts.addEventListener('new', ({ detail }) => this.#show(detail.camera), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    this.#resizer.disconnect();
  }

  #show(camera) {
    this.#fresh.add(camera);
    setTimeout(() => this.#fresh.delete(camera), NEW_MS);
  }

  #sized({ width, height }) {
    this.#size = { width, height };
    this.#lay();
  }

  /** Not as attributes: the page's content security policy allows no inline style. */
  #lay() {
    const list = this.querySelector('.tiles');
    if (!list) return;
    const { width, height } = this.#size;
    const large = this.layout === 'large' && !this.enlarged;
    const count = this.enlarged ? 1 : Math.max(1, Math.min(this.visible.length, tilesOf(this.layout)));
    const columns = large ? 4 : columnsFor(count, width, height);
    const rows = large ? 4 : Math.ceil(count / columns);
    list.style.setProperty('--columns', columns);
    const shape = width / columns / (height / rows);
    list.classList.toggle('fit', shape < NARROWEST || shape > WIDEST);
    this.columns = columns;
  }

  firstUpdated() {
    this.updated();
  }

  updated() {
    const list = this.querySelector('.tiles');
    if (list) this.#resizer.observe(list);
    this.#lay();
  }

  /** The layout that the address names; otherwise the one that the cameras fit in. */
  get layout() {
    const { query } = this.place;
    const named = query.get('layout') ?? this.saved.find(query.get('named') ?? '')?.layout;
    return LAYOUTS.includes(named) ? named : fitting(this.cameras.length);
  }

  get group() {
    const { query } = this.place;
    return query.get('group') ?? this.saved.find(query.get('named') ?? '')?.group ?? '';
  }

  get groups() {
    return [...new Set(this.#cameras.list.flatMap(({ groups }) => groups ?? []))].sort(byName);
  }

  /** All cameras, by name. */
  get everyCamera() {
    return this.#cameras.byName;
  }

  /** The cameras of the group, as somebody laid them. */
  get cameras() {
    const { group } = this;
    const chosen = this.everyCamera.filter(({ groups }) => !group || groups?.includes(group));
    const named = this.saved.find(this.place.query.get('named') ?? '')?.order;
    return ordered(chosen, named ?? this.saved.order(group));
  }

  get pages() {
    return Math.max(1, Math.ceil(this.cameras.length / tilesOf(this.layout)));
  }

  /** From 1. */
  get page() {
    return Math.min(this.pages, Math.max(1, Number(this.place.query.get('page') ?? 1) || 1));
  }

  /** The cameras of the page. */
  get visible() {
    const size = tilesOf(this.layout);
    return this.cameras.slice((this.page - 1) * size, this.page * size);
  }

  get enlarged() {
    const id = this.place.query.get('cam');
    return this.#cameras.list.find((camera) => camera.id === id);
  }

  /** Shows another page of the wall; over the last comes the first. */
  turn(step) {
    const page = ((this.page - 1 + step + this.pages) % this.pages) + 1;
    setQuery({ page: page === 1 ? undefined : page, cam: undefined });
  }

  enlarge(id) {
    const known = place().query.get('cam');
    setQuery({ cam: id === known ? undefined : id }, {});
    if (!id && known) this.updateComplete.then(() => this.focusTile(known));
  }

  focusTile(id) {
    this.querySelector(`[data-camera="${CSS.escape(id)}"]`)?.closest('button').focus();
  }

  render() {
    const { list, loaded, error } = this.#cameras;
    const alert = this.place.query.get('alert');
    return html`
      <h1 class="vh">${t('title')}</h1>
      <kydai-wall-bar .wall=${this} .state=${this.place} .cameras=${list} .layouts=${this.saved.list}></kydai-wall-bar>
      <div class="wall">
        ${error && !list.length
          ? this.#say('again', problemWords(error))
          : loaded && !list.length
            ? this.#say('camera', t(may('configure-cameras') ? 'noCameras' : 'noCamerasForYou'))
            : loaded
              ? this.#tiles()
              : this.#say('again', t('loadingCameras'))}
        ${may('evidence') ? html`<kydai-feed .cameras=${list} .open=${alert}></kydai-feed>` : nothing}
        ${alert && may('evidence')
          ? html`<kydai-alert .reportId=${alert} .cameras=${list}></kydai-alert>`
          : nothing}
      </div>
    `;
  }

  #say(mark, words) {
    return html`<p class="empty" role="status">${icon(mark)}<b>${words}</b></p>`;
  }

  #tiles() {
    const { enlarged, layout } = this;
    const shown = enlarged ? [enlarged] : this.visible;
    return html`
      <ul class="tiles ${layout === 'large' && !enlarged ? 'large' : ''}" aria-label=${t('tiles')}>
        ${repeat(shown, ({ id }) => id, (camera, at) => this.#tile(camera, at, Boolean(enlarged)))}
      </ul>
    `;
  }

  #tile(camera, at, whole) {
    const alert = openAlerts.of(camera.id);
    // What waits has a frame, however urgent it is.
    const colour = alert ? (priorityOf(alert) === 'urgent' ? 'red' : 'amber') : '';
    const fresh = this.#fresh.has(camera.id) ? 'new' : '';
    const open = alert && this.place.query.get('alert') === alert.id ? 'sel' : '';
    return html`
      <li
        draggable=${whole ? 'false' : 'true'}
        @dragstart=${(event) => this.#drag(event, camera.id)}
        @dragover=${(event) => this.#dragged && event.preventDefault()}
        @dragend=${() => (this.#dragged = undefined)}
        @drop=${(event) => this.#drop(event, camera.id)}
      >
        <button type="button" class="tile ${colour} ${fresh} ${open}" @click=${() => this.#open(camera, alert)}>
          <kydai-tile
            data-camera=${camera.id}
            .camera=${camera}
            .alert=${alert}
            .number=${whole || at > 8 ? 0 : at + 1}
            ?labels=${whole}
          ></kydai-tile>
        </button>
        ${tenSecondsAgo(camera.id, camera.name ?? camera.id)}
      </li>
    `;
  }

  /** An alert opens first; a second click enlarges. */
  #open(camera, alert) {
    if (alert && may('evidence') && this.place.query.get('alert') !== alert.id && !this.enlarged) {
      setQuery({ alert: alert.id }, {});
    } else {
      this.enlarge(camera.id);
    }
  }

  #drag({ dataTransfer }, id) {
    this.#dragged = id;
    dataTransfer.effectAllowed = 'move';
    // Firefox drags nothing without it.
    dataTransfer.setData('text/plain', id);
  }

  #drop(event, to) {
    event.preventDefault();
    if (this.#dragged && this.#dragged !== to) this.move(this.#dragged, to);
    this.#dragged = undefined;
  }

  /** Puts a tile at the place of another, and keeps it there. */
  move(from, to) {
    this.saved.setOrder(this.group, moved(this.cameras.map(({ id }) => id), from, to));
    setQuery({ named: undefined });
    this.requestUpdate();
    this.updateComplete.then(() => this.focusTile(from));
  }
}

customElements.define('kydai-wall', Wall);
