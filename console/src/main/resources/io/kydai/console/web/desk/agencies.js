/** The agencies of a site: who stands above whom, and who acts in whose place for a time. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { address, go } from '../frame/place.js';
import { byName, zoned } from '../i18n.js';
import { changedField, toField } from '../sitetime.js';
import { t } from '../words/desk.js';
import { SettingPage, given } from './setting.js';

const DEEPEST = 4;
const MOST = 1000;

/** The agencies in the order of a tree, each with how many stand above it. */
function tree(agencies) {
  const rows = agencies.map((agency, row) => ({ agency, row }));
  const under = (parent) => rows.filter(({ agency }) => (agency.parent ?? '') === parent).sort((one, other) => byName(one.agency.name, other.agency.name));
  const listed = [];
  const seen = new Set();
  const walk = (one, depth) => {
    if (seen.has(one.row)) return;
    seen.add(one.row);
    listed.push({ ...one, depth: Math.min(depth, DEEPEST) });
    under(one.agency.id).forEach((child) => walk(child, depth + 1));
  };
  under('').forEach((one) => walk(one, 0));
  // Those of a circle, or under an agency that was removed, are not lost from the list.
  rows.forEach((one) => walk(one, 0));
  return listed;
}

class AgenciesPage extends SettingPage {
  static properties = { row: { state: true }, sought: { state: true } };

  #wanted;

  constructor() {
    super('agencies', 'agencies');
    this.sought = '';
  }

  hint() {
    return t('agenciesHint');
  }

  /** @param {import('../frame/place.js').Place} place names the agency that is open */
  show({ id }) {
    this.#wanted = id;
    this.requestUpdate();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!this.value || this.#wanted === undefined) return;
    const row = this.value.agencies.findIndex(({ id }) => id === this.#wanted);
    if (row >= 0) this.row = row;
    this.#wanted = undefined;
  }

  showRow(row) {
    this.row = row;
  }

  #open(row) {
    this.row = row;
    go(address('agencies', this.value.agencies[row].id), { replace: true });
  }

  async #add() {
    this.change({ agencies: [...this.value.agencies, { id: '', name: '' }] });
    this.row = this.value.agencies.length - 1;
    this.sought = '';
    await this.updateComplete;
    this.querySelector('.one [name=id]').focus();
  }

  #remove() {
    const { row } = this;
    this.row = undefined;
    this.removeRow('agencies', row);
  }

  form() {
    const sought = this.sought.toLocaleLowerCase();
    const listed = tree(this.value.agencies).filter(({ agency }) => `${agency.id} ${agency.name}`.toLocaleLowerCase().includes(sought));
    const open = this.value.agencies[this.row];
    return html`
      <div class="setting-halves">
        <div class="card">
          <div class="row-of">
            <label>${t('findAgency')} <input class="in" type="search" autocomplete="off" .value=${this.sought} @input=${({ target }) => (this.sought = target.value)} /></label>
            <button type="button" class="btn add" ?disabled=${this.value.agencies.length >= MOST} @click=${() => this.#add()}>${icon('plus')}${t('addAgency')}</button>
          </div>
          ${listed.length
            ? html`
                <ul class="rows agency-list" aria-label=${t('agencies')}>
                  ${listed.map(
                    ({ agency, row, depth }) => html`
                      <li class="deep-${depth}">
                        <button type="button" class="item" data-agency=${agency.id} aria-current=${row === this.row ? 'true' : nothing} @click=${() => this.#open(row)}>
                          <b>${agency.name || t('unnamed')}</b>
                          <span class="muted">${agency.id}${agency.delegation ? ` · ${t('delegatedTo')(this.#name(agency.delegation.to))}` : ''}</span>
                        </button>
                      </li>
                    `,
                  )}
                </ul>
              `
            : html`<p class="muted">${t('noAgencies')}</p>`}
        </div>
        ${open ? this.#one(open, this.row) : nothing}
      </div>
    `;
  }

  #name(id) {
    return this.value.agencies.find((agency) => agency.id === id)?.name ?? id;
  }

  #one(agency, row) {
    // An agency whose id or name is being typed stays in the list, empty or not.
    const edit = (entries) =>
      this.change({ agencies: this.value.agencies.map((one, at) => (at === row ? { id: '', name: '', ...given({ ...one, ...entries }) } : one)) });
    const write = (name) => ({ target }) => edit({ [name]: target.value });
    const delegation = agency.delegation;
    const delegate = (entries) => {
      const next = given({ ...delegation, ...entries });
      edit({ delegation: next.to ? { from: new Date().toISOString(), ...next } : undefined });
    };
    const others = this.value.agencies.filter((one) => one !== agency && one.id).sort((one, other) => byName(one.name, other.name));
    const choice = (name, chosen, none, act) => html`
      <select class="in" name=${name} aria-invalid=${this.invalid(row, name)} @change=${({ target }) => act(target.value)}>
        <option value="" .selected=${!chosen}>${none}</option>
        ${others.map(({ id, name: words }) => html`<option value=${id} .selected=${id === chosen}>${words || id}</option>`)}
      </select>
    `;
    return html`
      <fieldset class="card one fields">
        <legend class="vh">${agency.name || t('unnamed')}</legend>
        <label>${t('agencyName')} <input class="in" name="name" required maxlength="200" autocomplete="off" .value=${agency.name} aria-invalid=${this.invalid(row, 'name')} @input=${write('name')} /></label>
        <label>${t('agencyId')} <input class="in" name="id" required maxlength="200" autocomplete="off" spellcheck="false" .value=${agency.id} aria-invalid=${this.invalid(row, 'id')} @input=${write('id')} /></label>
        <small class="muted">${t('agencyIdHint')}</small>
        <label>${t('agencyAbove')} ${choice('parent', agency.parent, t('nobodyAbove'), (parent) => edit({ parent }))}</label>
        <label>${t('delegate')} ${choice('delegation', delegation?.to, t('nobodyElse'), (to) => delegate({ to }))}</label>
        ${delegation
          ? html`
              <div class="row-of">
                <label>${zoned(t('delegateFrom'))} <input class="in" type="datetime-local" name="from" required .value=${toField(delegation.from)} @change=${({ target }) => target.value && delegate({ from: changedField(target.value, delegation.from) })} /></label>
                <label>${zoned(t('delegateUntil'))} <input class="in" type="datetime-local" name="until" .value=${toField(delegation.until)} @change=${({ target }) => delegate({ until: changedField(target.value, delegation.until) })} /></label>
              </div>
            `
          : nothing}
        <div><button type="button" class="btn danger remove" @click=${() => this.#remove()}>${t('removeAgency')}</button></div>
      </fieldset>
    `;
  }
}

customElements.define('kydai-agencies', AgenciesPage);

export const mount = elementPage('kydai-agencies', (element, place) => element.show(place));
