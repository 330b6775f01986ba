/** The rules of an edited camera: their list, the chosen one as a sentence, its trial, and templates. */

import { LitElement, html, nothing } from 'lit';
import { typeName } from '../i18n.js';
import { icon } from '../frame/icons.js';
import { t } from '../words/rules.js';
import { addShape, freeId } from './model.js';
import { missing, newRule } from './sentence.js';
import './trial.js';

const GROUPS = ['traffic', 'people', 'violations', 'camera'];

/**
 * Adds what a template draws and its rules to a state; ids that are taken get a number.
 *
 * @param {import('./model.js').State} state
 * @param {{draw: object[], rules: object[]}} template
 */
export function withTemplate({ scene, rules }, template) {
  const names = new Map();
  let drawn = scene;
  for (const { as, ...item } of template.draw) {
    const id = freeId(as === 'line' ? drawn.lines : drawn.zones, item.id);
    names.set(item.id, id);
    drawn = addShape(drawn, as, { ...item, id });
  }
  const all = [...rules];
  for (const rule of template.rules) {
    const named = Object.entries(rule).map(([key, value]) => [key, key === 'type' ? value : names.get(value) ?? value]);
    all.push({ ...Object.fromEntries(named), id: freeId(all, rule.id) });
  }
  return { scene: drawn, rules: all };
}

class Rules extends LitElement {
  static properties = {
    cameraId: { attribute: false },
    rules: { attribute: false },
    scene: { attribute: false },
    types: { attribute: false },
    common: { attribute: false },
    templates: { attribute: false },
    chosen: { attribute: false },
    adding: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  render() {
    const rule = this.rules.find(({ id }) => id === this.chosen);
    const type = rule && this.types.get(rule.type);
    return html`
      ${rule ? this.#rule(rule, type) : this.rules.length ? nothing : html`<p class="dim">${t('noRules')}</p>`}
      <section>
        <h2>${t('rules')} <span class="count">${this.rules.length}</span></h2>
        <ul class="stack-2 rule-list">
          ${this.rules.map(
            ({ id, type: name }) => html`
              <li>
                <button type="button" class="btn quiet wide left-t" aria-pressed=${id === this.chosen ? 'true' : 'false'} @click=${() => this.#tell('choose-rule', id)}>
                  <span class="grow cut">${typeName(name)}</span><span class="muted cut">${id}</span>
                </button>
              </li>
            `,
          )}
        </ul>
      </section>
      ${this.adding ? this.#types() : html`<button type="button" class="btn wide add-rule" @click=${() => (this.adding = true)}>${icon('plus')}${t('addRule')}</button>`}
      ${this.#templates()}
    `;
  }

  #rule(rule, type) {
    return html`
      <section class="stack-2">
        <div class="line">
          <h2 class="grow">${t('ruleTitle')(typeName(rule.type))}</h2>
          <button type="button" class="btn quiet icon small" aria-label=${t('removeRule')} title=${t('removeRule')} @click=${() => this.#tell('remove-rule', rule.id)}>${icon('trash')}</button>
        </div>
        <kydai-sentence .rule=${rule} .type=${type} .common=${this.common} .scene=${this.scene}></kydai-sentence>
      </section>
      <kydai-trial .cameraId=${this.cameraId} .rule=${rule} .scene=${this.scene} .ready=${Boolean(type) && missing(type, rule).length === 0}></kydai-trial>
    `;
  }

  #types() {
    const groups = GROUPS.map((group) => [group, [...this.types.values()].filter((type) => type.group === group)]);
    return html`
      <div class="field">
        <label for="rule-type">${t('chooseType')}</label>
        <select class="in" id="rule-type" @change=${(event) => this.#add(event.target.value)}>
          <option value="">${t('choose')}</option>
          ${groups.map(
            ([group, types]) => html`
              <optgroup label=${t(`group_${group}`)}>
                ${types.map(({ name }) => html`<option value=${name}>${typeName(name)}</option>`)}
              </optgroup>
            `,
          )}
        </select>
      </div>
    `;
  }

  #add(name) {
    if (!name) return;
    this.adding = false;
    this.#tell('add-rule', newRule(this.types.get(name), freeId(this.rules, name), this.scene));
  }

  #templates() {
    return html`
      <details class="more" ?open=${this.rules.length === 0}>
        <summary><h2>${t('templates')}</h2></summary>
        <ul class="stack-2 templates">
          ${this.templates.map(
            (template) => html`
              <li class="line">
                <span class="grow"><b>${t('template_names')[template.id] ?? template.id}</b><br /><span class="dim">${t('template_does')[template.id] ?? ''}</span></span>
                <button type="button" class="btn small" aria-label="${t('useTemplate')}: ${t('template_names')[template.id] ?? template.id}" @click=${() => this.#tell('template', template)}>${icon('plus')}${t('useTemplate')}</button>
              </li>
            `,
          )}
        </ul>
      </details>
    `;
  }
}

customElements.define('kydai-rules', Rules);
