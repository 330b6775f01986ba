/**
 * Decisions on their way to the server. A decision is sent at once, and undone by reopening: one that
 * waited for the end of its undo would be lost with the page. It is kept in the browser, for each
 * account, until the server has answered, and sent again when the server is back. The versions that
 * it carries make that safe: what was decided on meanwhile is refused, and never decided on twice.
 */

import { decide, events, report, session } from '../server.js';

const MOST = 50;
/** How long after a failure it is sent again, where no 'hello' of a new socket comes before. */
const AGAIN_MS = 3_000;

/**
 * @typedef {object} Decision
 * @property {string} key its own
 * @property {string} action
 * @property {string} [reason]
 * @property {string} [agency]
 * @property {{id: string, version: number}[]} reports as they were seen
 * @property {{incidents: string[], type: string, camera: string}} of which incidents, and words for people
 */

class Outbox extends EventTarget {
  #storage;
  #busy = false;
  #timer;
  #name;
  waiting = [];

  constructor() {
    super();
    session.then(({ account }) => {
      this.#storage = `kydai.decisions.${account?.id ?? ''}`;
      this.#name = account?.name;
      this.waiting = JSON.parse(localStorage.getItem(this.#storage) ?? '[]');
      events.addEventListener('hello', () => this.#send());
      this.#send();
    });
  }

  /** Whether a report's decision has not been answered yet. */
  has = (id) => this.waiting.some(({ reports }) => reports.some((one) => one.id === id));

  /** Takes a decision; fires 'done' or 'refused' later. @param {Omit<Decision, 'key'>} decision @returns {boolean} whether there was room */
  add(decision) {
    if (this.waiting.length >= MOST) return false;
    const kept = { ...decision, key: `${Date.now()}-${Math.random()}` };
    this.#keep((waiting) => [...waiting, kept]);
    this.#send();
    return true;
  }

  /** Changes what is kept, which another window of the account may have changed. */
  #keep(change) {
    this.waiting = change(JSON.parse(localStorage.getItem(this.#storage) ?? '[]'));
    localStorage.setItem(this.#storage, JSON.stringify(this.waiting));
    this.dispatchEvent(new Event('change'));
  }

  #tell(event, detail) {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }

  async #send() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    while (this.waiting.length) {
      const [decision] = this.waiting;
      const { action, reason, agency, reports } = decision;
      const answered = () => this.#keep((waiting) => waiting.filter(({ key }) => key !== decision.key));
      try {
        const answer = await decide({ action, reason, agency, reports });
        answered();
        this.#tell('done', { decision, reports: answer.reports });
      } catch (error) {
        // Not a refusal: the server is away, or cannot answer now. 'hello' tries again.
        if (!error.status || error.status >= 500 || error.status === 429 || error.status === 401) break;
        const taken = error.status === 409 ? await this.#taken(decision) : undefined;
        if (error.status === 409 && taken === undefined) break;
        answered();
        if (taken) this.#tell('done', { decision, reports: taken });
        else this.#tell('refused', { decision, error });
      }
    }
    this.#busy = false;
    if (this.waiting.length) this.#timer = setTimeout(() => this.#send(), AGAIN_MS);
  }

  /**
   * Whether the server took a decision whose answer was lost.
   *
   * @returns {Promise<object[]|false|undefined>} the reports where it did, undefined where nobody can tell yet
   */
  async #taken({ action, reports }) {
    try {
      const now = await Promise.all(reports.map(({ id }) => report(id)));
      const mine = now.every(({ history }, at) => {
        const later = (history ?? []).slice(reports[at].version);
        return later.some((step) => step.actor === this.#name && step.action === action);
      });
      return mine ? now : false;
    } catch (error) {
      return error.status ? false : undefined;
    }
  }
}

/** Fires 'change', 'done' with the decision and its reports, 'refused' with the decision and the error. */
export const outbox = new Outbox();
