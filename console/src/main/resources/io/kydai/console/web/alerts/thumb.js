/** A report's picture, small. */

import { html } from 'lit';

/** @param {object} report the contract's Report */
export function thumb(report) {
  const snapshot = report.evidence.find((item) => item['media-type'] === 'image/jpeg');
  return html`<span class="pic thumb">
    ${snapshot ? html`<img src=${snapshot.href} alt="" loading="lazy" decoding="async" />` : ''}
  </span>`;
}
