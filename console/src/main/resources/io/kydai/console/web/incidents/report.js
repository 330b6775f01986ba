/** The address of one report: leads to it in its incident. */

import { html, render } from 'lit';
import { address, go } from '../frame/place.js';
import { problemWords } from '../problems.js';
import { report as fetchReport } from '../server.js';

export function mount(host, place) {
  let shown = true;
  async function lead({ id }) {
    try {
      const report = id && (await fetchReport(id));
      if (shown) go(report ? address('incidents', report.incident ?? report.id, { report: id }) : address('incidents'), { replace: true });
    } catch (error) {
      if (shown) render(html`<section class="page"><p class="note red" role="alert">${problemWords(error)}</p></section>`, host);
    }
  }
  lead(place);
  return { update: lead, unmount: () => (shown = false) };
}
