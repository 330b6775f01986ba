/** The cameras for which a grant or a token holds: all, or some that are chosen by themselves, by group or by area. */

import { LitElement, html, nothing } from 'lit';
import { byName } from './i18n.js';
import { t } from './words/scope.js';
import { areas, cameras } from './server.js';

/** What there is to choose from, as the caller may see it. */
export async function places() {
  const [cameraList, areaList] = await Promise.all([cameras(), areas()]);
  return {
    cameras: cameraList.map(({ id, name }) => ({ id, name })),
    groups: [...new Set(cameraList.flatMap((camera) => camera.groups ?? []))]
      .sort(byName)
      .map((id) => ({ id })),
    areas: areaList.map(({ id, name }) => ({ id, name })),
  };
}

const KINDS = ['cameras', 'groups', 'areas'];

/** A scope in a few words. */
export function scopeWords(scope) {
  if (!scope || scope.all) return t('allCameras');
  const parts = KINDS.filter((kind) => scope[kind]?.length).map(
    (kind) => `${t(kind)}: ${scope[kind].join(', ')}`,
  );
  return parts.join(' · ') || t('noCamera');
}

let last = 0;

/**
 * Chooses a scope. `value` is the contract's Scope, `places` what there is to choose from; fires
 * 'change' with the new scope as its detail.
 */
class ScopeField extends LitElement {
  static properties = {
    value: { attribute: false },
    places: { attribute: false },
  };

  #id = `scope-${++last}`;

  createRenderRoot() {
    return this;
  }

  #set(value) {
    this.value = value;
    this.dispatchEvent(new CustomEvent('change', { detail: value }));
  }

  #toggle(kind, id, on) {
    const others = (this.value[kind] ?? []).filter((one) => one !== id);
    this.#set({ ...this.value, [kind]: on ? [...others, id].sort() : others });
  }

  render() {
    const all = Boolean(this.value?.all);
    return html`
      <fieldset class="scope">
        <legend>${t('appliesTo')}</legend>
        <label class="tick">
          <input type="radio" name=${this.#id} .checked=${all} @change=${() => this.#set({ all: true })} />
          ${t('allCameras')}
        </label>
        <label class="tick">
          <input type="radio" name=${this.#id} .checked=${!all} @change=${() => this.#set({})} />
          ${t('chosenCameras')}
        </label>
        ${all ? nothing : KINDS.map((kind) => this.#choices(kind))}
      </fieldset>
    `;
  }

  #choices(kind) {
    const chosen = this.value?.[kind] ?? [];
    const known = this.places?.[kind] ?? [];
    // What was granted and is gone since must be seen, and is kept unless it is taken away.
    const gone = chosen.filter((id) => !known.some((one) => one.id === id)).map((id) => ({ id, gone: true }));
    const list = [...known, ...gone];
    return html`
      <fieldset class="ticks" data-kind=${kind}>
        <legend>${t(kind)}</legend>
        ${list.length ? nothing : html`<span class="muted">${t(`no_${kind}`)}</span>`}
        ${list.map(
          ({ id, name, gone: isGone }) => html`
            <label class="tick">
              <input
                type="checkbox"
                value=${id}
                .checked=${chosen.includes(id)}
                @change=${(event) => this.#toggle(kind, id, event.target.checked)}
              />
              ${name ?? id} ${name && name !== id ? html`<small>${id}</small>` : nothing}
              ${isGone ? html`<small class="warning">${t('notThere')}</small>` : nothing}
            </label>
          `,
        )}
      </fieldset>
    `;
  }
}

customElements.define('kydai-scope', ScopeField);
