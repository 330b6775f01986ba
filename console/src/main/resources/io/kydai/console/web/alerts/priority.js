/** How urgent a report is. */

// As the server has them of incidents (incidents/Priority.java), so that one alert has one colour on every page.
const URGENT = new Set(['incident', 'wrong-way', 'intrusion', 'running']);
const HIGH = new Set(['gathering', 'crowding', 'crowd-flow', 'plate-watch', 'red-light', 'speeding', 'no-entry', 'stopped']);

/** The priorities, the most urgent first. */
export const PRIORITIES = ['urgent', 'high', 'normal'];

/** The colour of each, as tiles and states name it. */
export const COLOURS = { urgent: 'red', high: 'amber', normal: 'plain' };

/** @returns {'urgent'|'high'|'normal'} */
export function priorityOf({ priority, type }) {
  if (PRIORITIES.includes(priority)) return priority;
  if (URGENT.has(type)) return 'urgent';
  return HIGH.has(type) ? 'high' : 'normal';
}

/** Orders reports: the most urgent first, then the newest. */
export const byUrgency = (one, other) =>
  PRIORITIES.indexOf(priorityOf(one)) - PRIORITIES.indexOf(priorityOf(other)) ||
  (one.id < other.id ? 1 : -1);
