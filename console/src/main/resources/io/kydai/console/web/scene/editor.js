/** The scene editor: the picture with what is drawn on it, the list of shapes, and the rules beside it. */

import { LitElement, html, nothing } from 'lit';
import { address } from '../frame/place.js';
import { icon, status } from '../frame/icons.js';
import { listKeys } from '../frame/keys.js';
import { toast } from '../frame/toast.js';
import { fullTime, number } from '../i18n.js';
import { problemWords } from '../problems.js';
import { camera as fetchCamera, events, may, replaceCamera, ruleDescriptions, ruleTemplates } from '../server.js';
import { forget, keep, kept } from '../typed/kept.js';
import { t } from '../words/scene.js';
import './canvas.js';
import { check } from './calibration.js';
import { Drawing, TOOLS } from './drawing.js';
import { CALIBRATION, History, addCorner, analysed, movePoint, moveShape, pointsOf, removePoint, removeShape, rulesOf, stateOf, withState } from './model.js';
import './picture.js';
import { ageWords } from './picture.js';
import './rules.js';
import { withTemplate } from './rules.js';
import './sentence.js';
import { calibrationWords, kindWords, shapeForm, shapesOf } from './shape.js';
import { editorKeys } from './shortcuts.js';

class Editor extends LitElement {
  static properties = {
    cameraId: { attribute: false },
    camera: { state: true },
    known: { state: true },
    tool: { state: true },
    chosen: { state: true },
    point: { state: true },
    rule: { state: true },
    snapping: { state: true },
    frozen: { state: true },
    heat: { state: true },
    boxes: { state: true },
    seen: { state: true },
    saving: { state: true },
    problem: { state: true },
    conflict: { state: true },
  };

  #abort;
  history;
  drawing = new Drawing(this);

  constructor() {
    super();
    this.tool = 'select';
    this.snapping = true;
  }

  get #typedAs() {
    return `scene.${this.cameraId}`;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    editorKeys(this, signal);
    listKeys(() => [
      ...TOOLS.map(({ key, word }) => [[key], t(word)]),
      [['←', '→'], t('keyMove')],
      [['Enter'], t('keyClose')],
      [['Del'], t('keyRemove')],
      [['Ctrl', 'Z'], t('keyUndo')],
      [['Ctrl', 'S'], t('keySave')],
    ], signal);
    addEventListener('beforeunload', (event) => this.history?.changes && event.preventDefault(), { signal });
    events.addEventListener('camera', ({ detail }) => {
      if (detail.camera.id === this.cameraId && this.camera) this.camera = { ...this.camera, status: detail.camera.status };
    }, { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  willUpdate(changed) {
    if (changed.has('cameraId')) this.load();
  }

  /** Reads the camera anew, and drops what is not saved. */
  async drop() {
    forget(this.#typedAs);
    await this.load();
  }

  /** Reads the camera; what was drawn before, and not saved, is the present state. */
  async load() {
    const id = this.cameraId;
    this.conflict = undefined;
    try {
      const [read, known, templates] = await Promise.all([fetchCamera(id), ruleDescriptions(), ruleTemplates()]);
      if (id !== this.cameraId) return;
      const draft = kept(this.#typedAs);
      // With the version that it began from: what another changed meanwhile is said when it is saved.
      const camera = draft ? { ...read, version: draft.version } : read;
      this.known = { ...known, templates };
      this.camera = camera;
      this.history = new History(stateOf(camera));
      if (draft) this.history.set(draft.state);
      this.history.addEventListener('change', () => this.#changed());
      this.chosen = undefined;
      const { rules } = this.history.state;
      this.rule = (rules.find(({ type }) => known.types.get(type)?.group !== 'camera') ?? rules[0])?.id;
      this.problem = undefined;
    } catch (error) {
      this.problem = problemWords(error);
    }
  }

  #changed() {
    const { changes, state } = this.history;
    keep(this.#typedAs, changes ? { version: this.camera.version, state } : undefined);
    this.requestUpdate();
  }

  /** Makes a state the present one. */
  change(state, joined = false) {
    this.boxes = undefined;
    this.history.set(state, joined);
  }

  changeScene(scene, joined) {
    this.change({ ...this.history.state, scene }, joined);
  }

  /** Chooses a shape; a mask only where one may change it, since what it hides is seen without. */
  choose(key, point) {
    if (key?.kind === 'mask' && this.#refusesMasks()) return;
    this.chosen = key;
    this.point = point;
  }

  #refusesMasks() {
    const refused = !may('unmasked');
    if (refused) toast(t('maskRight'));
    return refused;
  }

  use(tool) {
    if (tool === 'mask' && this.#refusesMasks()) return;
    this.tool = tool;
    this.drawing.begin(tool);
    this.requestUpdate();
  }

  /** Removes the chosen point, or the chosen shape where no rule uses it. */
  remove() {
    const { scene, rules } = this.history.state;
    if (!this.chosen) return;
    const without = this.point === undefined ? scene : removePoint(scene, this.chosen, this.point);
    if (without !== scene) {
      this.changeScene(without);
      this.point = undefined;
    } else if (!rulesOf(rules, this.chosen).length) {
      this.changeScene(removeShape(scene, this.chosen));
      this.choose();
    }
  }

  async save(over = false) {
    if (this.saving || !this.history.changes) return;
    this.saving = true;
    this.problem = undefined;
    try {
      const { status: ignored, ...definition } = this.camera;
      if (over) definition.version = (await fetchCamera(this.cameraId)).version;
      this.camera = await replaceCamera(withState(definition, this.history.state));
      this.history.saved();
      this.conflict = undefined;
      toast(t('sceneSaved'));
    } catch (error) {
      if (error.status === 409) this.conflict = error.changed ?? {};
      else this.problem = problemWords(error);
    }
    this.saving = false;
  }

  get #size() {
    const { width = 1600, height = 900 } = this.camera.status;
    return { width, height };
  }

  get size() {
    return this.#size;
  }

  render() {
    if (!this.camera) return html`<p class="empty">${this.problem ?? ''}</p>`;
    return html`${this.#bar()} ${this.#messages()}
      <div class="cols edit">${this.#tools()} ${this.#middle()} ${this.#rules()}</div>`;
  }

  #bar() {
    const { changes, canUndo, canRedo } = this.history;
    const age = this.seen?.age === undefined ? '' : `${number(this.seen.age, 1)} s`;
    return html`
      <div class="bar">
        <a class="btn quiet" href=${address('cameras', this.cameraId)}>${icon('previous')}${t('camera')}</a>
        <h1>${this.camera.name ?? this.camera.id}</h1>
        ${this.frozen ? status('paused', 'stale', t('freeze')) : ageWords(this.seen, age)}
        <span class="grow"></span>
        <button type="button" class="btn quiet icon" ?disabled=${!canUndo} aria-label="${t('undoStep')}, Ctrl Z" title=${t('undoStep')} @click=${() => this.history.undo()}>${icon('undo')}</button>
        <button type="button" class="btn quiet icon" ?disabled=${!canRedo} aria-label="${t('redoStep')}, Ctrl Y" title=${t('redoStep')} @click=${() => this.history.redo()}>${icon('redo')}</button>
        ${changes ? status('waiting', 'amber', t('unsaved')(changes)) : html`<span class="dim">${t('nothingUnsaved')}</span>`}
        <button type="button" class="btn quiet discard" ?disabled=${!changes} @click=${() => this.drop()}>${t('discard')}</button>
        <button type="button" class="btn primary save" ?disabled=${!changes || this.saving} @click=${() => this.save()}>${t('saveScene')}<kbd>Ctrl S</kbd></button>
      </div>
    `;
  }

  #messages() {
    return html`
      ${this.problem ? html`<p class="note red" role="alert">${this.problem}</p>` : nothing}
      ${this.conflict
        ? html`<div class="note amber line wrap" role="alert">
            <span class="grow">${t('changedElsewhere')(this.conflict.by, this.conflict.at && fullTime(this.conflict.at))}</span>
            <button type="button" class="btn small" @click=${() => this.drop()}>${t('readAnew')}</button>
            <button type="button" class="btn small danger" @click=${() => this.save(true)}>${t('overwrite')}</button>
          </div>`
        : nothing}
    `;
  }

  #tools() {
    return html`
      <div class="tools" role="toolbar" aria-label=${t('tools')} aria-orientation="vertical">
        ${TOOLS.map(
          ({ tool, key, word, sign }) => html`
            <button type="button" class="btn quiet tool" data-tool=${tool} aria-pressed=${tool === this.tool ? 'true' : 'false'} aria-keyshortcuts=${key} @click=${() => this.use(tool)}>
              ${icon(sign)}<span>${t(word)}</span><kbd>${key}</kbd>
            </button>
          `,
        )}
      </div>
    `;
  }

  #middle() {
    const { scene } = this.history.state;
    const { width, height } = this.#size;
    return html`
      <div class="canvas scroll">
        <div class="pic big whole" @age=${(event) => (this.seen = event.detail)}>
          <kydai-scene-picture .cameraId=${this.cameraId} .frozen=${this.frozen} .heat=${this.heat}></kydai-scene-picture>
          <kydai-canvas
            .scene=${scene}
            .chosen=${this.chosen}
            .point=${this.point}
            .drawing=${this.drawing.shown}
            .width=${width}
            .height=${height}
            .snapping=${this.snapping}
            .boxes=${this.boxes}
            .errors=${check(scene.calibration?.points ?? []).errors}
            @draw=${(event) => this.drawing.add(event.detail)}
            @close-drawing=${() => this.drawing.close()}
            @choose-shape=${(event) => this.choose(event.detail)}
            @choose-point=${(event) => (this.point = event.detail)}
            @move-point=${({ detail }) => this.changeScene(movePoint(scene, this.chosen, detail.at, detail.point), detail.joined)}
            @move-shape=${({ detail }) => this.changeScene(moveShape(scene, this.chosen, detail.dx, detail.dy), detail.joined)}
            @add-corner=${({ detail }) => this.changeScene(addCorner(scene, this.chosen, detail.at, detail.point))}
          ></kydai-canvas>
          <span class="cap">${this.#caption(scene)}</span>
        </div>
        ${this.#chips(scene)} ${this.chosen && pointsOf(scene, this.chosen).length ? shapeForm(this.history.state, this.chosen, { point: this.point, change: (state) => this.change(state), choose: (key) => this.choose(key) }) : nothing}
        ${this.#shapes(scene)}
      </div>
    `;
  }

  #caption(scene) {
    if (this.drawing.shown) return t('drawHint')[this.tool];
    if (!this.chosen) return t('selectHint');
    const name = this.chosen.kind === 'calibration' ? t('calibration') : `“${this.chosen.id}”`;
    const place = this.point === undefined ? undefined : pointsOf(scene, this.chosen)[this.point];
    if (!place) return t('shapeCap')(name);
    return html`${t('pointCap')(this.point + 1, name)} · ${number(place[0], 3)} × ${number(place[1], 3)} · <kbd>←</kbd><kbd>→</kbd> ${t('movesBy')}`;
  }

  #chips(scene) {
    const { words, good } = calibrationWords(scene);
    const flip = (name) => () => (this[name] = !this[name]);
    return html`
      <div class="line wrap">
        <button type="button" class="chip ${this.snapping ? 'on' : ''}" aria-pressed=${this.snapping ? 'true' : 'false'} @click=${flip('snapping')}>${this.snapping ? icon('tick') : nothing}${this.snapping ? t('snapOn') : t('snapOff')}</button>
        ${scene.calibration ? html`<span class="chip ${good ? 'on' : ''}">${words}</span>` : nothing}
        <span class="grow"></span>
        <button type="button" class="btn quiet small heat-map" aria-pressed=${this.heat ? 'true' : 'false'} @click=${flip('heat')}>${t('heatMap')}<kbd>h</kbd></button>
        <button type="button" class="btn quiet small freeze" aria-pressed=${this.frozen ? 'true' : 'false'} @click=${flip('frozen')}>${icon('pause')}${this.frozen ? t('goOn') : t('freeze')}</button>
      </div>
    `;
  }

  #shapes(scene) {
    const shapes = shapesOf(scene);
    const signs = { line: 'next', zone: 'zone', mask: 'hidden', calibration: 'target' };
    if (!shapes.length) return html`<p class="dim">${t('noShapes')}</p>`;
    return html`
      <ul class="objs" aria-label=${t('shapes')}>
        ${shapes.map((key) => {
          const chosen = key.kind === this.chosen?.kind && key.id === this.chosen?.id;
          return html`<li>
            <button type="button" class="btn quiet wide left-t shape" data-shape=${key.id} aria-pressed=${chosen ? 'true' : 'false'} @click=${() => this.choose(chosen ? undefined : key)}>
              ${icon(signs[key.kind])}
              <span class="grow cut"><b>${key.id === CALIBRATION && key.kind === 'calibration' ? t('calibration') : key.id}</b> <span class="muted">${kindWords(scene, key)}</span></span>
              ${key.kind === 'line' || key.kind === 'zone' ? html`<span class="muted">${t('usedBy')(rulesOf(this.history.state.rules, key).length)}</span>` : nothing}
            </button>
          </li>`;
        })}
      </ul>
    `;
  }

  #rules() {
    const { scene, rules } = this.history.state;
    const set = (next) => this.change({ ...this.history.state, rules: next });
    return html`
      <aside class="pane right" aria-label=${t('rulesPane')}>
        <kydai-rules
          class="scroll pad stack"
          .cameraId=${this.cameraId}
          .rules=${rules}
          .scene=${scene}
          .types=${this.known.types}
          .common=${this.known.common}
          .templates=${this.known.templates}
          .chosen=${this.rule}
          @choose-rule=${({ detail }) => (this.rule = detail)}
          @rule=${({ detail }) => set(rules.map((one) => (one.id === detail.id ? detail : one)))}
          @add-rule=${({ detail }) => (set([...rules, detail]), (this.rule = detail.id))}
          @remove-rule=${({ detail }) => (set(rules.filter(({ id }) => id !== detail)), (this.rule = rules.find(({ id }) => id !== detail)?.id))}
          @template=${({ detail }) => this.#template(detail)}
          @moment=${({ detail }) => (this.boxes = detail.boxes)}
        ></kydai-rules>
      </aside>
    `;
  }

  #template(template) {
    const state = withTemplate(this.history.state, template);
    this.change(state);
    this.rule = state.rules[state.rules.length - template.rules.length]?.id;
    const drawn = template.draw[0]?.as === 'line' ? state.scene.lines.at(-1) : state.scene.zones.at(-1);
    if (drawn) this.choose({ kind: template.draw[0].as, id: drawn.id });
  }
}

customElements.define('kydai-scene', Editor);
