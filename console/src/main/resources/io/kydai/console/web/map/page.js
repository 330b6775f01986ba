/** The map: where the cameras are, what they look at, what waits there; areas are drawn here. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { elementPage } from '../frame/mounted.js';
import { sign, status } from '../frame/icons.js';
import { address, place, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { byName } from '../i18n.js';
import { problemWords } from '../problems.js';
import { tenSecondsAgo } from '../playback/link.js';
import { areas, cameras, incidents, may, mapConfig, putArea } from '../server.js';
import { keep, kept } from '../typed/kept.js';
import { t } from '../words/map.js';
import { MapCanvas } from './canvas.js';
import { distance, inside } from './geo.js';
import { leaflet } from './leaflet.js';

/** The states of cameras in the order in which one acts on them. */
const URGENCY = ['urgent', 'high', 'lost', 'live'];
const LAYERS = ['cameras', 'views', 'areas', 'groups'];
/** Under which an area is kept that is drawn and not saved. */
const TYPED_AS = 'map-area';
/** Hidden until somebody wants it: groups lie over what they hold. */
const FIRST_HIDDEN = 'groups';
const REFRESH_MS = 10_000;
const NEAR = 3;

class MapPage extends LitElement {
  static properties = {
    query: { state: true }, all: { state: true }, areas: { state: true }, config: { state: true },
    error: { state: true }, draft: { state: true }, find: { state: true },
  };

  #canvas;
  #timer;

  constructor() {
    super();
    this.all = [];
    this.areas = [];
    this.find = '';
  }

  createRenderRoot() {
    return this;
  }

  /** Takes the selection and layers of the address. */
  show(query) {
    this.query = query;
  }

  async firstUpdated() {
    try {
      const [library, config] = await Promise.all([leaflet(), mapConfig(), this.#load()]);
      if (!this.isConnected) return;
      this.config = config;
      this.#canvas = new MapCanvas(library, this.querySelector('.map-host'), config, {
        camera: (id) => setQuery({ camera: id, area: undefined }),
        area: (id) => setQuery({ area: id, camera: undefined }),
        corners: (corners) => (this.draft = { ...this.draft, corners }),
        moved: () => place().view === 'map' && setQuery(this.#canvas.view),
      });
      this.#canvas.goTo({ at: this.query.get('at') ?? '', zoom: this.query.get('zoom') }, this.#placed(), this.areas);
      if (may('configure-people')) this.draft = kept(TYPED_AS);
      this.requestUpdate();
      this.#timer = setInterval(() => this.#load(), REFRESH_MS);
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#canvas?.close();
  }

  async #load() {
    try {
      const [all, known, waiting] = await Promise.all([cameras(), areas(), may('evidence') ? incidents({ limit: 200 }) : []]);
      const of = grouped(waiting);
      this.all = all.map((camera) => shown(camera, of.get(camera.id) ?? []));
      this.areas = known;
      this.error = undefined;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #placed() {
    return this.all.filter(({ place: at }) => at?.lat !== undefined);
  }

  #layersShown() {
    const hidden = (this.query.get('hide') ?? FIRST_HIDDEN).split(',');
    return new Set(LAYERS.filter((layer) => !hidden.includes(layer)));
  }

  updated(changed) {
    if (!this.#canvas) return;
    if (changed.has('draft')) {
      this.#canvas.drawing(this.draft?.corners);
      keep(TYPED_AS, this.draft?.name || this.draft?.corners.length ? this.draft : undefined);
    }
    this.#canvas.show({ cameras: this.#placed(), areas: this.areas, layers: this.#layersShown(), selected: this.query.get('camera') ?? undefined });
  }

  render() {
    const layers = this.#layersShown();
    return html`
      <section class="page map-page">
        <header class="bar map-bar">
          <h1>${t('map')}</h1>
          <div class="seg" role="group" aria-label=${t('layers')}>
            ${LAYERS.map((layer) => html`<button type="button" class="btn" aria-pressed=${layers.has(layer)} @click=${() => this.#toggle(layer)}>${t(`layer_${layer}`)}</button>`)}
          </div>
          <input class="in auto" type="search" aria-label=${t('findCamera')} placeholder=${t('findCamera')} .value=${this.find} @input=${(event) => (this.find = event.target.value)} />
          <span class="grow"></span>
          <span class="muted">${this.config ? (this.config.tiles?.startsWith('/') ? t('ownTiles') : this.config.tiles ? '' : t('noTiles')) : ''}</span>
          ${may('configure-people') ? html`<button type="button" class="btn" aria-pressed=${Boolean(this.draft)} @click=${() => this.#begin()}>${t('drawArea')}</button>` : nothing}
        </header>
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        <div class="map-columns">
          <div class="map-frame">
            <div class="map-host" ?data-draws=${Boolean(this.draft)} tabindex="0" role="application" aria-label=${t('map')}></div>
            <ul class="map-legend">
              <li>${status('urgent', 'red', t('legendUrgent'))}</li><li>${status('high', 'amber', t('legendHigh'))}</li>
              <li>${status('normal', '', t('legendLive'))}</li><li>${status('stale', 'stale', t('legendLost'))}</li>
            </ul>
          </div>
          <aside class="map-side">${this.draft ? this.#form() : html`${this.#detail()}${this.#list()}`}</aside>
        </div>
      </section>
    `;
  }

  #toggle(layer) {
    const hidden = LAYERS.filter((one) => this.#layersShown().has(one) === (one === layer));
    setQuery({ hide: hidden.join(',') || 'none' });
  }

  #list() {
    const wanted = this.find.trim().toLocaleLowerCase();
    const found = this.#placed()
      .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
      .sort((one, other) => URGENCY.indexOf(one.state) - URGENCY.indexOf(other.state) || other.alerts - one.alerts || byName(one.name, other.name));
    const without = this.all.length - this.#placed().length;
    return html`
      <h2>${t('list')}</h2>
      ${found.length || wanted ? nothing : html`<p class="empty">${t('noneHere')}</p>`}
      <ul class="map-list">
        ${repeat(found, ({ id }) => id, (camera) => html`
          <li><button type="button" class="btn quiet wide" data-camera=${camera.id} aria-current=${camera.id === this.query.get('camera') ? 'true' : nothing}
            @click=${() => this.#choose(camera)}><span class="two grow"><span class="name">${camera.name}</span>${this.#state(camera)}</span></button></li>
        `)}
      </ul>
      ${without ? html`<p class="hint">${t('noPlace')(without)}</p>` : nothing}
    `;
  }

  #state({ state, alerts }) {
    const colour = { urgent: 'red', high: 'amber', live: '', lost: 'stale' }[state];
    const name = { urgent: 'urgent', high: 'high', live: 'normal', lost: 'stale' }[state];
    return html`<span class="s ${colour}">${sign(name)}<span>${alerts ? t('alerts')(alerts) : t(state === 'lost' ? 'lost' : 'live')}</span></span>`;
  }

  #choose(camera) {
    setQuery({ camera: camera.id, area: undefined });
    this.#canvas?.reveal(camera.place);
  }

  #detail() {
    const area = this.areas.find(({ id }) => id === this.query.get('area'));
    if (area) {
      const count = this.#placed().filter(({ place: { lat, lon } }) => inside([lat, lon], area.polygon)).length;
      return html`<section class="map-detail"><h2>${t('areaOf')(area.name, count)}</h2>
        ${may('configure-people') ? html`<button type="button" class="btn" @click=${() => (this.draft = { ...area, corners: area.polygon })}>${t('editArea')}</button>` : nothing}</section>`;
    }
    const camera = this.#placed().find(({ id }) => id === this.query.get('camera'));
    if (!camera) return nothing;
    const { place: at } = camera;
    const near = this.#placed()
      .filter(({ id }) => id !== camera.id)
      .map((other) => ({ other, metres: Math.round(distance([at.lat, at.lon], [other.place.lat, other.place.lon])) }))
      .sort((one, two) => one.metres - two.metres)
      .slice(0, NEAR);
    const fact = (word, value) => (value ? html`<dt>${t(word)}</dt><dd>${value}</dd>` : nothing);
    return html`
      <section class="map-detail" aria-live="polite">
        <h2>${camera.name}</h2>
        ${camera.status.state === 'live' ? html`<span class="pic"><img src="/api/v1/cameras/${camera.id}/snapshot.jpg" alt="" @error=${(event) => (event.target.parentElement.hidden = true)} /></span>` : nothing}
        <p>${this.#state(camera)}</p>
        <p class="row-of">
          <a class="btn primary" href=${address('cameras', camera.id)}>${t('openCamera')}</a>
          ${tenSecondsAgo(camera.id, camera.name, 'btn')}
          ${camera.alerts ? html`<a class="btn" href="#/incidents">${t('openReports')}</a>` : nothing}
        </p>
        <dl class="facts">
          ${fact('address', at.address)} ${fact('groups', (camera.groups ?? []).join(', '))}
          ${fact('direction', at.bearing === undefined ? '' : t('directionOf')(at.bearing, at['view-angle'], at.range))}
          ${fact('neighbours', near.length ? near.map(({ other, metres }) => html`<button type="button" class="btn quiet small" @click=${() => this.#choose(other)}>${other.name} ${t('metres')(metres)}</button>`) : '')}
        </dl>
      </section>
    `;
  }

  #begin() {
    this.draft = this.draft ? undefined : { corners: [], name: '' };
    this.querySelector('.map-host').focus();
  }

  #form() {
    const { corners, name } = this.draft;
    return html`
      <form class="map-detail fields" @submit=${(event) => this.#save(event)}>
        <h2>${t('drawArea')}</h2>
        <p class="hint">${t('drawHint')}</p>
        <p role="status">${t('corners')(corners.length)}</p>
        <label class="field">${t('areaName')} <input class="in" name="name" required maxlength="200" .value=${name} @input=${(event) => (this.draft = { ...this.draft, name: event.target.value })} /></label>
        <p class="row-of">
          <button class="btn primary" ?disabled=${corners.length < 3}>${t('saveArea')}</button>
          <button type="button" class="btn" ?disabled=${!corners.length} @click=${() => (this.draft = { ...this.draft, corners: corners.slice(0, -1) })}>${t('undoCorner')}</button>
          <button type="button" class="btn quiet" @click=${() => (this.draft = undefined)}>${t('cancel')}</button>
        </p>
      </form>
    `;
  }

  async #save(event) {
    event.preventDefault();
    const { id, name, corners, version } = this.draft;
    try {
      await putArea(id ?? freeId(name, this.areas), { name: name.trim(), polygon: corners, version: version ?? 'none' });
      this.draft = undefined;
      toast(t('savedArea'));
      await this.#load();
    } catch (error) {
      this.error = problemWords(error);
    }
  }
}

/** An id for an area that is new, of its name. */
function freeId(name, areas) {
  const base = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'area';
  let id = base;
  for (let i = 2; areas.some((area) => area.id === id); i++) id = `${base}-${i}`;
  return id;
}

function grouped(waiting) {
  const of = new Map();
  for (const one of waiting) of.set(one.camera, [...(of.get(one.camera) ?? []), one]);
  return of;
}

/** A camera as the map shows it. */
function shown(camera, waiting) {
  const alerts = waiting.reduce((sum, one) => sum + one['to-check'], 0);
  const state = waiting.some(({ priority }) => priority === 'urgent') ? 'urgent' : alerts ? 'high' : camera.status.state === 'live' ? 'live' : 'lost';
  return { ...camera, alerts, state };
}

customElements.define('kydai-map', MapPage);

export const mount = elementPage('kydai-map', (element, { query }) => element.show(query));
