/** Whom shifts and rules of messages may name: accounts, roles and agencies. */

import { accounts, deskSetting, may, roles } from '../server.js';
import { t } from '../i18n.js';

/** Who may not see accounts may still name roles and agencies. */
const known = () => (may('configure-people') ? accounts() : Promise.resolve([]));

/** @returns {Promise<{people: object[], roles: object[], agencies: object[]}>} each with id and words */
export async function membership() {
  const [people, kinds, { agencies }] = await Promise.all([known(), roles(), deskSetting('agencies')]);
  return {
    people: people.map(({ id, name, 'display-name': shown }) => ({ id, words: shown === name ? name : `${shown} (${name})` })),
    roles: kinds.map(({ name }) => ({ id: name, words: t(`role_${name}`) })),
    agencies: agencies.map(({ id, name }) => ({ id, words: name })),
  };
}

/** The words of ids, in their order. @param {{id: string, words: string}[]} all */
export const named = (all, ids = []) => ids.map((id) => all.find((one) => one.id === id)?.words ?? id);
