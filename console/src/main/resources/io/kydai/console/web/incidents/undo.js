/** What became of decisions: the one that can be undone for 5 s, those that wait, those that were refused. */

import { html, nothing } from 'lit';
import { icon, sign } from '../frame/icons.js';
import { address } from '../frame/place.js';
import { typeName } from '../i18n.js';
import { t } from '../words/incidents.js';
import { conflictWords } from './conflict.js';
import { outbox } from './outbox.js';

const UNDO_MS = 5_000;
const UNDONE = new Set(['verify', 'reject']);

export class Outcome {
  #redraw;
  #timer;
  #last;
  #refused = [];

  /** @param {() => void} redraw @param {AbortSignal} signal ends it */
  constructor(redraw, signal) {
    this.#redraw = redraw;
    outbox.addEventListener('done', ({ detail }) => this.#done(detail), { signal });
    outbox.addEventListener('refused', ({ detail }) => this.#refuse(detail), { signal });
    outbox.addEventListener('change', redraw, { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  #done(one) {
    clearTimeout(this.#timer);
    this.#last = UNDONE.has(one.decision.action) ? one : undefined;
    this.#timer = setTimeout(() => {
      this.#last = undefined;
      this.#redraw();
    }, UNDO_MS);
    this.#redraw();
  }

  /** Takes the last decision back. @returns {string[]|undefined} its incidents */
  undo() {
    if (!this.#last) return undefined;
    const { decision, reports } = this.#last;
    this.#last = undefined;
    outbox.add({ action: 'reopen', reason: t('undoReason'), reports: reports.map(({ id, version }) => ({ id, version })), of: decision.of });
    this.#redraw();
    return decision.of.incidents;
  }

  /** Says who did what, and when, instead. */
  async #refuse({ decision, error }) {
    const why = await conflictWords(error, decision.reports);
    this.#refused = [...this.#refused.slice(-2), { decision, why }];
    this.#redraw();
  }

  #what = ({ action, reason, reports, of }) =>
    [t(action), reason, `${typeName(of.type)}${reports.length > 1 ? ` ×${reports.length}` : ''}`].filter(Boolean).join(' · ');

  /** @param {() => void} undo takes the last one back, and shows it */
  view(undo) {
    const waiting = outbox.waiting.length;
    return html`
      ${this.#refused.map(
        (one) => html`<div class="note red conflict" role="alert">
          <b>${t('notDone')(this.#what(one.decision))}</b> ${one.why}
          <a href=${address('incidents', one.decision.of.incidents[0])}>${t('look')}</a>
          <button type="button" class="btn quiet small icon" aria-label=${t('close')} @click=${() => {
            this.#refused = this.#refused.filter((other) => other !== one);
            this.#redraw();
          }}>${icon('close')}</button>
        </div>`,
      )}
      <div role="status">
        ${waiting ? html`<p class="note amber waiting">${t('waiting')(waiting)}</p>` : nothing}
        ${this.#last
          ? html`<div class="undo">${sign('done')}<span class="grow cut">${this.#what(this.#last.decision)}</span>
              <button type="button" class="btn small" @click=${undo}>${t('undo')}<kbd>z</kbd></button></div>`
          : nothing}
      </div>
    `;
  }
}
