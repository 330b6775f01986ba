/** The full screen, the distance from which the wall is read, and a second window for another monitor. */

import { place, setQuery } from '../frame/place.js';

const DISTANCE = 'kydai.distance';

/** Shows the wall without the bars; the browser's own full screen too, where it allows that. */
export async function setFull(full) {
  setQuery({ full: full ? '1' : undefined });
  try {
    if (full) await document.documentElement.requestFullscreen?.();
    else if (document.fullscreenElement) await document.exitFullscreen();
  } catch (error) {
    console.info('the browser keeps its frame', error);
  }
}

export const toggleFull = () => setFull(place().query.get('full') !== '1');

/** Metres from the eye to the screen; empty for a desk. */
export const distance = () => localStorage.getItem(DISTANCE) ?? '';

export function setDistance(metres) {
  localStorage.setItem(DISTANCE, metres);
  document.documentElement.dataset.distance = metres;
}

document.documentElement.dataset.distance = distance();

/** Opens the wall in a window of its own, for another monitor. @param {string} to an address of the wall */
export const openWindow = (to) => window.open(to, '_blank', 'popup,width=1280,height=760');
