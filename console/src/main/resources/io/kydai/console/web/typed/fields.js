/** Keeps what is typed into the fields of a form, and puts it back when the form is shown again. */

import { noChange } from 'lit';
import { Directive, PartType, directive } from 'lit/directive.js';
import { t } from '../words/typed.js';
import { forget, isKept, keep, kept } from './kept.js';

const NEVER = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image']);
const SECRET = /password|one-time-code/;
const LOG_IN = /\/\/[^\s/]*@|(pass|pwd|secret|token|auth|key)\w*=\S/i;

/** Whether it is an address with a log-in, or a text with a secret in it. @param {string} text */
export const holdsSecret = (text) => LOG_IN.test(text);

const isChoice = ({ type }) => type === 'checkbox' || type === 'radio';

/** What a field is kept as; nothing where it is not kept. */
function keyOf(field, form) {
  const name = field.name || field.id;
  if (!name || NEVER.has(field.type) || field.readOnly || SECRET.test(field.autocomplete)) return undefined;
  // The fields of an element of its own are kept by the one whose value it is.
  for (let at = field.parentElement; at !== form; at = at.parentElement) if (at.localName.includes('-')) return undefined;
  return isChoice(field) ? `${name}=${field.value}` : name;
}

const valueOf = (field) => (isChoice(field) ? field.checked : field.value);

function put(field, value) {
  if (isChoice(field)) field.checked = value;
  else field.value = value;
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
}

/**
 * @typedef {object} Beside what a form holds that is in none of its fields
 * @property {() => any} get
 * @property {(value: any) => void} set
 */

class TypedFields extends Directive {
  #form;
  #name;
  #beside;
  /** Values as the form was shown, by key. */
  #first = new Map();
  #firstBeside;
  #lastBeside;
  /** Whether something of it is kept, as far as this form knows. */
  #holds = false;
  /** Kept values whose field is not there yet. */
  #waiting = new Map();
  #restoring = false;
  #note;

  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('it belongs to a form');
  }

  render() {
    return noChange;
  }

  update({ element }, [name, beside]) {
    if (!this.#form) {
      this.#form = element;
      for (const kind of ['input', 'change']) element.addEventListener(kind, () => this.#changed());
    }
    const begins = name !== this.#name;
    this.#name = name;
    this.#beside = beside;
    // When the fields have been drawn, too.
    queueMicrotask(() => (begins ? this.#begin() : this.#drawn()));
    return noChange;
  }

  #begin() {
    const { fields = {}, beside } = kept(this.#name) ?? {};
    this.#rebase();
    this.#waiting = new Map(Object.entries(fields));
    this.#holds = isKept(this.#name);
    if (beside !== undefined) this.#beside?.set(beside);
    if (this.#holds) this.#say();
    this.#drawn();
  }

  /** What the form holds now is what it was shown with. */
  #rebase() {
    this.#first = new Map(this.#fields().map(([key, field]) => [key, valueOf(field)]));
    this.#firstBeside = this.#lastBeside = JSON.stringify(this.#beside?.get());
    this.#waiting.clear();
    this.#note?.remove();
    this.#note = undefined;
    this.#holds = false;
  }

  #drawn() {
    // It was sent, and is shown still.
    if (this.#holds && !isKept(this.#name)) this.#rebase();
    for (const [key, field] of this.#fields()) {
      if (!this.#first.has(key)) this.#first.set(key, valueOf(field));
      if (!this.#waiting.has(key)) continue;
      const value = this.#waiting.get(key);
      this.#waiting.delete(key);
      this.#quietly(() => put(field, value));
    }
    const beside = JSON.stringify(this.#beside?.get());
    if (beside !== this.#lastBeside) {
      this.#lastBeside = beside;
      this.#keep();
    }
    if (this.#note) this.#words();
  }

  #fields() {
    return [...this.#form.elements].map((field) => [keyOf(field, this.#form), field]).filter(([key]) => key);
  }

  get #besideChanged() {
    return this.#beside !== undefined && JSON.stringify(this.#beside.get()) !== this.#firstBeside;
  }

  #quietly(act) {
    this.#restoring = true;
    act();
    this.#restoring = false;
  }

  #changed() {
    if (!this.#restoring) this.#keep();
  }

  #keep() {
    const typed = this.#fields().filter(([key, field]) => this.#first.has(key) && valueOf(field) !== this.#first.get(key));
    const fields = Object.fromEntries([
      ...this.#waiting,
      ...typed.map(([key, field]) => [key, valueOf(field)]).filter(([, value]) => !holdsSecret(value)),
    ]);
    const beside = this.#besideChanged ? this.#beside.get() : undefined;
    this.#holds = Object.keys(fields).length > 0 || beside !== undefined;
    keep(this.#name, this.#holds ? { fields, beside } : undefined);
  }

  /** Says that what stands here was typed before, with a way to drop it. */
  #say() {
    const drop = document.createElement('button');
    Object.assign(drop, { type: 'button', className: 'btn small' });
    drop.addEventListener('click', () => this.#drop());
    this.#note = document.createElement('p');
    this.#note.className = 'note amber typed-before';
    this.#note.setAttribute('role', 'status');
    this.#note.append(document.createElement('span'), drop);
    const title = this.#form.querySelector(':scope > :is(h1, h2)');
    if (title) title.after(this.#note);
    else this.#form.prepend(this.#note);
    this.#words();
  }

  #words() {
    const [words, drop] = this.#note.children;
    words.textContent = t('typedBefore');
    drop.textContent = t('dropTyped');
  }

  #drop() {
    this.#waiting.clear();
    this.#quietly(() => {
      if (this.#besideChanged) this.#beside.set(JSON.parse(this.#firstBeside));
      for (const [key, field] of this.#fields()) {
        if (this.#first.has(key) && valueOf(field) !== this.#first.get(key)) put(field, this.#first.get(key));
      }
    });
    forget(this.#name);
    this.#rebase();
  }
}

/**
 * Of a form in a template: `<form ${typed('camera-pause.gate')}>`. Whoever sends or cancels it forgets the name
 * by kept.js. Only what differs from the form as it was shown is kept.
 *
 * @param {string} name of the form, and of what it is about
 * @param {Beside} [beside]
 */
export const typed = directive(TypedFields);
