/** Whether live pictures wait for their boxes, so that each box is on the frame that it belongs to, or are shown at once. */

import { FAST, SYNCHRONISED } from './latency.js';

const STORED = 'kydai.box-timing';
let timing = localStorage.getItem(STORED) === FAST ? FAST : SYNCHRONISED;
const watchers = new Set();

/** @returns {'synchronised'|'fast'} */
export const boxTiming = () => timing;

export function setBoxTiming(wanted) {
  timing = wanted === FAST ? FAST : SYNCHRONISED;
  localStorage.setItem(STORED, timing);
  for (const watcher of watchers) watcher();
}

/** Calls a function after each change. @returns {() => void} ends it */
export function watchBoxTiming(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
