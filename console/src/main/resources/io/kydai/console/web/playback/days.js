/** Days and months of the site. */

import { date, time } from '../i18n.js';
import { midnight } from '../statistics/data.js';

/** {year, month (1 to 12), day} of a moment at the site. */
export function parts(at) {
  const [day, month, year] = date(at).split('/').map(Number);
  return { year, month, day };
}

/** '2026-11'. */
export const monthName = ({ year, month }) => `${year}-${String(month).padStart(2, '0')}`;

/** A month so many after another. */
export function monthAfter({ year, month }, count) {
  const at = new Date(Date.UTC(year, month - 1 + count, 1));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 };
}

/** The beginning of a day at the site, in milliseconds. Noon in UTC is that day in most zones, and near it in all. */
export function dayStart({ year, month, day }) {
  const noon = Date.UTC(year, month - 1, day, 12);
  const found = parts(noon);
  return midnight(noon, found.day === day ? 0 : found.day > day && found.month === month ? -1 : 1);
}

/** The weeks of a month from Monday on: days, and undefined where the month has none. */
export function weeks({ year, month }) {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const cells = [...Array(before).fill(undefined), ...Array.from({ length: count }, (_, i) => i + 1)];
  while (cells.length % 7) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
}

/** '19:09:33.8' at the site. */
export const exactTime = (at) => `${time(at)}.${Math.floor((((at % 1000) + 1000) % 1000) / 100)}`;

/** '19:09' at the site. */
export const shortTime = (at) => time(at).slice(0, 5);
