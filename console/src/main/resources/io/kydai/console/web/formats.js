/**
 * Formatters of times and numbers and the order of names, each made once. Making one costs the browser
 * up to a thousand times what using it does, and a table asks for hundreds with every redraw.
 */

/** Languages, zones and styles together are some twenty; past this all are forgotten and made anew. */
const MOST = 64;
const made = new Map();

function once(Kind, locale, options) {
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  let one = made.get(key);
  if (!one) {
    if (made.size >= MOST) made.clear();
    one = new Kind(locale, options);
    made.set(key, one);
  }
  return one;
}

/** @returns {Intl.DateTimeFormat} */
export const timeFormat = (locale, options) => once(Intl.DateTimeFormat, locale, options);

/** @returns {Intl.NumberFormat} */
export const numberFormat = (locale, options) => once(Intl.NumberFormat, locale, options);

/** Compares as people count: 'Cam 2' is before 'Cam 10'. @returns {(one: string, other: string) => number} */
export const nameOrder = (locale) => once(Intl.Collator, locale, { numeric: true, sensitivity: 'base' }).compare;
