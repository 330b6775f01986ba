/** Short messages over the page, for 5 s; one may have a way back ('Undo'). */

import { html, nothing, render } from 'lit';
import { icon } from './icons.js';
import { t } from '../words/frame.js';

const SHOWN_MS = 5_000;
let shown = [];

function host() {
  const found = document.querySelector('.toasts');
  if (found) return found;
  const made = document.createElement('div');
  made.className = 'toasts';
  made.setAttribute('role', 'status');
  document.body.append(made);
  return made;
}

function draw() {
  render(
    shown.map(
      (one) => html`
        <div class="toast">
          <span>${one.words}</span>
          ${one.undo
            ? html`<button type="button" class="btn small" @click=${() => (remove(one), one.undo())}>${t('undo')}<kbd>z</kbd></button>`
            : nothing}
          <button type="button" class="btn quiet small icon" aria-label=${t('close')} @click=${() => remove(one)}>${icon('close')}</button>
        </div>
      `,
    ),
    host(),
  );
}

function remove(one) {
  shown = shown.filter((other) => other !== one);
  draw();
}

/** Shows a message. @param {string} words @param {() => void} [undo] takes it back */
export function toast(words, undo) {
  const one = { words, undo };
  shown = [...shown.slice(-2), one];
  draw();
  setTimeout(() => remove(one), SHOWN_MS);
}
