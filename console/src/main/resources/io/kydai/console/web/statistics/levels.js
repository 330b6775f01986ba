/** Levels of service as rows of cells, one for each piece of time, with the letter in each. */

import { html, nothing } from 'lit';
import { t } from '../words/statistics.js';
import { siteTime } from './format.js';

/** @param {object[]} elements of the statistics @param {{days: number}} shown */
export function levels(elements, { days }) {
  const rows = elements.filter(({ pieces }) => pieces.some((piece) => piece['level-of-service']));
  if (!rows.length) return nothing;
  const times = [...new Set(rows.flatMap(({ pieces }) => pieces.map(({ from }) => from)))].sort();
  return html`
    <section class="card stat-card levels">
      <div class="cardhead"><h2>${t('levels')}</h2></div>
      <div class="wide" tabindex="0" role="region" aria-label=${t('levels')}>
        <table class="los">
          <thead><tr><th></th>${times.map((at) => html`<th scope="col">${siteTime(Date.parse(at), days === 1 ? 'hour' : 'full')}</th>`)}</tr></thead>
          <tbody>${rows.map((row) => html`
            <tr><th scope="row">${row.camera} · ${row.id}</th>${times.map((at) => cell(row, at))}</tr>
          `)}</tbody>
        </table>
      </div>
      <p class="dim">${Object.entries(t('levelsOf')).map(([level, words]) => html`<span class="los-key"><span class="los-${level.toLowerCase()}"></span>${words}</span>`)}</p>
    </section>
  `;
}

function cell(row, at) {
  const level = row.pieces.find(({ from }) => from === at)?.['level-of-service'];
  return level ? html`<td class="los-${level.toLowerCase()}">${level}</td>` : html`<td></td>`;
}
