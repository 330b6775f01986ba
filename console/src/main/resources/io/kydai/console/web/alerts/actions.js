/** What one may do with a report: what its state allows, and the own permissions. */

import { may, session } from '../server.js';

const PERMISSIONS = {
  verify: 'review',
  reject: 'review',
  close: 'review',
  reopen: 'review',
  assign: 'assign',
  accept: 'resolve',
  progress: 'resolve',
  return: 'resolve',
  resolve: 'resolve',
};

let own;
session.then(({ account }) => (own = account?.id));

/** Whether one found a report true oneself, and another person has to agree. */
export const isOwnFirstLook = (report) => report['first-look'] !== undefined && report['first-look']['actor-id'] === own;

/** @param {object} report the contract's Report @returns {string[]} in the order in which to offer them */
export const allowedActions = (report) =>
  report.actions.filter((action) => may(PERMISSIONS[action]) && !(action === 'verify' && isOwnFirstLook(report)));
