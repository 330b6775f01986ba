/** What an agency's officer may do with a report. */

import { may } from '../server.js';

const STEPS = ['accept', 'progress', 'resolve', 'return'];

/**
 * The actions that the report's state and the own permissions allow. Who is on the way has accepted
 * the report, so that both are one action while it is new. A note can always be written.
 *
 * @param {object} report the contract's Report
 */
export function allowed(report) {
  if (!may('resolve')) return [];
  const given = report.actions.filter((action) => STEPS.includes(action));
  if (given.includes('accept')) given.push('progress');
  return [...given, 'comment'];
}
