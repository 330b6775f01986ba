/** What of a text looks like a plate: such words find nothing, and lead to the search by plate. */

const PLATE = /(?<![\p{L}\p{N}])\d{2}[\s.-]{0,3}[a-zđ]{1,2}\d?[\s.-]{0,3}\d{3}[\s.-]?\d{1,2}(?![\p{L}\p{N}])/iu;

/** @returns {string|undefined} the first plate in a text, as plates are written: capitals and digits */
export const plateIn = (text = '') => PLATE.exec(text)?.[0].replace(/[\s.-]+/g, '').toLocaleUpperCase('en');
