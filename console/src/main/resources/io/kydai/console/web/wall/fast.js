/** Whether an enlarged picture is shown with the lowest delay, by WebRTC. */

const STORED = 'kydai.lowest-delay';
let fast = localStorage.getItem(STORED) === 'on';
const watchers = new Set();

export const isFast = () => fast;

export function toggleFast() {
  fast = !fast;
  localStorage.setItem(STORED, fast ? 'on' : 'off');
  for (const watcher of watchers) watcher();
}

/** Calls a function after each change. @returns {() => void} ends it */
export function watchFast(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
