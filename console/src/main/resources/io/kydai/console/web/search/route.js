/** The route of a plate: where it was read in a span of time, as a list and on the map. */

import { LitElement, html, nothing } from 'lit';
import { icon, status } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { address, setQuery } from '../frame/place.js';
import { duration, fullTime, number, typeName, zoneName, zoned } from '../i18n.js';
import { fromField, toField } from '../sitetime.js';
import { leaflet } from '../map/leaflet.js';
import { RouteMap } from '../map/routemap.js';
import { atThatMoment } from '../playback/link.js';
import { problemWords } from '../problems.js';
import { mapConfig, plateRoute } from '../server.js';
import { typed } from '../typed/fields.js';
import { forget } from '../typed/kept.js';
import { t } from '../words/plateroute.js';
import { givePlateReason, plateReason } from './reason.js';
import { style } from './style.js';

const KILOMETRE = 1000;

class PlateRoutePage extends LitElement {
  static properties = {
    asked: { state: true },
    route: { state: true },
    busy: { state: true },
    error: { state: true },
    wrong: { state: true },
    chosen: { state: true },
  };

  #map;
  #turn = 0;

  createRenderRoot() {
    return this;
  }

  /** Takes the plate and the span of the address. */
  show(query) {
    this.asked = Object.fromEntries(['plate', 'from', 'until'].map((name) => [name, query.get(name) ?? '']));
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#map?.close();
    this.#map = undefined;
  }

  get #complete() {
    const { plate, from, until } = this.asked;
    return Boolean(plate && from && until && plateReason());
  }

  async #load() {
    const turn = ++this.#turn;
    this.route = undefined;
    this.error = undefined;
    this.wrong = undefined;
    if (!this.#complete) return;
    this.busy = true;
    try {
      const route = await plateRoute({ ...this.asked, reason: plateReason() });
      if (turn !== this.#turn) return;
      this.route = route;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.wrong = error.field;
      this.error = problemWords(error);
    }
    this.busy = false;
    await this.updateComplete;
    await this.#draw();
  }

  async #draw() {
    const host = this.querySelector('.route-map');
    if (!host) {
      this.#map?.close();
      this.#map = undefined;
      return;
    }
    try {
      const [library, config] = await Promise.all([leaflet(), mapConfig()]);
      if (!host.isConnected || !this.route) return;
      this.#map ??= new RouteMap(library, host, config);
      this.#map.show(this.#stops(), (stop) => this.#choose(stop));
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  #stops() {
    return this.route.reads.flatMap((read, i) =>
      read.where?.lat === undefined
        ? []
        : [{ number: i + 1, place: [read.where.lat, read.where.lon], words: t('point')(i + 1, read.where.name, fullTime(read.at)), jump: Boolean(read.leg?.implausible) }],
    );
  }

  async #choose(stop) {
    this.chosen = stop;
    await this.updateComplete;
    this.querySelector(`[data-read="${stop}"] a`)?.focus();
  }

  get #typedAs() {
    return `plate-route.${this.asked.plate}`;
  }

  #ask(event) {
    event.preventDefault();
    const { plate, from, until, reason } = event.target.elements;
    givePlateReason(reason.value.trim());
    forget(this.#typedAs);
    const next = { plate: plate.value.trim(), from: fromField(from.value) ?? '', until: fromField(until.value) ?? '' };
    const same = Object.entries(next).every(([name, value]) => value === this.asked[name]);
    if (same) this.#load();
    else setQuery(next, { replace: false });
  }

  render() {
    if (!this.asked) return nothing;
    return html`
      <section class="page route-page">
        <header class="bar">
          <h1>${t('title')}</h1>
          <span class="grow"></span>
          <a class="btn quiet" href=${address('search', undefined, this.asked.plate ? { plate: this.asked.plate } : {})}>${icon('previous')}${t('toSearch')}</a>
        </header>
        ${this.#form()}
        ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
        <p role="status">${this.#status()}</p>
        ${this.route?.reads.length ? this.#found() : nothing}
      </section>
    `;
  }

  #status() {
    if (this.busy) return t('loading');
    if (this.error) return nothing;
    if (!this.route) return t('needs');
    if (!this.route.reads.length) return t('none');
    const jumps = this.route.reads.filter(({ leg }) => leg?.implausible).length;
    return html`<b>${t('reads')(this.route.reads.length, this.route.more)}</b>${jumps ? html` · ${status('high', 'amber', t('jumps')(jumps))}` : nothing}`;
  }

  #form() {
    const { plate, from, until } = this.asked;
    const invalid = (name) => (this.wrong === name ? 'true' : nothing);
    return html`
      <form class="ask route-form" ${typed(this.#typedAs)} @submit=${(event) => this.#ask(event)}>
        <label>${t('plate')}<input class="in mono" name="plate" required maxlength="40" autocomplete="off" spellcheck="false" aria-invalid=${invalid('plate')} .value=${plate} /></label>
        <label>${zoned(t('fromTime'))}<input class="in" type="datetime-local" name="from" required aria-invalid=${invalid('from')} .value=${toField(from)} /></label>
        <label>${zoned(t('untilTime'))}<input class="in" type="datetime-local" name="until" required aria-invalid=${invalid('until')} .value=${toField(until)} /></label>
        <label class="why-field">${t('plateReason')}
          <input class="in" name="reason" required maxlength="500" autocomplete="off" aria-describedby="route-hint" aria-invalid=${invalid('reason')} .value=${plateReason()} />
          <small class="hint" id="route-hint">${t('audited')} ${t('plateReasonHint')}</small>
        </label>
        <button class="btn primary">${t('show')}</button>
      </form>
    `;
  }

  #found() {
    return html`
      <div class="route-columns">
        <div class="route-frame">
          <div class="route-map" tabindex="0" role="application" aria-label=${t('mapOf')}></div>
          <p class="hint">${t('straight')}</p>
        </div>
        <ol class="route-list" aria-label=${t('list')}>${this.route.reads.map((read, i) => this.#read(read, i + 1))}</ol>
      </div>
    `;
  }

  #read(read, stop) {
    const { where, leg } = read;
    return html`
      <li data-read=${stop} aria-current=${this.chosen === stop ? 'true' : nothing}>
        ${leg ? this.#leg(leg) : nothing}
        <p class="line wrap">
          <b class="route-number">${stop}</b>
          <time datetime=${read.at}>${fullTime(read.at)}</time> <span class="muted">${zoneName(read.at)}</span>
        </p>
        <p>${[where?.name ?? read.camera, where?.address].filter(Boolean).join(', ')}${where?.lat === undefined ? html` <span class="muted">(${t('noPlace')})</span>` : nothing}</p>
        <p class="muted">${typeName(read.type)} · ${t('confidence')(number(Math.floor(read.confidence * 100)))}</p>
        <p class="line wrap"><a href=${address('reports', read.report)}>${t('openReport')}</a> ${atThatMoment(read.camera, read.at)}</p>
      </li>
    `;
  }

  #leg({ metres, seconds, 'kilometres-per-hour': speed, implausible }) {
    const distance = metres < KILOMETRE ? t('metres')(number(Math.round(metres))) : t('kilometres')(number(metres / KILOMETRE, 1));
    const words = t('leg')(distance, duration(seconds), speed === undefined ? '' : number(Math.round(speed)));
    return html`<p class="route-leg ${implausible ? 'is-jump' : 'muted'}">
      ${implausible ? html`${status('high', 'amber', t('jump'))} ` : nothing}${words}${implausible ? html`<br />${t('jumpWhy')}` : nothing}
    </p>`;
  }
}

customElements.define('kydai-plate-route', PlateRoutePage);

const page = elementPage('kydai-plate-route', (element, { query }) => element.show(query));

export const mount = (host, place) => {
  style();
  return page(host, place);
};
