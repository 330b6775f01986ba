/** The conditions of a search: they are in the address, and the same ones are saved and sent. */

import { alertTypes, fullTime, typeName } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/search.js';

const HOUR_MS = 3_600_000;

/** The names of conditions, as the address and saved searches have them. */
export const NAMES = ['text', 'span', 'from', 'until', 'plate', 'type', 'camera', 'group', 'area', 'polygon', 'state', 'agency', 'order'];

/** How many hours until now can be chosen. */
export const SPANS = ['1', '24', '168', '720'];

export const STATES = ['received', 'second-review', 'verified', 'assigned', 'in-progress', 'resolved', 'returned', 'rejected', 'closed', 'maintenance'];

/** Those of an address. @param {URLSearchParams} query */
export const conditionsOf = (query) =>
  Object.fromEntries(NAMES.map((name) => [name, query.get(name) ?? '']).filter(([, value]) => value));

/** What the server is asked for. @param {object} conditions @param {string} [reason] for a plate */
export function sent({ span, ...conditions }, reason) {
  const from = span ? { from: new Date(siteNow() - Number(span) * HOUR_MS).toISOString() } : {};
  return { ...conditions, ...from, ...(conditions.plate ? { reason } : {}) };
}

const named = (list, id) => list.find((one) => one.id === id)?.name ?? t('notThere')(id);

/** What can be chosen of each, with its words. @param {{cameras, groups, areas, agencies}} known */
export function choices(known) {
  const places = (list) => list.map(({ id, name }) => [id, name ?? id]);
  return {
    type: alertTypes().map((type) => [type, typeName(type)]),
    state: STATES.map((state) => [state, t(state)]),
    camera: places(known.cameras),
    group: places(known.groups),
    area: places(known.areas),
    agency: places(known.agencies),
  };
}

/** The most corners that an area of a search has. */
export const MOST_CORNERS = 50;

/** The corners of a drawn area, as the address has them. @returns {number[][]} */
export function cornersOf(text = '') {
  const degrees = text.split(',').map(Number).filter(Number.isFinite);
  return Array.from({ length: Math.floor(degrees.length / 2) }, (_, i) => [degrees[2 * i], degrees[2 * i + 1]]);
}

/** The address's words for corners; a metre is enough. */
export const cornersText = (corners) => corners.flat().map((degrees) => Number(degrees.toFixed(5))).join(',');

/** A condition in a few words. */
export function conditionWords(name, value, known) {
  switch (name) {
    case 'span':
      return t('spans')[value] ?? `${value} h`;
    case 'from':
      return `≥ ${fullTime(value)}`;
    case 'until':
      return `< ${fullTime(value)}`;
    case 'type':
      return typeName(value);
    case 'state':
      return t(value);
    case 'order':
      return t(value);
    case 'camera':
      return known.cameras.length ? named(known.cameras, value) : value;
    case 'area':
      return named(known.areas, value);
    case 'polygon':
      return t('drawnArea')(cornersOf(value).length);
    case 'agency':
      return known.agencies.find(({ id }) => id === value)?.name ?? value;
    default:
      return value;
  }
}
