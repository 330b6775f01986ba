/** The bar of the wall: group, layout, saved layouts, tour, search, boxes, sound and full screen. */

import { LitElement, html, nothing } from 'lit';
import { notificationsOn, toggleNotifications } from '../alerts/notify.js';
import { bell } from '../alerts/sound.js';
import { boxTiming, setBoxTiming, watchBoxTiming } from '../boxtiming.js';
import { icon } from '../frame/icons.js';
import { address, place, setQuery } from '../frame/place.js';
import { toast } from '../frame/toast.js';
import { problemWords } from '../problems.js';
import { may } from '../server.js';
import { t } from '../words/wall.js';
import { showsAll, toggleBoxes, watchBoxes } from './boxes.js';
import { isFast, toggleFast, watchFast } from './fast.js';
import './find.js';
import { LAYOUTS } from './layout.js';
import { distance, openWindow, setDistance, toggleFull } from './screen.js';

class WallBar extends LitElement {
  static properties = {
    /** The element of the wall. */
    wall: { attribute: false },
    /** Where one is, the cameras and the saved layouts: a change of any draws the bar anew. */
    state: { attribute: false },
    cameras: { attribute: false },
    layouts: { attribute: false },
  };

  #abort;
  #endings = [];

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    bell.addEventListener('change', () => this.requestUpdate(), { signal: this.#abort.signal });
    this.#endings = [watchBoxes, watchBoxTiming, watchFast].map((watch) => watch(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
    for (const end of this.#endings) end();
  }

  render() {
    const { wall } = this;
    const { layout, tour } = wall;
    return html`
      <div class="bar wallbar">
        ${this.#groups()}
        <div class="seg" role="group" aria-label=${t('layout')}>
          ${LAYOUTS.filter((one) => !['2', '6'].includes(one) || one === layout).map((one) => this.#layout(one, layout))}
        </div>
        ${this.#pager()} ${this.#menu()}
        <button type="button" class="btn quiet for-desks" aria-pressed=${tour.on} @click=${() => tour.toggle()}>
          ${icon('tour')}<span class="only-wide">${t('tour')}</span><kbd>t</kbd>
        </button>
        <kydai-find-camera .cameras=${wall.everyCamera} @chosen=${({ detail }) => wall.enlarge(detail)}></kydai-find-camera>
        <span class="grow"></span>
        ${wall.enlarged
          ? html`<button type="button" class="btn quiet fast" aria-pressed=${isFast()} @click=${() => toggleFast()}>
              ${icon('target')}<span class="only-wide">${t('fast')}</span><kbd>l</kbd>
            </button>`
          : nothing}
        <button type="button" class="btn quiet" aria-pressed=${showsAll()} @click=${() => toggleBoxes()}>
          ${icon('boxes')}<span class="only-wide">${t('allBoxes')}</span><kbd>b</kbd>
        </button>
        <button type="button" class="btn quiet" aria-pressed=${bell.on} @click=${() => bell.toggle()}>
          ${icon(bell.on ? 'sound' : 'muted')}<span class="only-wide">${t('sound')}</span><kbd>m</kbd>
        </button>
        <button type="button" class="btn quiet for-desks" @click=${() => toggleFull()}>
          ${icon('full')}<span class="only-wide">${t('full')}</span><kbd>f</kbd>
        </button>
      </div>
    `;
  }

  #groups() {
    const { wall } = this;
    const { saved } = wall;
    const named = wall.place.query.get('named') ?? '';
    const count = (group) => wall.everyCamera.filter(({ groups }) => !group || groups?.includes(group)).length;
    const choose = ({ target }) => {
      const [kind, name] = [target.value.slice(0, 1), target.value.slice(1)];
      const gone = { page: undefined, cam: undefined, layout: kind === 'n' ? undefined : wall.place.query.get('layout') ?? undefined };
      setQuery({ ...gone, group: kind === 'g' ? name : undefined, named: kind === 'n' ? name : undefined }, {});
    };
    return html`
      <label class="vh" for="wall-group">${t('group')}</label>
      <select class="in auto" id="wall-group" @change=${choose}>
        <option value="g" ?selected=${!named && !wall.group}>${t('everyCamera')(count(''))}</option>
        ${wall.groups.map(
          (group) => html`<option value="g${group}" ?selected=${!named && wall.group === group}>${group} (${count(group)})</option>`,
        )}
        ${this.#saved(t('savedLayouts'), saved.list.filter(({ own }) => own), named)}
        ${this.#saved(
          t('sharedLayouts'),
          saved.list.filter(({ own, name }) => !own && saved.find(name).own === false),
          named,
        )}
      </select>
    `;
  }

  #saved(label, list, named) {
    if (!list.length) return nothing;
    return html`
      <optgroup label=${label}>
        ${list.map(({ name, own, by }) => html`<option value="n${name}" ?selected=${named === name}>${own ? name : `${name} (${by})`}</option>`)}
      </optgroup>
    `;
  }

  #layout(one, now) {
    const large = one === 'large';
    return html`
      <button
        type="button"
        class="btn ${large ? 'icon' : ''}"
        aria-pressed=${one === now}
        aria-label=${large ? t('oneLarge') : t('tileCount')(one)}
        @click=${() => setQuery({ layout: one, page: undefined, cam: undefined }, {})}
      >
        ${large ? icon('large') : one}
      </button>
    `;
  }

  #pager() {
    const { wall } = this;
    if (wall.pages < 2) return nothing;
    return html`
      <span class="line" role="group" aria-label=${t('pages')}>
        <button type="button" class="btn quiet icon" aria-label=${t('previousPage')} @click=${() => wall.turn(-1)}>${icon('previous')}</button>
        <span class="nowrap" role="status">${wall.page} / ${wall.pages}</span>
        <button type="button" class="btn quiet icon" aria-label=${t('nextPage')} @click=${() => wall.turn(1)}>${icon('next')}</button>
      </span>
    `;
  }

  #menu() {
    const named = this.wall.saved.find(this.wall.place.query.get('named') ?? '');
    const removable = named && (named.own || may('configure-node'));
    return html`
      <details class="menu">
        <summary class="btn quiet icon" aria-label=${t('wallMenu')} title=${t('wallMenu')}>${icon('gear')}</summary>
        <div class="menu-list">
          <button type="button" class="save" @click=${() => this.#save(false)}>${t('saveLayout')}</button>
          <button type="button" class="share" @click=${() => this.#save(true)}>${t('shareLayout')}</button>
          ${removable ? html`<button type="button" class="remove" @click=${() => this.#remove(named)}>${t('removeLayout')(named.name)}</button>` : nothing}
          <button type="button" @click=${() => this.#window()}>${t('newWindow')}</button>
          <button type="button" @click=${() => toggleNotifications().then(() => this.requestUpdate())}>
            ${notificationsOn() ? t('notificationsOff') : t('notificationsOn')}
          </button>
          <div class="field pad">
            <label for="box-timing">${t('boxTiming')}</label>
            <select class="in" id="box-timing" @change=${({ target }) => setBoxTiming(target.value)}>
              <option value="synchronised" ?selected=${boxTiming() !== 'fast'}>${t('boxesExact')}</option>
              <option value="fast" ?selected=${boxTiming() === 'fast'}>${t('boxesLater')}</option>
            </select>
          </div>
          <div class="field pad">
            <label for="distance">${t('distance')}</label>
            <select class="in" id="distance" @change=${({ target }) => setDistance(target.value)}>
              ${['', '2', '4', '6'].map(
                (metres) => html`<option value=${metres} ?selected=${metres === distance()}>${metres ? `${metres} m` : t('desk')}</option>`,
              )}
            </select>
          </div>
        </div>
      </details>
    `;
  }

  async #save(shared) {
    const { wall } = this;
    const name = prompt(t('layoutName'), wall.place.query.get('named') ?? '')?.trim().slice(0, 60);
    if (!name) return;
    const order = wall.cameras.map(({ id }) => id);
    try {
      await wall.saved.save({ name, layout: wall.layout, group: wall.group, order, shared });
    } catch (error) {
      toast(problemWords(error));
      return;
    }
    setQuery({ named: name, layout: undefined, group: undefined });
    toast(t(shared ? 'layoutShared' : 'layoutSaved')(name));
  }

  async #remove(layout) {
    const { wall } = this;
    try {
      await wall.saved.remove(layout);
    } catch (error) {
      toast(problemWords(error));
      return;
    }
    setQuery({ named: undefined });
    toast(t('layoutRemoved')(layout.name), async () => {
      await wall.saved.save(layout);
      setQuery({ named: layout.name });
    });
  }

  /** The next page of the same wall, for the next monitor. */
  #window() {
    const { wall } = this;
    const query = { ...Object.fromEntries(place().query), cam: undefined, alert: undefined, full: '1' };
    if (wall.pages > 1) query.page = (wall.page % wall.pages) + 1;
    openWindow(address('wall', undefined, query));
  }
}

customElements.define('kydai-wall-bar', WallBar);
