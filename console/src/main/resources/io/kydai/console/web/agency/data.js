/** The reports of an agency: which are on which tab, in which order, and how much time is left. */

import { reports } from '../server.js';
import { siteNow } from '../site.js';

/** The states of each tab. */
export const TABS = {
  todo: ['assigned', 'in-progress'],
  done: ['resolved', 'closed'],
  returned: ['returned'],
};

/** How many of a state are asked for at once; all that are to do are asked for, up to this many times. */
const PAGE = 100;
const MOST_PAGES = 5;

/** Less than this is marked, in milliseconds. */
const SOON_MS = 3_600_000;

export const tabOf = ({ state }) => Object.keys(TABS).find((tab) => TABS[tab].includes(state));

/**
 * Asks for the reports of a tab.
 *
 * @param {string|undefined} agency whose, with those of the agencies below it; without it those that one may see
 * @returns {Promise<{reports: object[], more: boolean}>} `more`: there are further ones
 */
export async function reportsOf(tab, agency) {
  const found = [];
  let more = false;
  for (const state of TABS[tab]) {
    let cursor;
    for (let page = 0; page < (tab === 'todo' ? MOST_PAGES : 1); page += 1) {
      const answer = await reports({ state, agency, below: agency ? true : undefined, limit: PAGE, cursor });
      found.push(...answer.reports);
      cursor = answer.next;
      if (!cursor) break;
    }
    more ||= Boolean(cursor);
  }
  return { reports: found, more };
}

/** The ids of an agency and of those below it. @param {{id: string, parent?: string}[]} all */
export function under(agency, all) {
  const found = new Set([agency]);
  // Each turn goes one level down.
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { id, parent } of all) if (found.has(parent)) found.add(id);
  }
  return found;
}

const due = (report) => (report['due-at'] ? Date.parse(report['due-at']) : Infinity);

/** What is due first comes first; of what is done, the newest. */
export const inOrder = (tab) =>
  tab === 'todo'
    ? (one, other) => due(one) - due(other) || (one.id < other.id ? -1 : 1)
    : (one, other) => (one.id < other.id ? 1 : -1);

/**
 * How much time a report has.
 *
 * @returns {{left: number, kind: ''|'soon'|'late'}|undefined} milliseconds, below 0 where it is late;
 *   nothing where no deadline holds
 */
export function timeLeft(report) {
  if (!report['due-at']) return undefined;
  const left = Date.parse(report['due-at']) - siteNow();
  return { left, kind: left < 0 ? 'late' : left < SOON_MS ? 'soon' : '' };
}
