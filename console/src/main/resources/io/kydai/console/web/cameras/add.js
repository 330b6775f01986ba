/** Adding a camera in steps: its address, its picture, what it is, and templates of rules. */

import { LitElement, html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { address as placeOf, go } from '../frame/place.js';
import { problemWords } from '../problems.js';
import { addCamera, cameras as fetchCameras, ruleTemplates, testCamera } from '../server.js';
import { withTemplate } from '../scene/rules.js';
import { holdsSecret } from '../typed/fields.js';
import { forget, keep, kept } from '../typed/kept.js';
import { t } from '../words/cameras.js';
import { t as ruleWords } from '../words/rules.js';
import { parted, withLogIn } from './address.js';
import { aboutFields, aboutOf, definitionOf, groupsOf, idOf, mistakes } from './fields.js';
import './found.js';
import { streamChoice, testedPane } from './tested.js';

const TYPED_AS = 'new-camera';
const STEPS = ['address', 'picture', 'about', 'rules'];

class AddCamera extends LitElement {
  static properties = {
    step: { state: true },
    address: { state: true },
    user: { state: true },
    about: { state: true },
    tested: { state: true },
    stream: { state: true },
    chosen: { state: true },
    busy: { state: true },
    error: { state: true },
    wrong: { state: true },
    cameras: { state: true },
    templates: { state: true },
  };

  #password = '';

  constructor() {
    super();
    const before = kept(TYPED_AS) ?? {};
    this.step = 'address';
    this.address = before.address ?? '';
    this.user = before.user ?? '';
    this.about = { ...aboutOf(), ...before.about };
    this.chosen = new Set();
    this.wrong = {};
    this.cameras = [];
    this.templates = [];
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      [this.cameras, this.templates] = await Promise.all([fetchCameras(), ruleTemplates()]);
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  /** What was typed is kept until the camera is saved; its password is not. */
  updated() {
    const address = holdsSecret(this.address) ? '' : this.address;
    const begun = address || this.user || JSON.stringify(this.about) !== JSON.stringify(aboutOf());
    keep(TYPED_AS, begun ? { address, user: this.user, about: this.about } : undefined);
  }

  render() {
    return html`
      <div class="bar">
        <a class="btn quiet" href=${placeOf('cameras')}>${icon('previous')}${t('cameras')}</a>
        <h1>${t('addCamera')}</h1>
        <span class="grow"></span><span class="dim">${t('notSaved')}</span>
        <a class="btn quiet" href=${placeOf('cameras')} @click=${() => this.#forget()}>${t('cancel')}</a>
      </div>
      <div class="cols wiz">
        <div class="scroll pad">
          <ol class="steps">${STEPS.map((step, at) => this.#step(step, at))}</ol>
          ${this.error ? html`<p class="note red" role="alert">${this.error}</p>` : nothing}
        </div>
        <aside class="pane right pad stack" aria-label=${t('livePicture')}>
          ${testedPane(this.tested, this.stream)}
          <kydai-found .cameras=${this.cameras} @take=${({ detail }) => this.#take(detail)}></kydai-found>
        </aside>
      </div>
    `;
  }

  #step(step, at) {
    const now = STEPS.indexOf(this.step);
    const state = at < now ? 'done' : at === now ? 'now' : 'later';
    const content = { address: () => this.#address(), picture: () => this.#picture(), about: () => this.#about(), rules: () => this.#rules() }[step];
    const title = t({ address: 'stepAddress', picture: 'stepPicture', about: 'stepAbout', rules: 'stepRules' }[step]);
    return html`
      <li class=${state} data-step=${step} aria-current=${state === 'now' ? 'step' : nothing}>
        <span class="n">${state === 'done' ? icon('tick') : at + 1}</span>
        <div class=${state === 'now' ? 'card' : ''}>
          <div class="line">
            <h2 class="grow">${title}</h2>
            ${state === 'done' ? html`<button type="button" class="btn quiet small" aria-label="${t('editCamera')}: ${title}" @click=${() => (this.step = step)}>${t('editCamera')}</button>` : nothing}
          </div>
          ${state === 'now' ? content() : this.#brief(step, state)}
        </div>
      </li>
    `;
  }

  #brief(step, state) {
    if (step === 'rules') return html`<p class="dim">${t('stepRulesHint')}</p>`;
    if (state !== 'done') return nothing;
    if (step === 'about') return html`<p class="dim">${this.about.name}</p>`;
    if (step === 'address') {
      const by = this.tested?.kind;
      return html`<p class="dim"><span class="mono brk">${this.tested?.address ?? this.address}</span> ${by === 'onvif' ? t('foundByOnvif') : t('foundByRtsp')}</p>`;
    }
    return html`<p class="mono dim brk">${this.stream?.url}</p>`;
  }

  #address() {
    const paste = (event) => {
      const { address, user, password } = parted(event.target.value);
      this.address = address;
      if (user !== undefined) {
        this.user = user;
        this.#password = password;
        this.querySelector('#new-password').value = password;
      }
    };
    return html`
      <form class="stack-2" @submit=${(event) => this.#test(event)}>
        <div class="field">
          <label for="new-address">${t('stepAddress')}</label>
          <input class="in mono" id="new-address" required maxlength="2000" spellcheck="false" autocomplete="off" placeholder="rtsp://10.20.4.18/stream2" .value=${this.address} @change=${paste} />
          <small>${t('addressHint')}</small>
        </div>
        <div class="grid2">
          <div class="field"><label for="new-user">${t('user')}</label><input class="in" id="new-user" autocomplete="off" .value=${this.user} @input=${(event) => (this.user = event.target.value)} /></div>
          <div class="field"><label for="new-password">${t('password')}</label><input class="in" id="new-password" type="password" autocomplete="new-password" @input=${(event) => (this.#password = event.target.value)} /></div>
        </div>
        ${this.tested?.fault
          ? html`<p class="err" role="alert">${icon('close')}${t(`fault_${this.tested.fault.code}`)}. ${t(`remedy_${this.tested.fault.remedy}`)}.</p>`
          : nothing}
        <div class="line">
          <button class="btn primary test" ?disabled=${this.busy} aria-busy=${this.busy ? 'true' : 'false'}>${t('test')}<kbd>↵</kbd></button>
          ${this.busy ? html`<span class="dim" role="status">${t('testing')}</span>` : nothing}
        </div>
      </form>
    `;
  }

  async #test(event) {
    event?.preventDefault();
    this.busy = true;
    this.error = undefined;
    this.tested = undefined;
    try {
      const wish = { address: this.address.trim() };
      if (this.user) Object.assign(wish, { user: this.user, password: this.#password });
      this.tested = await testCamera(wish);
      if (!this.tested.fault) {
        this.stream = this.tested.streams.find(({ tested }) => tested) ?? this.tested.streams[0];
        this.step = 'picture';
      }
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #take(address) {
    this.address = address;
    this.step = 'address';
    this.#test();
  }

  #picture() {
    const { cameras: known } = this.tested;
    const masked = this.stream.url.includes('***');
    return html`
      ${streamChoice(this.tested.streams, this.stream, (stream) => (this.stream = stream))}
      ${known.length ? html`<p class="note amber">${t('alreadyThere')(known.join(', '))}</p>` : nothing}
      ${masked
        ? html`<div class="field"><label for="new-stream">${t('streamUrl')}</label>
            <input class="in mono" id="new-stream" .value=${this.stream.url} @change=${(event) => (this.stream = { ...this.stream, url: event.target.value.trim() })} />
            <span class="err">${t('addressMasked')}</span></div>`
        : nothing}
      <div class="line"><button type="button" class="btn primary next" ?disabled=${masked} @click=${() => (this.step = 'about')}>${t('stepAbout')}<kbd>↵</kbd></button></div>
    `;
  }

  /** The stream for the other size of tile: the main one beside a chosen sub-stream, and the other way round. */
  get #second() {
    const other = { main: 'sub', sub: 'main' }[this.stream.role];
    return this.tested.streams.find(({ role, url }) => role === other && url !== this.stream.url && !url.includes('***'));
  }

  #about() {
    const next = (event) => {
      event.preventDefault();
      this.wrong = mistakes(this.about);
      if (!Object.keys(this.wrong).length) this.step = 'rules';
    };
    return html`
      <form class="stack-2" @submit=${next}>
        ${aboutFields(this.about, groupsOf(this.cameras), this.wrong, (entries) => (this.about = { ...this.about, ...entries }))}
        <div class="line wrap">
          <button class="btn primary next">${t('nextRules')}<kbd>↵</kbd></button>
          <button type="button" class="btn quiet" ?disabled=${this.busy} @click=${() => this.#save('cameras')}>${t('saveNow')}</button>
        </div>
      </form>
    `;
  }

  #rules() {
    const toggle = (id) => {
      const chosen = new Set(this.chosen);
      if (!chosen.delete(id)) chosen.add(id);
      this.chosen = chosen;
    };
    return html`
      <div class="grid2 templates">
        ${this.templates.map(
          ({ id }) => html`
            <label class="opt ${this.chosen.has(id) ? 'on' : ''}">
              <input type="checkbox" data-template=${id} .checked=${this.chosen.has(id)} @change=${() => toggle(id)} />
              <span><b>${ruleWords('template_names')[id] ?? id}</b><br /><span class="dim">${ruleWords('template_does')[id] ?? ''}</span></span>
            </label>
          `,
        )}
      </div>
      <div class="line wrap">
        <button type="button" class="btn primary save" ?disabled=${this.busy} @click=${() => this.#save('scene')}>${t('saveAndDraw')}</button>
      </div>
    `;
  }

  async #save(next) {
    this.wrong = mistakes(this.about);
    if (Object.keys(this.wrong).length) {
      this.step = 'about';
      return;
    }
    this.busy = true;
    this.error = undefined;
    const id = idOf(this.about.name, new Set(this.cameras.map((camera) => camera.id)));
    const begin = { scene: { lines: [], zones: [] }, rules: [{ id: 'signal', type: 'signal-lost' }, { id: 'view', type: 'tamper' }] };
    const drawn = this.templates.filter((one) => this.chosen.has(one.id)).reduce(withTemplate, begin);
    const definition = { id, url: withLogIn(this.stream.url, this.user, this.#password), ...definitionOf(this.about), ...drawn };
    const second = this.#second;
    if (second) {
      definition['second-url'] = withLogIn(second.url, this.user, this.#password);
      if (second.role === 'sub') definition['second-role'] = 'sub';
    }
    if (this.tested.kind === 'onvif' && this.tested.device?.ptz) definition.onvif = this.tested.address;
    try {
      await addCamera(definition);
      this.#forget();
      go(placeOf(next, id));
    } catch (error) {
      this.error = problemWords(error);
    }
    this.busy = false;
  }

  #forget() {
    this.address = '';
    this.user = '';
    this.about = aboutOf();
    forget(TYPED_AS);
  }
}

customElements.define('kydai-add-camera', AddCamera);

export const mount = elementPage('kydai-add-camera');
