/**
 * Steps that wait to be sent, one after the other. One that the network or the server held up is
 * tried again by itself; one that the server refused stays, with its words, until somebody decides.
 * A step carries the version on which it was taken, so that sending it twice does nothing twice.
 */

import { act, addComment, attach, comments, events, report as fetchReport, session } from '../server.js';
import { forget, keep, keptAll } from './kept.js';

const FIRST_RETRY_MS = 4_000;
const LONGEST_RETRY_MS = 60_000;

/** Whether another attempt may succeed: the network failed, or the server was not able to. */
const passing = ({ status }) => !status || status >= 500 || status === 408 || status === 429;

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} report whose step it is
 * @property {number} version of the report on which it was decided
 * @property {string} action an action of the report, or 'comment'
 * @property {string} [words] the reason, or the comment
 * @property {Blob} [photo] which is attached before
 * @property {boolean} [attached] whether the server has the photo
 * @property {number} tries how often it was sent
 * @property {{message: string, status: number}} [refused] what the server said
 */

class Outbox extends EventTarget {
  /** @type {Step[]} in the order in which they are sent */
  steps = [];
  #account = '';
  #name = '';
  #sending = false;
  #retry = FIRST_RETRY_MS;
  #timer;
  #count = 0;

  constructor() {
    super();
    session.then(async ({ account }) => {
      this.#account = account?.id ?? '';
      this.#name = account?.name ?? '';
      const waiting = await keptAll(`step ${this.#account} `);
      this.steps = [...waiting, ...this.steps];
      this.#changed();
      this.#send();
    });
    events.addEventListener('hello', () => this.#again());
    addEventListener('online', () => this.#again());
  }

  /** Steps that were sent without an answer, or wait behind one. */
  get waiting() {
    return this.steps.filter(({ refused }) => !refused);
  }

  /** Whether the last attempt failed for want of a network or a server. */
  get slow() {
    return this.waiting.some(({ tries }) => tries > 0);
  }

  /** The steps of a report. */
  of(report) {
    return this.steps.filter((step) => step.report === report);
  }

  /** Takes a step, and sends it as soon as it can. @param {Omit<Step, 'id'|'tries'>} step */
  async add(step) {
    await session;
    const order = `${String(Date.now()).padStart(14, '0')}-${String((this.#count += 1)).padStart(4, '0')}`;
    const whole = { ...step, id: `step ${this.#account} ${order}`, at: Date.now(), tries: 0 };
    this.steps = [...this.steps, whole];
    await keep(whole);
    this.#changed();
    this.#send();
  }

  /** Gives a refused step up. */
  async drop(step) {
    this.steps = this.steps.filter(({ id }) => id !== step.id);
    await forget(step.id);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #again() {
    clearTimeout(this.#timer);
    this.#retry = FIRST_RETRY_MS;
    this.#send();
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        if (!(await this.#attempt(next))) break;
      }
    } finally {
      this.#sending = false;
    }
  }

  /** @returns {Promise<boolean>} whether the next step may be sent */
  async #attempt(step) {
    try {
      const report = await this.#deliver(step);
      await this.drop(step);
      this.#retry = FIRST_RETRY_MS;
      this.dispatchEvent(new CustomEvent('sent', { detail: { step, report } }));
      return true;
    } catch (error) {
      step.tries += 1;
      if (passing(error)) {
        this.#timer = setTimeout(() => this.#send(), this.#retry);
        this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY_MS);
      } else {
        step.refused = { message: error.message, status: error.status };
        this.dispatchEvent(new CustomEvent('refused', { detail: { step } }));
      }
      await keep(step);
      this.#changed();
      return !passing(error);
    }
  }

  async #deliver(step) {
    if (step.photo && !step.attached) {
      await attach(step.report, `${step.action}.jpg`, step.photo);
      step.attached = true;
      await keep(step);
    }
    if (step.action === 'comment') {
      if (!(step.tries && (await this.#commented(step)))) await addComment(step.report, { text: step.words });
      return undefined;
    }
    try {
      return await act(step.report, step.action, {
        version: step.version,
        ...(step.words ? { reason: step.words } : {}),
      });
    } catch (error) {
      const done = error.status === 409 && step.tries ? await this.#done(step) : undefined;
      if (done) return done;
      throw error;
    }
  }

  /** The report where an attempt before was taken, whose answer got lost. */
  async #done(step) {
    const report = await fetchReport(step.report);
    const last = report.history.at(-1);
    const own = last?.action === step.action && last.actor === this.#name;
    return own && report.version === step.version + 1 ? report : undefined;
  }

  async #commented(step) {
    const list = await comments(step.report);
    return list.some(({ actor, text, at }) => actor === this.#name && text === step.words.trim() && Date.parse(at) > step.at - 60_000);
  }
}

/** Fires 'change', 'sent' with the step and the report after it, and 'refused' with the step. */
export const outbox = new Outbox();
