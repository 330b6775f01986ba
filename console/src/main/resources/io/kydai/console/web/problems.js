/** What went wrong, in the words of the page. */

import { fullTime } from './i18n.js';
import { t } from './words/problems.js';

/** @param {Error} error of a request, or of the page itself */
export function problemWords(error) {
  switch (error.status) {
    case 400:
      return t('valueRefused')(t('fields')[error.field] ?? error.field ?? '', error.message);
    case 403:
      return t('notAllowed');
    case 404:
      return t('isGone');
    case 409:
      return error.changed ? t('crossed')(error.changed.by, fullTime(error.changed.at)) : error.message;
    case 429:
      return t('logInWait')(error.retryAfter || 1);
    default:
      return error.message;
  }
}
