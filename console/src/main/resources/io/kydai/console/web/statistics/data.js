/** The statistics as series of numbers: which are asked for, and what a chart and a table show of them. */

import { timeFormat } from '../formats.js';
import { siteNow, siteZone } from '../site.js';

const DAY = 86_400_000;

/** The quantities that a page shows, in the order of its charts. */
export const QUANTITIES = ['count', 'movement', 'occupancy', 'speed'];

/** The offset of the site's zone at a moment, in milliseconds ahead of UTC. */
function offset(at) {
  const parts = Object.fromEntries(
    timeFormat('en-GB', {
      timeZone: siteZone(), hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return local - Math.floor(at / 1000) * 1000;
}

/** The beginning of a day at the site, so many days from that of a moment. */
export function midnight(at, days = 0) {
  const day = Math.floor((at + offset(at)) / DAY) + days;
  const guess = day * DAY - offset(at);
  return day * DAY - offset(guess);
}

/**
 * The time that is shown, and the time before it that it is compared with: a day with the same day of
 * the week before, more days with as many before.
 *
 * @param {number} days
 * @param {number} [now]
 * @returns {{now: {from: number, to: number}, before: {from: number, to: number}, shift: number}}
 */
export function spans(days, now = siteNow()) {
  const back = days === 1 ? 7 : days;
  const from = midnight(now, 1 - days);
  const to = midnight(now, 1);
  const earlier = { from: midnight(from, -back), to: midnight(to, -back) };
  return { now: { from, to }, before: earlier, shift: from - earlier.from };
}

/** What one piece of an element has of a quantity; undefined where it has none. */
export function valueOf(piece, kind, quantity) {
  switch (quantity) {
    case 'count':
      return kind === 'line' ? sum(piece.counts) : undefined;
    case 'movement':
      return kind === 'movement' ? sum(piece.counts) : undefined;
    case 'occupancy':
      return piece.occupancy?.mean;
    default:
      return piece.speed?.mean;
  }
}

const sum = (counts) => (counts ? counts.reduce((all, { count }) => all + count, 0) : 0);

/**
 * One series over all chosen elements: counts and objects add up, speeds are a mean.
 *
 * @returns {Map<number, {value: number, watched: number, percentile?: number}>} by time; a time that no
 *   element watched is absent
 */
export function series(elements, quantity) {
  const all = new Map();
  for (const { kind, pieces } of elements) {
    for (const piece of pieces) {
      const value = valueOf(piece, kind, quantity);
      if (value === undefined) continue;
      const at = Date.parse(piece.from);
      const one = all.get(at) ?? { sum: 0, number: 0, watched: 0, percentile: undefined };
      one.sum += value;
      one.number += 1;
      one.watched += piece.watched;
      one.percentile = max(one.percentile, piece.speed?.['percentile-85']);
      all.set(at, one);
    }
  }
  const mean = quantity === 'speed';
  return new Map(
    [...all]
      .sort(([one], [other]) => one - other)
      .map(([at, one]) => [
        at,
        { value: mean ? one.sum / one.number : one.sum, watched: one.watched / one.number, percentile: one.percentile },
      ]),
  );
}

const max = (one, other) => (other === undefined ? one : Math.max(one ?? other, other));

/**
 * Two series on one axis: seconds, the values now, the values before at the same place of their time.
 * A gap is null, which a chart does not bridge.
 */
export function aligned(now, before, { from, to }, shift, stepMinutes) {
  const times = new Set();
  for (const at of now.keys()) times.add(at);
  for (const at of before.keys()) times.add(at + shift);
  const step = stepMinutes * 60_000;
  const sorted = [...times].filter((at) => at >= from && at < to).sort((one, other) => one - other);
  const axis = [];
  for (const at of sorted) {
    // Between two pieces that are further apart is a gap, at which the line breaks.
    if (axis.length && at - axis.at(-1) > step * 1.5) axis.push(axis.at(-1) + step);
    axis.push(at);
  }
  return [
    axis.map((at) => at / 1000),
    axis.map((at) => now.get(at)?.value ?? null),
    axis.map((at) => before.get(at - shift)?.value ?? null),
  ];
}

/** The largest value and its time; undefined of an empty series. */
export function peak(values) {
  let best;
  for (const [at, { value }] of values) if (!best || value > best.value) best = { at, value };
  return best;
}
