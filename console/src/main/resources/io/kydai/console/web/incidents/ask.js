/** The dialogs that ask for words: the agency, a comment, a mute. What is typed stays until it is taken or cancelled. */

import { html } from 'lit';
import { forget, keep, kept } from '../typed/kept.js';
import { t } from '../words/incidents.js';

const HOURS = [1, 4, 12, 24, 72, 168];

/** The id of an agency, which may be typed by its name as well. */
export const agencyOf = (text, agencies) =>
  agencies.find(({ name }) => name.localeCompare(text, 'vi', { sensitivity: 'accent' }) === 0)?.id ?? text;

/**
 * @param {'assign'|'mute'|'reopen'|'close'|'comment'} what
 * @param {string} key under which what is typed is kept
 * @param {{agencies: object[], proposal?: string, rule: string, busy: boolean, error?: string}} known
 * @param {(values: Record<string, string>) => void} take
 * @param {() => void} close
 */
export function ask(what, key, { agencies, proposal, rule, busy, error }, take, close) {
  const draft = kept(key) ?? (what === 'assign' && proposal ? { words: proposal } : {});
  const values = (form) => Object.fromEntries(new FormData(form));
  // The page takes the dialog away at once: a browser tells of 'close' later, when the next may be open.
  return html`
    <dialog
      class="dlg wish"
      aria-labelledby="ask-title"
      @cancel=${(event) => {
        event.preventDefault();
        close();
      }}
      @close=${(event) => event.currentTarget.isConnected && close()}
    >
      <form
        @input=${(event) => keep(key, values(event.currentTarget))}
        @submit=${(event) => {
          event.preventDefault();
          if (!busy) take(values(event.currentTarget));
        }}
      >
        <h2 id="ask-title" class="dlgh">${what === 'mute' ? t('muteRule')(rule) : t(`ask_${what}`)}</h2>
        ${error ? html`<p class="note red" role="alert">${error}</p>` : ''}
        ${what === 'mute'
          ? html`<label>${t('muteFor')}
              <select class="in" name="hours">
                ${HOURS.map((hours) => html`<option value=${hours} ?selected=${String(hours) === draft.hours}>${t('hours')(hours)}</option>`)}
              </select></label>`
          : ''}
        <label>
          ${what === 'assign' ? t('agency') : what === 'comment' ? t('comment') : t('reason')}
          <input class="in" name="words" list="agencies" maxlength=${what === 'assign' ? 200 : 500} required autocomplete="off" autofocus .value=${draft.words ?? ''} />
        </label>
        ${what === 'assign'
          ? html`<datalist id="agencies">${agencies.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</datalist>`
          : ''}
        <footer>
          <button type="button" class="btn quiet" @click=${() => (forget(key), close())}>${t('cancel')}</button>
          <button class="btn primary" ?disabled=${busy}>${t(`do_${what}`)}</button>
        </footer>
      </form>
    </dialog>
  `;
}
