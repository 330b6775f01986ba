/** One timer for everything that shows an age. */

const EVERY_MS = 500;
const listeners = new Set();
let timer;

/** Calls a function twice a second. @returns {() => void} ends it */
export function eachTick(listener) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const one of listeners) one();
  }, EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size) return;
    clearInterval(timer);
    timer = undefined;
  };
}
