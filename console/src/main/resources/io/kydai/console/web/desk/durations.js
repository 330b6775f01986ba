/** Durations as the API has them (ISO 8601), and as hours. */

const FORM = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/;

/** @param {string} iso such as 'PT8H30M' @returns {number} hours */
export function hoursOf(iso) {
  const [, hours = 0, minutes = 0, seconds = 0] = iso.match(FORM) ?? [];
  return Number(hours) + Number(minutes) / 60 + Number(seconds) / 3600;
}

/** @param {number} hours to the minute @returns {string} such as 'PT8H30M' */
export function isoOf(hours) {
  const minutes = Math.round(hours * 60);
  if (!minutes) return 'PT0S';
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${whole ? `${whole}H` : ''}${rest ? `${rest}M` : ''}`;
}

/** @param {string} iso such as 'PT1M30S' @returns {number} whole seconds */
export const secondsOf = (iso) => Math.round(hoursOf(iso) * 3600);
