/**
 * A rule as a sentence with blanks, made of the server's description of the rule's type: types, ranges,
 * units and defaults are the server's, the sentence is the page's.
 */

import { LitElement, html, nothing } from 'lit';
import { typeName } from '../i18n.js';
import { t } from '../words/rules.js';
import { blank, filled } from './blanks.js';

/** The settings that every type has, which come after the sentence. */
const COMMON = ['schedule', 'min-score', 'min-age', 'cool-down'];

const sentenceOf = (type) =>
  t('sentences')[type.name] ?? `${typeName(type.name)}: ${type.parameters.map(({ name }) => `{${name}}`).join(', ')}.`;

/**
 * The pieces of a type's sentence: texts, and the parameters whose blanks stand between them.
 *
 * @param {object} type the contract's RuleTypeDescriptor
 * @returns {(string|object)[]}
 */
export function pieces(type) {
  return sentenceOf(type)
    .split(/\{([\w-]+)\}/)
    .map((part, at) => (at % 2 ? type.parameters.find(({ name }) => name === part) ?? '' : part))
    .filter((part) => part !== '');
}

/** The names of the required settings that a rule does not have. */
export const missing = (type, rule) =>
  type.parameters.filter((parameter) => parameter.required && !filled(rule[parameter.name])).map(({ name }) => name);

/** A rule of a type with what must be given, as far as the scene has only one line or zone for it. */
export function newRule(type, id, scene) {
  const rule = { id, type: type.name };
  const first = { line: scene.lines[0]?.id, zone: scene.zones.find(({ use }) => !['ignore', 'signal', 'far'].includes(use))?.id };
  for (const { name, type: kind, required, minimum, values } of type.parameters) {
    if (!required) continue;
    if (first[kind]) rule[name] = first[kind];
    else if (kind === 'choice') rule[name] = values[0];
    else if (kind === 'number' || kind === 'integer') rule[name] = Math.max(minimum ?? 1, 5);
  }
  return rule;
}

class Sentence extends LitElement {
  static properties = {
    rule: { attribute: false },
    type: { attribute: false },
    common: { attribute: false },
    scene: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    const { rule, type, common } = this;
    if (!type) return html`<p class="note amber">${typeName(rule.type)}</p>`;
    const shown = pieces(type);
    const rest = [
      ...type.parameters.filter((parameter) => !shown.includes(parameter)),
      ...common.filter(({ name }) => COMMON.includes(name)),
    ];
    const open = missing(type, rule);
    return html`
      <p class="sentence">${shown.map((part) => (typeof part === 'string' ? part : this.#blank(part)))}</p>
      ${open.length
        ? html`<p class="err" role="status">${t('blankMissing')(open.map((name) => t('parameters')[name] ?? name).join(', '))}</p>`
        : nothing}
      ${type.needs.includes('calibration') && !this.scene.calibration
        ? html`<p class="note amber">${t('needsCalibration')}</p>`
        : nothing}
      <details class="more">
        <summary class="dim">${t('moreSettings')}</summary>
        <dl class="settings">
          ${rest.map((parameter) => html`<dt>${t('parameters')[parameter.name] ?? parameter.name}</dt><dd>${this.#blank(parameter)}</dd>`)}
        </dl>
      </details>
    `;
  }

  #blank(parameter) {
    return blank({
      parameter,
      value: this.rule[parameter.name],
      scene: this.scene,
      label: t('parameters')[parameter.name] ?? parameter.name,
      id: `blank-${this.rule.id}-${parameter.name}`,
      change: (value) => this.#change(parameter.name, value),
    });
  }

  #change(name, value) {
    const rule = { ...this.rule };
    if (filled(value)) rule[name] = value;
    else delete rule[name];
    this.dispatchEvent(new CustomEvent('rule', { detail: rule, bubbles: true }));
  }
}

customElements.define('kydai-sentence', Sentence);
