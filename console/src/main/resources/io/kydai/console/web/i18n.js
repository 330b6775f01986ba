/** Languages, and how times and numbers are written. The words themselves are in words/, by page. */

import { nameOrder, numberFormat, timeFormat } from './formats.js';
import { words as common } from './words/common.js';
import { siteZone } from './site.js';

const STORED = 'kydai.language';

/** Vietnamese is first and the default. */
export const languages = ['vi', 'en'];

let language = languages.find((one) => one === localStorage.getItem(STORED)) ?? 'vi';
document.documentElement.lang = language;

export const currentLanguage = () => language;

/** Changes the language; fires 'languagechange' on the document, after which each page draws itself anew. */
export function setLanguage(next) {
  language = next;
  localStorage.setItem(STORED, next);
  document.documentElement.lang = next;
  document.dispatchEvent(new Event('languagechange'));
}

/**
 * Makes the function that looks words up: in a page's own words, then in those of all pages. A key
 * without a word comes back itself, as for a rule type of a later version.
 *
 * @param {{vi: object, en: object}} [own]
 * @returns {(key: string) => any} a text, or a function or list where the words have one
 */
export const translator = (own) => (key) => own?.[language][key] ?? common[language][key] ?? key;

/** The words of all pages. */
export const t = translator();

let types = new Map();

/** Takes the types of rules as the server lists them, with their titles. */
export function setRuleTypes(list) {
  types = new Map(list.map((type) => [type.name, type]));
  document.dispatchEvent(new Event('languagechange'));
}

/** The title of a rule's type; its name where the server does not know it any more. */
export function typeName(type) {
  const title = types.get(type)?.title[language] ?? type;
  return title.charAt(0).toLocaleUpperCase(language) + title.slice(1);
}

/** The names of the types that raise alerts, in the order of their titles. */
export const alertTypes = () =>
  [...types.values()]
    .filter(({ outcome }) => outcome === 'alerts')
    .map(({ name }) => name)
    .sort((one, other) => byName(typeName(one), typeName(other)));

/** Those of them whose alerts are work of the desk: what a camera's own fault is, is not. */
export const deskTypes = () => alertTypes().filter((name) => types.get(name).group !== 'camera');

/** What a detector calls its classes, in the page's language; the class itself where there is no word. */
export const className = (label) => t('classNames')[label] ?? label;

/** The name of a value that an alert was measured by; the key itself where it says enough. */
export const measureName = (key) => t('measures')[key] ?? key;

/** The language and region by which times and numbers are written. */
export const locale = () => (language === 'vi' ? 'vi-VN' : 'en-GB');
const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

const written = (at, parts) =>
  timeFormat(locale(), { timeZone: siteZone(), ...parts }).format(new Date(at));

/** '19:09:33' in the site's time zone. @param {string|number|Date} at */
export const time = (at) => written(at, TIME);

/** '28/11/2026'. */
export const date = (at) =>
  ['day', 'month', 'year']
    .map((part) => written(at, { [part]: part === 'year' ? 'numeric' : '2-digit' }).padStart(2, '0'))
    .join('/');

/** '28/11 19:09:33'. */
export const dateTime = (at) => `${date(at).slice(0, 5)} ${time(at)}`;

/** '28/11/2026 19:09:33': with its year. */
export const fullTime = (at) => `${date(at)} ${time(at)}`;

/** 'UTC+7': the site's time zone at a moment. */
export function zoneName(at = Date.now()) {
  const parts = timeFormat('en-GB', {
    timeZone: siteZone(),
    timeZoneName: 'shortOffset',
  }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === 'timeZoneName').value.replace('GMT', 'UTC');
}

/** A field's name with the zone in which its time is meant: 'Từ (UTC+7)'. */
export const zoned = (word) => `${word} (${zoneName()})`;

export const number = (value, digits = 0) =>
  numberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

/** '12 giây', '4 phút', '3 giờ', '2 ngày': one unit, the largest that fits. @param {number} seconds */
export function duration(seconds) {
  const [unit, size] = [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ].find(([, length]) => seconds >= length) ?? ['second', 1];
  return t('duration')(Math.floor(seconds / size), unit);
}

/** Orders names as people count: 'Cam 2' is before 'Cam 10'. */
export const byName = (one, other) => nameOrder(language)(one, other);

/** Things in the order of their names; those without one by their ids. @returns {object[]} another list */
export function inNameOrder(things) {
  const order = nameOrder(language);
  return things.toSorted((one, other) => order(one.name ?? one.id, other.name ?? other.id));
}
