/** Playback: what one to four cameras recorded, in step, on a time line. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon, sign } from '../frame/icons.js';
import { isTyping, listKeys } from '../frame/keys.js';
import { elementPage } from '../frame/mounted.js';
import { address, go } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { date, inNameOrder, zoneName } from '../i18n.js';
import { problemWords } from '../problems.js';
import { cameras, may, recordingAddress } from '../server.js';
import { siteNow } from '../site.js';
import { midnight } from '../statistics/data.js';
import { t } from '../words/playback.js';
import { Activity } from './activity.js';
import './calendar.js';
import { PlaybackClock } from './clock.js';
import { isPlanned } from './coverage.js';
import { DayData } from './day.js';
import { exactTime } from './days.js';
import './region.js';
import { KEY_STEPS, Scrub } from './scrub.js';
import './search.js';
import { timeline } from './timeline.js';
import { Track } from './track.js';
import { SPEEDS, transport } from './transport.js';

const MOST = 4;
const WINDOWS = [10, 60, 360, 1440];
/** How often the page is drawn and its address written while it plays, in milliseconds. */
const DRAW = 100;
const WRITE = 2_000;
/** A picture that is not there sooner is told to be loading, in milliseconds. */
const PATIENCE = 600;
/** How long before an alert one begins, in milliseconds. */
const BEFORE_ALERT = 2_000;
/** How long to look for the next picture, and how far apart to look, in milliseconds. */
const STEPPING = 5_000;
const SHORTEST_PICTURE = 10;
/** How much around the moment a case is proposed to have, in milliseconds. */
const AROUND = 60_000;

class Playback extends LitElement {
  static properties = { all: { state: true }, error: { state: true }, chosen: { state: true }, window: { state: true }, large: { state: true }, chosenAlert: { state: true }, region: { state: true }, drawing: { state: true }, hearing: { state: true } };

  #clock = new PlaybackClock();
  #day = new DayData();
  #activity = new Activity();
  #scrub = new Scrub(() => this.requestUpdate());
  #tracks = new Map();
  #loadingSince = new Map();
  #abort;
  #frame;
  #stepping;
  #drawn = 0;
  #writtenAt = 0;
  #written;
  #dirty = true;

  constructor() {
    super();
    this.chosen = [];
    this.window = 60;
    this.hearing = false;
  }

  createRenderRoot() {
    return this;
  }

  /** Takes cameras, moment and speed of the address. */
  show(query) {
    if (location.hash === this.#written) return;
    const at = Date.parse(query.get('at') ?? '');
    const ago = Number(query.get('ago') ?? 60) || 60;
    this.chosen = [...new Set((query.get('cameras') ?? '').split(',').filter((id) => /^[a-z0-9][a-z0-9_-]{0,62}$/.test(id)))].slice(0, MOST);
    this.window = WINDOWS.includes(Number(query.get('window'))) ? Number(query.get('window')) : 60;
    this.#clock.speed = SPEEDS.includes(Number(query.get('speed'))) ? Number(query.get('speed')) : 1;
    this.#clock.playing = !query.has('paused');
    this.#clock.position = Number.isNaN(at) ? siteNow() - ago * 1000 : at;
    for (const track of this.#tracks.values()) track.video.pause();
    this.#seekAll();
    this.#choose();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    addEventListener('keydown', (event) => this.#key(event), { signal });
    listKeys(() => [
      [['␣'], `${t('play')}, ${t('pause')}`],
      [['←', '→'], `${t('tenBack')}, ${t('tenOn')}`],
      [['⇧←', '⇧→'], `${t('minuteBack')}, ${t('minuteOn')}`],
      [['j', 'l', '↵'], t('previewKeys')],
      [[',', '.'], `${t('frameBack')}, ${t('frameOn')}`],
      [['-', '+'], t('slower')],
      [['[', ']'], `${t('alertBefore')}, ${t('alertNext')}`],
      [['m'], t('sound')],
      ...(may('export') ? [[['e'], t('exportCaseTitle')]] : []),
    ], signal);
    document.addEventListener('visibilitychange', () => document.hidden && this.#tracks.forEach(({ video }) => video.pause()), { signal });
    const turn = (now) => {
      this.#frame = requestAnimationFrame(turn);
      this.#turn(now);
    };
    this.#frame = requestAnimationFrame(turn);
    cameras().then(
      (all) => {
        this.all = inNameOrder(all);
        this.#choose();
      },
      (error) => (this.error = problemWords(error)),
    );
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    cancelAnimationFrame(this.#frame);
    this.#tracks.forEach((track) => track.close());
    this.#tracks.clear();
    this.#scrub.close();
  }

  /** Without a camera in the address, the first. */
  #choose() {
    if (!this.chosen.length && this.all?.length) this.chosen = [this.all[0].id];
  }

  #turn(now) {
    const tracks = [...this.#tracks.values()];
    if (this.#stepping) this.#step(now);
    if (tracks.length) {
      this.#clock.tick(tracks, now);
      this.#load();
    }
    if (now - this.#drawn < DRAW || !(this.#dirty || this.#clock.playing)) return;
    this.#drawn = now;
    this.#dirty = false;
    this.requestUpdate();
    if (now - this.#writtenAt > WRITE) this.#write(now);
  }

  async #load() {
    if (await this.#day.load(this.#clock.position, this.#tracks)) {
      this.error = this.#day.error && problemWords(this.#day.error);
      this.#dirty = true;
    }
    if (await this.#activity.load(this.chosen, this.#shown)) this.#dirty = true;
  }

  /** Puts into the address what is shown, so that a reload or a copy leads here. */
  #write(now = performance.now()) {
    this.#writtenAt = now;
    const to = address('playback', undefined, {
      cameras: this.chosen.join(',') || undefined,
      at: new Date(this.#clock.position).toISOString(),
      speed: this.#clock.speed === 1 ? undefined : this.#clock.speed,
      window: this.window === 60 ? undefined : this.window,
      paused: this.#clock.playing ? undefined : 1,
    });
    this.#written = to;
    if (to !== location.hash) history.replaceState(null, '', to);
  }

  #seekAll() {
    this.#clock.seek(this.#clock.position, [...this.#tracks.values()]);
  }

  /** Goes to a moment, at most to now. */
  seek(moment) {
    this.#clock.position = Math.min(moment, siteNow() - 500);
    this.#seekAll();
    this.#dirty = true;
    this.#write();
  }

  by(seconds) {
    this.seek(this.#clock.position + seconds * 1000);
  }

  /** One picture of the first camera that has one, back or on. */
  frame(step) {
    this.#clock.playing = false;
    const track = [...this.#tracks.values()].find((one) => one.state(this.#clock.position) === 'ready');
    const from = track?.shownAt;
    if (from === undefined) return;
    // Before its beginning is the one before; to the middle of the next one, if it is as long as those seen.
    this.#clock.position = step < 0 ? from - 1 : from + 1.5 * track.frameSeconds * 1000;
    this.#stepping = step < 0 ? undefined : { track, from, until: performance.now() + STEPPING };
    this.#dirty = true;
    this.#write();
  }

  /** How long a picture is shown is not known before the next is seen: goes on until it is. */
  #step(now) {
    const { track, from, until } = this.#stepping;
    if (this.#clock.playing || track.shownAt !== from || now > until) {
      this.#stepping = undefined;
    } else if (track.isAt(this.#clock.position)) {
      this.#clock.position += SHORTEST_PICTURE;
    }
  }

  toggle() {
    this.#clock.playing = !this.#clock.playing;
    this.#dirty = true;
    this.#write();
  }

  setSpeed(speed) {
    this.#clock.speed = speed;
    this.#dirty = true;
    this.#write();
  }

  /** The sound of one camera, or none: as the page begins, since nobody expects it in a full room. */
  hear() {
    this.hearing = !this.hearing;
  }

  alert(step) {
    const begin = (report) => Date.parse(report['started-at']) - BEFORE_ALERT;
    const all = [...this.#day.alerts.values()].flat().sort((one, other) => begin(one) - begin(other));
    const { position } = this.#clock;
    const to = step > 0 ? all.find((one) => begin(one) > position + 500) : all.findLast((one) => begin(one) < position - 500);
    if (to === undefined) toast(t('noAlert'));
    else this.#toAlert(to);
  }

  #toAlert(report) {
    this.chosenAlert = report;
    this.seek(Date.parse(report['started-at']) - BEFORE_ALERT);
  }

  /** The small picture of a moment of a camera that is shown. @param {number} share of the time line */
  #preview(row, moment, share) {
    const camera = this.chosen[row];
    if (!camera || moment > siteNow()) this.#scrub.hide();
    else this.#scrub.show({ camera, name: this.#name(camera), moment, share, objects: this.#activity.of(camera)?.objects(moment) }, this.#shown);
  }

  /** Goes over small pictures of the first camera, or of the one that is large, without seeking. */
  #previewBy(steps) {
    const { from, to } = this.#shown;
    const step = (to - from) / 240;
    const moment = Math.min(to, Math.max(from, (this.#scrub.at?.moment ?? this.#clock.position) + steps * step));
    this.#preview((this.large ?? 1) - 1, moment, (moment - from) / (to - from));
  }

  #key(event) {
    if (event.defaultPrevented || isTyping(event)) return;
    if (this.#scrub.at && (event.key === 'Enter' || event.key === 'Escape')) {
      if (event.key === 'Enter') this.seek(this.#scrub.at.moment);
      this.#scrub.hide();
      event.preventDefault();
      return;
    }
    if (event.key === ' ' && event.target.closest?.('button, a, summary')) return;
    const far = event.shiftKey ? 60 : 10;
    const faster = (step) => this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.#clock.speed) + step))]);
    const action = {
      ' ': () => this.toggle(),
      ArrowLeft: () => this.by(-far),
      ArrowRight: () => this.by(far),
      ',': () => this.frame(-1),
      '.': () => this.frame(1),
      j: () => this.#previewBy(-KEY_STEPS),
      l: () => this.#previewBy(KEY_STEPS),
      '-': () => faster(-1),
      '+': () => faster(1),
      '=': () => faster(1),
      '[': () => this.alert(-1),
      ']': () => this.alert(1),
      m: () => this.hear(),
      ...(may('export') ? { e: () => go(this.#exportAddress) } : {}),
    }[event.key];
    const digit = Number(event.key);
    if (action) action();
    else if (digit >= 1 && digit <= this.chosen.length && this.chosen.length > 1) this.large = this.large === digit ? undefined : digit;
    else return;
    event.preventDefault();
  }

  updated() {
    const wanted = new Set(this.chosen);
    for (const [id, track] of this.#tracks) {
      if (wanted.has(id)) continue;
      track.close();
      this.#tracks.delete(id);
    }
    const before = this.#tracks.size;
    const ordered = new Map();
    for (const id of this.chosen) {
      const video = this.querySelector(`video[data-camera="${id}"]`);
      ordered.set(id, this.#tracks.get(id) ?? new Track(id, video, () => (this.#dirty = true)));
    }
    this.#tracks = ordered;
    const turned = [...ordered].map(([id, track]) => track.hear(this.hearing && id === this.#searched));
    if (ordered.size > before || turned.includes(true)) this.#seekAll();
    const quad = this.querySelector('.quad');
    const count = this.large ? 1 : this.chosen.length;
    this.querySelector('.scrub')?.style.setProperty('--at', this.#scrub.at?.share ?? 0);
    quad?.style.setProperty('--columns', count > 1 ? 2 : 1);
    quad?.style.setProperty('--rows', count > 2 ? 2 : 1);
  }

  #name(id) {
    return this.all?.find((camera) => camera.id === id)?.name ?? id;
  }

  #set(chosen) {
    this.chosen = chosen;
    this.large = undefined;
    this.#write();
  }

  get #shown() {
    const { position } = this.#clock;
    if (this.window === 1440) return { from: midnight(position), to: midnight(position, 1) };
    const half = this.window * 30_000;
    const from = Math.floor(position / half) * half - half / 2;
    return { from, to: from + 2 * half };
  }

  render() {
    const { position } = this.#clock;
    if (this.all && !this.all.length && !this.chosen.length) return html`<h1 class="vh">${t('playback')}</h1><p class="empty">${t('noCameras')}</p>`;
    const rows = this.chosen.map((id) => ({ name: this.#name(id), coverage: this.#tracks.get(id)?.coverage ?? { spans: [], gaps: [] }, strip: this.#activity.of(id) }));
    return html`
      ${this.#bar(position)}
      ${this.error ? html`<p class="warning" role="alert">${this.error}</p>` : nothing}
      <div class="cols play">
        <div class="stage">
          <ul class="quad" aria-label=${t('pictures')}>${repeat(this.chosen, (id) => id, (id, i) => this.#picture(id, i))}</ul>
          ${transport(this, this.#clock, this.#tracks.get(this.#searched)?.sound)}
          ${timeline({ shown: this.#shown, position, rows, alerts: this.chosen.map((id) => this.#day.alerts.get(id) ?? []), chosen: this.chosenAlert, seek: (at) => this.seek(at), choose: (report) => this.#toAlert(report),
            hover: (row, at, share) => this.#preview(row, at, share), leave: () => this.#scrub.hide(), scrub: this.#scrub })}
        </div>
        <aside class="pane right" aria-label=${t('calendar')}>
          <kydai-calendar .cameras=${this.chosen} .moment=${position} @day=${({ detail }) => this.#toDay(detail)}></kydai-calendar>
          ${this.#downloads(position)}
          ${this.#searched ? html`<kydai-motion-search .camera=${this.#searched} .name=${this.#name(this.#searched)} .moment=${position} .region=${this.#regionHere} .drawing=${this.drawing ?? false}
            @draw=${({ detail }) => this.#draw(detail)} @moment=${({ detail }) => this.seek(detail - BEFORE_ALERT)}></kydai-motion-search>` : nothing}
        </aside>
      </div>
    `;
  }

  /** The camera on whose picture a region is drawn, and that is heard: the one that is large, else the first. */
  get #searched() {
    return this.chosen[(this.large ?? 1) - 1];
  }

  get #regionHere() {
    return this.region?.camera === this.#searched ? this.region.corners : undefined;
  }

  async #draw(drawing) {
    this.drawing = drawing;
    await this.updateComplete;
    if (drawing) this.querySelector('kydai-region svg')?.focus();
  }

  /** The same time of another day. */
  #toDay(start) {
    this.seek(start + (this.#clock.position - midnight(this.#clock.position)));
  }

  /** A new case of what is shown. */
  get #exportAddress() {
    const at = (moment) => new Date(Math.round(Math.min(moment, siteNow() - 1000))).toISOString();
    const { position } = this.#clock;
    return address('cases', undefined, { new: 1, cameras: this.chosen.join(','), from: at(position - AROUND), to: at(position + AROUND) });
  }

  #bar(position) {
    const others = (this.all ?? []).filter(({ id }) => !this.chosen.includes(id));
    const step = (days) => this.#toDay(midnight(position, days));
    const last = midnight(position) >= midnight(siteNow());
    return html`
      <header class="bar">
        <h1>${t('playback')}</h1><span class="chip">${t('inStep')(this.chosen.length)}</span>
        ${this.chosen.length < MOST && others.length
          ? html`<select class="in auto" aria-label=${t('addCamera')} @change=${({ target }) => { if (target.value) this.#set([...this.chosen, target.value]); target.value = ''; }}>
              <option value="">${t('addCamera')}</option>
              ${others.map(({ id, name }) => html`<option value=${id}>${name ?? id}</option>`)}
            </select>`
          : nothing}
        <span class="grow"></span>
        <select class="in auto" aria-label=${t('window')} @change=${({ target }) => { this.window = Number(target.value); this.#write(); }}>
          ${WINDOWS.map((one) => html`<option value=${one} ?selected=${one === this.window}>${t('windows')[one]}</option>`)}
        </select>
        <div class="line" role="group" aria-label=${t('day')}>
          <button type="button" class="btn quiet icon" aria-label=${t('dayBefore')} @click=${() => step(-1)}>${icon('previous')}</button>
          <b class="nowrap">${date(position)}</b>
          <button type="button" class="btn quiet icon" aria-label=${t('dayAfter')} ?disabled=${last} @click=${() => step(1)}>${icon('next')}</button>
        </div>
        ${may('export')
          ? html`
              <a class="btn quiet" href=${address('cases')}>${t('cases')}</a>
              <a class="btn primary" aria-keyshortcuts="e" title=${t('exportCaseTitle')} href=${this.#exportAddress}>${icon('download')}${t('exportCase')}<kbd>e</kbd></a>
            `
          : nothing}
      </header>
    `;
  }

  #picture(id, i) {
    const track = this.#tracks.get(id);
    const name = this.#name(id);
    const state = track?.state(this.#clock.position) ?? 'loading';
    const shownAt = state === 'ready' ? track.shownAt : undefined;
    return html`
      <li class="pic" data-state=${state} ?hidden=${this.large !== undefined && this.large !== i + 1}>
        <video data-camera=${id} .muted=${true} playsinline disablepictureinpicture tabindex="-1" aria-label=${t('pictureOf')(name)}></video>
        ${this.#say(id, track, state)}
        ${id === this.#searched && (this.drawing || this.#regionHere)
          ? html`<kydai-region .corners=${this.#regionHere} .drawing=${this.drawing ?? false} .ratio=${track?.ratio ?? 16 / 9} @region=${({ detail }) => (this.region = { camera: id, corners: detail })}></kydai-region>`
          : nothing}
        ${this.chosen.length > 1
          ? html`<button type="button" class="btn quiet small icon off" aria-label=${t('removeCamera')(name)} @click=${() => this.#set(this.chosen.filter((one) => one !== id))}>${icon('close')}</button>`
          : nothing}
        <span class="cap">${this.chosen.length > 1 ? html`<kbd>${i + 1}</kbd>` : nothing}<b class="cut">${name}</b>${track?.coverage.at(this.#clock.position, siteNow())?.thinned ? html`<span class="thinned">${t('thinned')}</span>` : nothing}${track?.coverage.at(this.#clock.position, siteNow())?.stream === 'sub' ? html`<span class="thinned">${t('subStream')}</span>` : nothing}</span>
        ${shownAt === undefined ? nothing : html`<span class="cap tr" data-at=${shownAt}>${exactTime(shownAt)} ${zoneName(shownAt)}</span>`}
      </li>
    `;
  }

  /** What a picture says that is not there. */
  #say(id, track, state) {
    if (state !== 'loading') this.#loadingSince.delete(id);
    const words = (mark, text) => html`<span class="say" role="status">${sign(mark)}<b>${text}</b></span>`;
    switch (state) {
      case 'gap': {
        const reason = track.coverage.reason(this.#clock.position);
        if (reason === 'none') return words('stale', t(this.#clock.ended ? 'nothingMore' : 'noRecording'));
        return words('stale', t(isPlanned(reason) ? 'plannedHere' : 'gapHere')(t('gaps')[reason] ?? reason));
      }
      case 'loading': {
        if (!this.#loadingSince.has(id)) this.#loadingSince.set(id, performance.now());
        this.#dirty = true;
        return performance.now() - this.#loadingSince.get(id) > PATIENCE ? words('waiting', t('loading')) : nothing;
      }
      case 'unsupported':
        return words('fault', t('unsupported'));
      case 'failed':
        return words('fault', t('failed'));
      default:
        return nothing;
    }
  }

  #downloads(position) {
    const [from, to] = [position - 30_000, position + 30_000].map((at) => new Date(Math.round(at)).toISOString());
    return html`<ul>${this.chosen.map((id) => html`
      <li><a class="btn quiet" download="${id}.mp4" href=${recordingAddress(id, from, to)} aria-label=${t('download')(this.#name(id))}>${icon('download')}${t('downloadMinute')}${this.chosen.length > 1 ? html`<kbd>${this.chosen.indexOf(id) + 1}</kbd>` : nothing}</a></li>
    `)}</ul>`;
  }
}

customElements.define('kydai-playback', Playback);

const page = elementPage('kydai-playback', (element, { query }) => element.show(query));

/** The page's own style, which no other page loads, comes before it. */
export async function mount(host, place) {
  const href = '/styles/playback.css';
  if (!document.head.querySelector(`link[href="${href}"]`)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
  return page(host, place);
}
