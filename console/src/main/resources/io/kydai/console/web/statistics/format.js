/** Numbers and times of the statistics, as people write them. */

import { numberFormat, timeFormat } from '../formats.js';
import { locale } from '../i18n.js';
import { siteZone } from '../site.js';

/** A number with at most one decimal; nothing where there is none. */
export const number = (value) =>
  value === null || value === undefined
    ? ''
    : numberFormat(locale(), { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);

/** A part as per cent. */
export const percent = (part) => numberFormat(locale(), { style: 'percent' }).format(part);

const PARTS = {
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: '2-digit', month: '2-digit' },
  full: { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' },
};

/** A time of the site; dates as everywhere else, '23/11'. @param {'hour'|'day'|'full'} parts */
export const siteTime = (at, parts) =>
  timeFormat(locale(), { timeZone: siteZone(), hourCycle: 'h23', ...PARTS[parts] }).format(at).replaceAll('-', '/');
