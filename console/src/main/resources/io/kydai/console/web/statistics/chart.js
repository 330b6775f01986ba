/** A chart of two series by uPlot: now as a solid teal line, before as a dashed grey one, the peak written. */

import uPlot from '/webjars/uplot/1.6.30/dist/uPlot.esm.js';
import { number, siteTime } from './format.js';
import { siteZone } from '../site.js';

/** At type of 16 px; all grows with the type. */
const HEIGHT = 240;
const TYPE = 15;
const DAY_SECONDS = 86_400;

/** The charts' own style, which no other page loads. */
export function chartStyle() {
  for (const href of ['/webjars/uplot/1.6.30/dist/uPlot.min.css', '/styles/statistics.css']) {
    if (document.head.querySelector(`link[href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
}

/** How much larger than usual the type is, on a wall of screens. */
const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
const height = () => Math.round(HEIGHT * scale());

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws the peak's value over its point. */
function peakLabel(chart, data) {
  const values = data[1];
  let best = -1;
  values.forEach((value, i) => {
    if (value !== null && (best < 0 || value > values[best])) best = i;
  });
  if (best < 0) return;
  const { ctx } = chart;
  const x = chart.valToPos(data[0][best], 'x', true);
  const y = chart.valToPos(values[best], 'y', true);
  ctx.save();
  ctx.fillStyle = colour('--teal');
  ctx.beginPath();
  const pixel = devicePixelRatio * scale();
  ctx.arc(x, y, 4 * pixel, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillStyle = colour('--ink');
  ctx.font = `600 ${TYPE * pixel}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = 'center';
  ctx.fillText(number(values[best]), x, y - 8 * pixel);
  ctx.restore();
}

/**
 * Puts a chart into an element.
 *
 * @param {HTMLElement} host
 * @param {number[][]} data seconds, now, before
 * @param {{from: number, to: number}} span in milliseconds
 * @param {boolean} days whether the axis names days and not hours
 * @returns {{close: () => void}} closing it removes it
 */
export function chart(host, data, span, days) {
  let plot = drawn(host, data, span, days);
  let grown = scale();
  const resize = new ResizeObserver(() => {
    if (scale() === grown) {
      plot.setSize({ width: Math.max(200, host.clientWidth), height: height() });
      return;
    }
    // The type has another size, as on another screen: so have the labels.
    grown = scale();
    plot.destroy();
    plot = drawn(host, data, span, days);
  });
  resize.observe(host);
  return {
    close() {
      resize.disconnect();
      plot.destroy();
    },
  };
}

function drawn(host, data, span, days) {
  const grown = scale();
  const axis = () => ({ stroke: colour('--ink-3'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `${TYPE * grown}px ${getComputedStyle(document.body).fontFamily}` });
  return new uPlot(
    {
      width: Math.max(200, host.clientWidth),
      height: height(),
      legend: { show: false },
      cursor: { y: false, points: { size: 8 } },
      padding: [24 * grown, 24 * grown, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), siteZone()),
      scales: { x: { range: [span.from / 1000, span.to / 1000] }, y: { range: (u, low, high) => [0, Math.max(1, (high ?? 1) * 1.12)] } },
      axes: [
        {
          ...axis(),
          // Whole days, so that no date is written twice.
          ...(days ? { incrs: [1, 2, 3, 5, 7, 14].map((count) => count * DAY_SECONDS) } : {}),
          space: 60 * grown,
          gap: 10 * grown,
          size: 50 * grown,
          values: (u, splits) => splits.map((at) => siteTime(at * 1000, days ? 'day' : 'hour')),
        },
        { ...axis(), size: 64 * grown, values: (u, splits) => splits.map(number) },
      ],
      series: [
        {},
        { stroke: colour('--teal'), width: 2.5 * grown, fill: colour('--teal-bg'), points: { size: 5 * grown }, spanGaps: false },
        { stroke: colour('--ink-3'), width: 2 * grown, dash: [6 * grown, 5 * grown], points: { show: false }, spanGaps: false },
      ],
      hooks: { draw: [(u) => peakLabel(u, data)] },
    },
    data,
    host,
  );
}
