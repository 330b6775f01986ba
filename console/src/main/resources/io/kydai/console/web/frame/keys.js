/** Keys: those of every page, and the list of them that '?' shows. */

/** Whether a key belongs to a field or a dialog, or to the browser. */
export const isTyping = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  Boolean(event.target.closest?.('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, dialog[open]'));

/**
 * Calls a function by key while a page is mounted.
 *
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by KeyboardEvent.key
 * @param {AbortSignal} signal ends it
 */
export function onKeys(actions, signal) {
  addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || isTyping(event) || !Object.hasOwn(actions, event.key)) return;
      event.preventDefault();
      actions[event.key](event);
    },
    { signal },
  );
}

let listed = [];

/**
 * The keys of the page that is shown, for the list of keys.
 *
 * @param {() => [string[], string][]} list keys, and what they do; asked each time it is shown
 * @param {AbortSignal} signal ends it
 */
export function listKeys(list, signal) {
  listed.push(list);
  signal.addEventListener('abort', () => (listed = listed.filter((one) => one !== list)));
}

/** @returns {[string[], string][]} the keys of the page that is shown */
export const pageKeys = () => listed.flatMap((list) => list());
