/** The rules of messages: who is told of what, by which channel, and when not. */

import { html, nothing } from 'lit';
import { icon } from '../frame/icons.js';
import { elementPage } from '../frame/mounted.js';
import { typeName } from '../i18n.js';
import { places } from '../scope.js';
import { deskSetting } from '../server.js';
import { t } from '../words/messages.js';
import { secondsOf } from './durations.js';
import { membership, named } from './membership.js';
import { messageRow } from './messagerow.js';
import { RowsPage } from './rowspage.js';

const LONGEST_WAIT = 600;
const LONGEST_FAULT_WAIT = 86400;

class MessageRulesPage extends RowsPage {
  static properties = { choices: { state: true } };

  constructor() {
    super('messages', 'messageRules', { list: 'rules', most: 200, prefix: 'm', add: () => t('addRule') });
    this.choices = { people: [], roles: [], shifts: [], groups: [], areas: [] };
  }

  async prepare() {
    const [whom, { shifts }, { groups, areas }] = await Promise.all([membership(), deskSetting('shifts'), places()]);
    this.choices = {
      ...whom,
      shifts: shifts.map(({ id, name }) => ({ id, words: name })),
      groups: groups.map(({ id }) => ({ id, words: id })),
      areas: areas.map(({ id, name }) => ({ id, words: name })),
    };
  }

  hint() {
    return t('rulesHint');
  }

  column(name) {
    return name === 'to' ? t('recipients') : super.column(name);
  }

  fresh(id) {
    const to = { accounts: [], roles: [], shifts: [], 'camera-people': false, officers: false };
    return { id, occasions: ['incident'], to, channels: ['email', 'push'], 'urgent-breaks-quiet': true };
  }

  /** A condition without a choice is left out; the lists that a rule must have stay. */
  #edit(entries) {
    const changed = (rule) => {
      const next = { ...rule, ...entries };
      for (const name of ['priorities', 'types', 'groups', 'areas']) if (!next[name]?.length) delete next[name];
      if (!next.quiet) delete next.quiet;
      return next;
    };
    this.change({ rules: this.value.rules.map((one, at) => (at === this.row ? changed(one) : one)) });
  }

  #to({ accounts, roles, shifts, officers, 'camera-people': cameraPeople }) {
    const all = [
      ...named(this.choices.people, accounts),
      ...named(this.choices.roles, roles),
      ...named(this.choices.shifts, shifts),
      ...(cameraPeople ? [t('cameraPeople')] : []),
      ...(officers ? [t('officers')] : []),
    ];
    return all.length ? all.join(', ') : html`<span class="muted">${t('nobody')}</span>`;
  }

  #conditions({ priorities, types, groups, areas }) {
    const parts = [
      priorities?.map((one) => t('priority')[one]).join(', '),
      types?.map(typeName).join(', '),
      groups?.join(', '),
      named(this.choices.areas, areas).join(', '),
    ];
    return parts.filter(Boolean).join(' · ') || html`<span class="muted">–</span>`;
  }

  form() {
    const { rules, pictures } = this.value;
    const open = rules[this.row];
    return html`
      <div class="card">
        <div class="cardhead">
          <h2>${t('rules')}</h2>
          <button type="button" class="btn small add" ?disabled=${this.full} @click=${() => this.add()}>${icon('plus')}${t('addRule')}<kbd>n</kbd></button>
        </div>
        ${rules.length ? this.#table(rules) : html`<p class="muted">${t('noRules')}</p>`}
      </div>
      ${open
        ? messageRow({
            rule: open,
            row: this.row,
            choices: this.choices,
            edit: (entries) => this.#edit(entries),
            remove: () => this.removeOpen(),
            invalid: (name) => this.invalid(this.row, name),
          })
        : nothing}
      <div class="card fields">
        <label class="narrow">
          ${t('clipWait')}
          <input class="in" type="number" name="clip-wait" required min="0" max=${LONGEST_WAIT} step="1" .value=${String(secondsOf(this.value['clip-wait']))}
            @change=${({ target }) => target.checkValidity() && this.change({ 'clip-wait': `PT${target.valueAsNumber}S` })} />
        </label>
        <small class="muted">${t('clipWaitHint')}</small>
        <label class="narrow">
          ${t('faultWait')}
          <input class="in" type="number" name="fault-wait" required min="0" max=${LONGEST_FAULT_WAIT} step="1" .value=${String(secondsOf(this.value['fault-wait']))}
            @change=${({ target }) => target.checkValidity() && this.change({ 'fault-wait': `PT${target.valueAsNumber}S` })} />
        </label>
        <small class="muted">${t('faultWaitHint')}</small>
        <label class="tick"><input type="checkbox" name="pictures" .checked=${pictures} @change=${({ target }) => this.change({ pictures: target.checked })} /> ${t('pictures')}</label>
        <small class="muted">${t('picturesHint')}</small>
      </div>
    `;
  }

  #table(rules) {
    return html`
      <div class="wide" tabindex="0" role="group" aria-label=${t('rules')}>
        <table class="t table">
          <thead>
            <tr>
              <th scope="col">${t('occasions')}</th>
              <th scope="col">${t('when')}</th>
              <th scope="col">${t('recipients')}</th>
              <th scope="col">${t('channels')}</th>
            </tr>
          </thead>
          <tbody>
            ${rules.map(
              (rule, row) => html`
                <tr data-row=${row} aria-current=${row === this.row ? 'true' : nothing}>
                  <th scope="row"><button type="button" class="btn quiet choose" aria-pressed=${row === this.row} @click=${() => this.select(row)}>${rule.occasions.map((one) => t('occasion')[one]).join(', ') || '–'}</button></th>
                  <td>${this.#conditions(rule)}</td>
                  <td>${this.#to(rule.to)}</td>
                  <td>${rule.channels.map((one) => t('channel')[one]).join(', ')}${rule.quiet ? html`<br /><small class="muted">${t('quiet')}: ${rule.quiet.from}–${rule.quiet.to}</small>` : nothing}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

customElements.define('kydai-message-rules', MessageRulesPage);

export const mount = elementPage('kydai-message-rules');
