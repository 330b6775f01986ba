/** Whether all that analytics sees is drawn on the pictures, or only what an alert is about. */

const STORED = 'kydai.boxes';
let all = localStorage.getItem(STORED) === 'all';
const watchers = new Set();

export const showsAll = () => all;

/** Shows all, or only the offenders. */
export function toggleBoxes() {
  all = !all;
  localStorage.setItem(STORED, all ? 'all' : 'quiet');
  for (const watcher of watchers) watcher();
}

/** Calls a function after each change. @returns {() => void} ends it */
export function watchBoxes(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
