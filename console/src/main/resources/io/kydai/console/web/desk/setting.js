/**
 * A page of one setting of the desk. It is read and replaced as a whole, with its version: where
 * somebody else changed it meanwhile, the page says who did and when, and keeps what was typed.
 */

import { LitElement, html, nothing } from 'lit';
import { toast } from '../frame/toast.js';
import { fullTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { deskSetting, replaceDeskSetting } from '../server.js';
import { forget, keep, kept } from '../typed/kept.js';
import { t } from '../words/desk.js';

/** A row of a list, as the server names it: 'rules[3].agency'. */
const FIELD = /\[(\d+)\](?:\.(\w+))?/;

/** The setting's value without what the server says of it. */
const valueOf = ({ version, 'changed-at': at, 'changed-by': by, ...value }) => value;

/** An object without its empty entries, as the contract wants absent ones. */
export const given = (entries) =>
  Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length)),
  );

export class SettingPage extends LitElement {
  static properties = {
    /** What the form shows. */
    value: { state: true },
    /** What the server has, as far as this page knows. */
    stored: { state: true },
    /** What somebody else saved while this was edited. */
    conflict: { state: true },
    error: { state: true },
    /** {row, name} of the field that the server refused. */
    wrong: { state: true },
    done: { state: true },
    busy: { state: true },
  };

  #version;
  #ended;

  /** @param {string} setting its name in the API @param {string} title the key of its name */
  constructor(setting, title) {
    super();
    this.setting = setting;
    this.heading = title;
  }

  get #typedAs() {
    return `desk.${this.setting}`;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ended = new AbortController();
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ended.abort();
  }

  /** Aborted when the page is left. */
  get ended() {
    return this.#ended.signal;
  }

  /** Reads what else the page needs. */
  async prepare() {}

  async #load() {
    this.error = undefined;
    try {
      const [stored] = await Promise.all([deskSetting(this.setting), this.prepare()]);
      const draft = kept(this.#typedAs);
      this.stored = stored;
      this.value = draft?.value ?? valueOf(stored);
      this.#version = draft?.version ?? stored.version;
      if (this.#version !== stored.version) this.conflict = stored;
    } catch (error) {
      this.error = problemWords(error);
    }
  }

  /** Whether something is typed that is not saved. */
  get unsaved() {
    return this.value && JSON.stringify(this.value) !== JSON.stringify(valueOf(this.stored));
  }

  /** Changes some entries of the value. */
  change(entries) {
    this.value = { ...this.value, ...entries };
    this.done = undefined;
    this.wrong = undefined;
    this.#keep();
  }

  #keep() {
    keep(this.#typedAs, this.unsaved ? { version: this.#version, value: this.value } : undefined);
  }

  /** Changes some entries of a row; empty ones are left out. */
  changeRow(list, index, entries) {
    this.change({ [list]: this.value[list].map((row, at) => (at === index ? given({ ...row, ...entries }) : row)) });
  }

  /** Lets two rows change places. @returns {boolean} whether there was a place */
  moveRow(list, from, to) {
    const rows = [...this.value[list]];
    if (to < 0 || to >= rows.length) return false;
    [rows[from], rows[to]] = [rows[to], rows[from]];
    this.change({ [list]: rows });
    return true;
  }

  /** Removes a row; the message has a way back. */
  removeRow(list, index) {
    const before = this.value[list];
    this.change({ [list]: before.filter((row, at) => at !== index) });
    toast(t('rowRemoved'), () => this.change({ [list]: before }));
  }

  /** What is sent of the value. */
  sent() {
    return this.value;
  }

  async #save() {
    this.busy = true;
    this.error = undefined;
    this.done = undefined;
    this.wrong = undefined;
    try {
      const stored = await replaceDeskSetting(this.setting, { version: this.#version, ...this.sent() });
      this.#take(stored);
      this.conflict = undefined;
      this.done = t('saved');
    } catch (error) {
      await this.#refused(error);
    }
    this.busy = false;
  }

  #take(stored) {
    this.stored = stored;
    this.value = valueOf(stored);
    this.#version = stored.version;
    forget(this.#typedAs);
  }

  async #refused(error) {
    const field = error.status === 400 && error.field?.match(FIELD);
    if (field) {
      const [, row, name] = field;
      this.wrong = { row: Number(row), name };
      this.error = t('rowWrong')(Number(row) + 1, this.column(name));
      this.showRow(Number(row));
      await this.updateComplete;
      this.querySelector('[aria-invalid=true]')?.focus();
      return;
    }
    this.error = problemWords(error);
    if (error.status !== 409) return;
    try {
      this.conflict = await deskSetting(this.setting);
      this.error = undefined;
    } catch (failure) {
      this.error = problemWords(failure);
      return;
    }
    await this.updateComplete;
    this.querySelector('.conflict')?.focus();
  }

  /** The name of a field that the server refused. */
  column(name) {
    return t('columns')[name];
  }

  /** Opens a row, where the page shows one at a time. @param {number} row */
  showRow(row) {}

  /** 'true' for the field that the server refused. */
  invalid(row, name) {
    return this.wrong?.row === row && this.wrong.name === name ? 'true' : nothing;
  }

  #mine() {
    this.#version = this.conflict.version;
    this.#keep();
    this.#save();
  }

  #theirs() {
    const before = this.value;
    this.#take(this.conflict);
    this.conflict = undefined;
    toast(t('tookTheirs'), () => this.change(before));
  }

  #discard() {
    const before = this.value;
    this.#take(this.conflict ?? this.stored);
    this.conflict = undefined;
    this.error = undefined;
    toast(t('discarded'), () => this.change(before));
  }

  render() {
    const { stored, value } = this;
    return html`
      <section class="page desk-setting ${this.setting}">
        <h1>${t(this.heading)}</h1>
        <p class="muted">
          ${this.hint()}
          ${stored?.['changed-by'] ? t('changedBy')(stored['changed-by'], fullTime(stored['changed-at'])) : nothing}
        </p>
        ${this.#messages()}
        ${value
          ? html`
              <div class="setting-body">
                <form
                  @submit=${(event) => {
                    event.preventDefault();
                    this.#save();
                  }}
                >
                  ${this.form()}
                  <footer>
                    <button class="btn primary save" ?disabled=${this.busy || this.conflict || !this.unsaved}>${t('save')}</button>
                    <button type="button" class="btn discard" ?disabled=${this.busy || !this.unsaved} @click=${() => this.#discard()}>
                      ${t('discard')}
                    </button>
                    ${this.unsaved ? html`<span class="s amber unsaved">${t('unsaved')}</span>` : nothing}
                  </footer>
                </form>
                ${this.beside()}
              </div>
            `
          : html`<button type="button" class="btn again" ?hidden=${!this.error} @click=${() => this.#load()}>${t('tryAgain')}</button>`}
      </section>
    `;
  }

  /** What stands beside the form, or below it on a narrow page. */
  beside() {
    return nothing;
  }

  #messages() {
    return html`
      <p class="warning" role="alert">${this.error ?? ''}</p>
      <p class="good" role="status">${this.done ?? ''}</p>
      ${this.conflict
        ? html`
            <div class="note amber conflict" role="alert" tabindex="-1">
              <p><b>${t('conflict')(this.conflict['changed-by'], fullTime(this.conflict['changed-at']))}</b> ${t('nothingLost')}</p>
              <p class="line wrap">
                <button type="button" class="btn theirs" ?disabled=${this.busy} @click=${() => this.#theirs()}>${t('takeTheirs')}</button>
                <button type="button" class="btn danger mine" ?disabled=${this.busy} @click=${() => this.#mine()}>${t('saveMine')}</button>
              </p>
            </div>
          `
        : nothing}
    `;
  }
}
