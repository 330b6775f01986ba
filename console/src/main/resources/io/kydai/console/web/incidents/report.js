/** The address of one report: leads to it in its incident, or to the camera whose fault it is. */

import { html, render } from 'lit';
import { address, go } from '../frame/place.js';
import { problemWords } from '../problems.js';
import { report as fetchReport } from '../server.js';

function placeOf(report) {
  if (!report) return address('incidents');
  return report.state === 'maintenance' ? address('cameras', report.camera, { item: report.id }) : address('incidents', report.incident ?? report.id, { report: report.id });
}

export function mount(host, place) {
  let shown = true;
  async function lead({ id }) {
    try {
      const report = id && (await fetchReport(id));
      if (shown) go(placeOf(report), { replace: true });
    } catch (error) {
      if (shown) render(html`<section class="page"><p class="note red" role="alert">${problemWords(error)}</p></section>`, host);
    }
  }
  lead(place);
  return { update: lead, unmount: () => (shown = false) };
}
