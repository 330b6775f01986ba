/** Who was faster: a refused action is told in the page's words, with who did what, when and why. */

import { fullTime } from '../i18n.js';
import { problemWords } from '../problems.js';
import { report as fetchReport } from '../server.js';
import { reasonOf } from '../words/history.js';
import { t } from '../words/incidents.js';

/** What was done in a step, by its action. */
export const stepDoes = ({ action, state }) =>
  action === 'verify' && state === 'second-review' ? t('step_first-look') : action ? t(`step_${action}`) : t(state);

/**
 * @param {Error} error of the request
 * @param {{id: string, version: number}[]} reports as they were seen
 * @returns {Promise<string>} the server's own words where nobody was faster
 */
export async function conflictWords(error, reports) {
  if (error.status === 409) {
    try {
      for (const { id, version } of reports) {
        const now = await fetchReport(id);
        if (now.version === version) continue;
        const step = now.history.at(-1);
        return t('meanwhile')(step.actor, stepDoes(step), fullTime(step.at), reasonOf(step));
      }
    } catch (failure) {
      console.info('the server\'s own words stand', failure);
    }
  }
  return problemWords(error);
}
