/** Why a message was not sent, as the server writes it down, in words. */

import { t } from '../words/messages.js';

const WHYS = [
  [/^(?:HTTP|SMTP) status (\d+)$/, (status) => t('whyStatus')(status)],
  [/^no answer within (\d+) s$/, (seconds) => t('whySilent')(seconds)],
  [/^the outbox was full$/, () => t('whyFull')],
  [/^TLS failed$/, () => t('whyTls')],
  [/^no mail server is set$/, () => t('whyUnset')],
  [/^the address is not one of a push service$/, () => t('whyAddress')],
];

/** @param {string} why @returns {string} */
export function sendingWords(why) {
  for (const [pattern, words] of WHYS) {
    const found = why.match(pattern);
    if (found) return words(found[1]);
  }
  return t('whyConnection');
}
