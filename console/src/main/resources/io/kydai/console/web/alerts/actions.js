/** What one may do with a report: what its state allows, and the own permissions. */

import { may } from '../server.js';

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

/** @param {object} report the contract's Report @returns {string[]} in the order in which to offer them */
export const allowedActions = (report) => report.actions.filter((action) => may(PERMISSIONS[action]));
