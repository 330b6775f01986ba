/** Times in fields of the type datetime-local, by the site's clock and not the browser's. */

import { timeFormat } from './formats.js';
import { siteZone } from './site.js';

const PARTS = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

/** '2026-11-28T19:09:33'. @param {number} at milliseconds since 1970 */
export function toSiteField(at) {
  const parts = Object.fromEntries(
    timeFormat('en-GB', { timeZone: siteZone(), ...PARTS }).formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

/** @returns {number} milliseconds since 1970; NaN for an empty field */
export function fromSiteField(text) {
  const written = Date.parse(`${text}${text.length === 16 ? ':00' : ''}Z`);
  if (Number.isNaN(written)) return NaN;
  const ahead = (at) => Date.parse(`${toSiteField(at)}Z`) - Math.floor(at / 1000) * 1000;
  // By the offset that holds there, also where the clocks are changed near it.
  return written - ahead(written - ahead(written));
}

/** '2026-11-28T19:09', for a field without seconds. @param {string} [iso] a time; absent for an empty field */
export const toField = (iso) => (iso ? toSiteField(Date.parse(iso)).slice(0, 16) : '');

/** @returns {string|undefined} the time in UTC; nothing for an empty field */
export function fromField(text) {
  const at = fromSiteField(text ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** The time of a field; the time that it was filled with where nobody changed it, seconds and all. */
export const changedField = (text, before) => (text === toField(before) ? before : fromField(text));
