/**
 * The pages. A page is one module and one line here. Its module exports
 *
 *   mount(host, place) → { update?(place), unmount?() }
 *
 * and is loaded when somebody first goes there. `mount` fills the host; `update` is called when the
 * address changed inside the page; `unmount` ends what `mount` began (the host is emptied afterwards).
 * Its words are a module of words/, its style one of styles/, which index.html names.
 *
 * @typedef {object} PageEntry
 * @property {string} view the first part of its address
 * @property {string} word its name, a key of words/frame.js
 * @property {string} [key] leads there after 'g'
 * @property {string} [permission] without which it is not shown
 * @property {string} [of] the group under which it is listed; without it, the page has its own entry
 *   in the navigation
 * @property {string} [part] the part of the group, a key of words/frame.js
 * @property {() => boolean} [unlisted] whether it has no entry
 * @property {() => Promise<{mount: Function}>} load
 */

import { may } from '../server.js';

const never = () => true;
const isOfficer = () => may('resolve') && !may('live') && !may('review');

/** @type {PageEntry[]} in the order of the navigation */
export const PAGES = [
  { view: 'wall', word: 'wall', key: 'w', permission: 'live', load: () => import('../wall/page.js') },
  // An officer has this page and no other; for others who may resolve reports it is not in the navigation.
  { view: 'agency', word: 'agencyWork', permission: 'resolve', unlisted: () => may('live'), load: () => import('../agency/page.js') },
  { view: 'incidents', word: 'incidents', key: 'i', permission: 'evidence', unlisted: isOfficer, load: () => import('../incidents/page.js') },
  // Addresses of single reports, in the audit and in messages, lead to their incident.
  { view: 'reports', word: 'incidents', permission: 'evidence', unlisted: never, load: () => import('../incidents/report.js') },
  { view: 'search', word: 'searchPage', key: 's', permission: 'evidence', unlisted: isOfficer, load: () => import('../search/page.js') },
  // The search leads to it.
  { view: 'plate-route', word: 'plateRoute', permission: 'trace-plates', unlisted: never, load: () => import('../search/route.js') },
  { view: 'cameras', word: 'cameras', key: 'c', permission: 'live', load: () => import('../cameras/page.js') },
  { view: 'map', word: 'map', key: 'm', permission: 'live', load: () => import('../map/page.js') },
  { view: 'playback', word: 'playback', key: 'r', permission: 'history', load: () => import('../playback/page.js') },
  // Playback leads to it; people who may not see the past of cameras need the entry.
  { view: 'cases', word: 'cases', key: 'h', permission: 'export', unlisted: () => may('history'), load: () => import('../cases/page.js') },
  { view: 'statistics', word: 'statistics', key: 't', permission: 'history', load: () => import('../statistics/page.js') },
  // The statistics lead to it; people who may not see the past of cameras need the entry.
  { view: 'desk-statistics', word: 'deskStatistics', key: 'd', permission: 'evidence', unlisted: () => may('history') || isOfficer(), load: () => import('../statistics/desk.js') },
  { view: 'add-camera', word: 'addCamera', permission: 'configure-cameras', unlisted: never, load: () => import('../cameras/add.js') },
  { view: 'scene', word: 'scene', permission: 'configure-cameras', unlisted: never, load: () => import('../scene/page.js') },
  { view: 'find', word: 'addCamera', permission: 'configure-cameras', unlisted: never, load: () => import('../find.js') },
  { view: 'agencies', word: 'agencies', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/agencies.js') },
  { view: 'routing', word: 'routing', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/routing.js') },
  { view: 'deadlines', word: 'deadlines', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/deadlines.js') },
  { view: 'reject-reasons', word: 'rejectReasons', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/reasons.js') },
  { view: 'second-look', word: 'secondLook', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/secondlook.js') },
  { view: 'templates', word: 'templates', permission: 'configure-node', of: 'settings', part: 'dispatch', load: () => import('../desk/templates.js') },
  { view: 'people', word: 'people', key: 'p', permission: 'configure-people', of: 'settings', part: 'staff', load: () => import('../people.js') },
  { view: 'shifts', word: 'shifts', permission: 'configure-node', of: 'settings', part: 'staff', load: () => import('../desk/shifts.js') },
  { view: 'tokens', word: 'tokens', permission: 'configure-people', of: 'settings', part: 'staff', load: () => import('../tokens.js') },
  { view: 'sounds', word: 'sounds', permission: 'live', of: 'settings', part: 'system', load: () => import('../settings/sounds.js') },
  { view: 'messages', word: 'messageRules', permission: 'configure-node', of: 'settings', part: 'system', load: () => import('../desk/messages.js') },
  { view: 'mail', word: 'mailServer', permission: 'configure-node', of: 'settings', part: 'system', load: () => import('../desk/mail.js') },
  { view: 'webhooks', word: 'webhooks', permission: 'configure-node', of: 'settings', part: 'system', load: () => import('../settings/webhooks.js') },
  { view: 'retention', word: 'retention', permission: 'configure-node', of: 'settings', part: 'system', load: () => import('../settings/retention.js') },
  { view: 'log-levels', word: 'logLevels', permission: 'configure-node', of: 'settings', part: 'system', load: () => import('../settings/loglevels.js') },
  { view: 'audit', word: 'audit', key: 'l', permission: 'audit', load: () => import('../audit.js') },
  { view: 'account', word: 'ownAccount', key: 'o', unlisted: never, load: () => import('../account.js') },
];

/** Groups of pages that are one entry of the navigation: it leads to the first that one may see. */
const GROUPS = [{ view: 'settings', word: 'settings', key: 'a' }];

/** Whether one who is signed in may see a page. */
export const allowed = ({ permission }) => !permission || may(permission);

/** The pages of a group that one may see. */
const pagesOf = (group) => PAGES.filter(({ of }) => of === group).filter(allowed);

/** The parts of a group, with their pages that one may see. @returns {{part: string, pages: PageEntry[]}[]} */
export function partsOf(group) {
  const pages = pagesOf(group);
  return [...new Set(pages.map(({ part }) => part))].map((part) => ({ part, pages: pages.filter((one) => one.part === part) }));
}

/** The page of an address; nothing where there is none. */
export const pageOf = (view) =>
  PAGES.find((page) => page.view === view) ??
  (GROUPS.some((group) => group.view === view) ? pagesOf(view)[0] : undefined);

/**
 * The entries of the navigation that one who is signed in sees.
 *
 * @returns {{view: string, word: string, to: string}[]} `to` is the page that the entry leads to
 */
export function navigation() {
  const entries = [];
  for (const page of PAGES.filter(allowed)) {
    const group = GROUPS.find(({ view }) => view === page.of);
    if (group && !entries.some(({ view }) => view === group.view)) {
      entries.push({ ...group, to: page.view });
    } else if (!group && !page.unlisted?.()) {
      entries.push({ view: page.view, word: page.word, key: page.key, to: page.view });
    }
  }
  return entries;
}

/** The places that keys lead to after 'g': those of the navigation, and pages without an entry. */
export const keyed = () => [
  ...navigation(),
  ...PAGES.filter((page) => page.key && allowed(page)).map((page) => ({ ...page, to: page.view })),
];

/** Where one begins: the first page that one may see. */
export const firstView = () =>
  (PAGES.find((page) => page.permission && allowed(page)) ?? pageOf('account')).view;
