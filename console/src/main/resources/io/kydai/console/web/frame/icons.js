/** Drawn signs. Those of a state differ by shape, not only by colour. */

import { html, svg } from 'lit';

const PATHS = {
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  person: 'M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.5 17c.5-4 3-5.5 6.5-5.5s6 1.5 6.5 5.5',
  menu: 'M3 5h14M3 10h14M3 15h14',
  close: 'M5 5l10 10M15 5L5 15',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5l4 4',
  boxes: 'M3.5 5.5h13v9h-13z',
  sound: 'M3 8v4h3l4 3.5v-11L6 8zM13 7.5a4 4 0 0 1 0 5M15.5 5a7.5 7.5 0 0 1 0 10',
  muted: 'M3 8v4h3l4 3.5v-11L6 8zM13 8l4 4M17 8l-4 4',
  full: 'M3 7V3h4M17 7V3h-4M3 13v4h4M17 13v4h-4',
  tour: 'M3 6h11l-2.5-2.5M17 14H6l2.5 2.5',
  large: 'M2.5 4h10v8h-10zM14.5 4h3v3.2h-3zM14.5 8.8h3V12h-3zM2.5 14h4v2.5h-4zM8.5 14h4v2.5h-4zM14.5 14h3v2.5h-3z',
  next: 'M8 5l5 5-5 5',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  previous: 'M12 5l-5 5 5 5',
  back10: 'M10 4a6.5 6.5 0 1 1-6.2 4.5M10 1.5v5L6.5 4z',
  again: 'M16 10a6 6 0 1 1-2-4.5M16 3v3.5h-3.5',
  tick: 'M4 10.5l4 4 8-9',
  plus: 'M10 4v12M4 10h12',
  pencil: 'M4 16l1-4 8-8 3 3-8 8zM11.5 5.5l3 3',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6',
  pause: 'M7 4v12M13 4v12',
  download: 'M10 3v9M6.5 8.5L10 12l3.5-3.5M4 16h12',
  upload: 'M10 12V3M6.5 6.5L10 3l3.5 3.5M4 16h12',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  camera: 'M2.5 6h10v8h-10zM12.5 9l5-2.5v7l-5-2.5z',
  'no-camera': 'M2.5 6h10v8h-10zM12.5 9l5-2.5v7l-5-2.5zM2 2l16 16',
  key: 'M7 12.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 9H18v3M15 9v2.5',
  shield: 'M10 2.5l6 2v5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8v-5z',
  pin: 'M10 17.5c-3.5-4-5-6.5-5-9a5 5 0 0 1 10 0c0 2.5-1.5 5-5 9zM10 10.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
  gear: 'M10 12.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7 4.7l1.5 1.5M13.8 13.8l1.5 1.5M4.7 15.3l1.5-1.5M13.8 6.2l1.5-1.5',
  undo: 'M7 5L3 9l4 4M3 9h9a5 5 0 0 1 0 10h-2',
  redo: 'M13 5l4 4-4 4M17 9H8a5 5 0 0 0 0 10h2',
  pointer: 'M5 3l11 6-5 1.5L8.5 16z',
  zone: 'M4 6l7-3 6 5-3 8-9-1z',
  hidden: 'M2 10c2-3.6 4.8-5.4 8-5.4s6 1.8 8 5.4c-2 3.6-4.8 5.4-8 5.4S4 13.6 2 10zM3.5 16.5l13-13',
  lane: 'M6 3L3 17M14 3l3 14M10 4v2.5M10 9v2.5M10 14v2.5',
  target: 'M10 3v14M3 10h14M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  signal: 'M7 2.5h6v15H7zM10 5.5v.01M10 10v.01M10 14.5v.01',
  wrench: 'M12.5 3a4.5 4.5 0 0 0-4 6.3L3 14.8 5.2 17l5.5-5.5A4.5 4.5 0 0 0 17 6.5l-2.7 2.2-2.5-2.5L14 3.4A4.5 4.5 0 0 0 12.5 3z',
  net: 'M3 8a10 10 0 0 1 14 0M5.5 10.8a6.5 6.5 0 0 1 9 0M8 13.5a3 3 0 0 1 4 0M10 16h.01',
  photo: 'M3 6h3l1.5-2h5L14 6h3v10H3zM10 13.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  route: 'M5 15.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM15 8a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 15 8zM6.8 13.7H13a2.5 2.5 0 0 0 0-5H8a2 2 0 0 1 0-4h4',
  out: 'M8 3H4v14h4M9 10h8M13.5 6.5L17 10l-3.5 3.5',
};

/** @param {keyof typeof PATHS} name @returns an outline of 18 px, in the colour of the text beside it */
export const icon = (name) =>
  html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;

const SIGNS = {
  urgent: svg`<path d="M7 0l7 7-7 7-7-7z" fill="currentColor"></path><path d="M7 3.6v4.2M7 9.8v.4" stroke="var(--bg-1)" stroke-width="1.7" stroke-linecap="round"></path>`,
  high: svg`<path d="M7 1l6.6 12H.4z" fill="currentColor"></path>`,
  normal: svg`<circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="2.2"></circle>`,
  waiting: svg`<circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.6"></circle><path d="M7 3.8v3.5l2.2 1.3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>`,
  done: svg`<circle cx="7" cy="7" r="7" fill="currentColor"></circle><path d="M3.8 7.2l2.3 2.3 4.2-4.7" fill="none" stroke="var(--bg-1)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"></path>`,
  no: svg`<circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.6"></circle><path d="M4.7 4.7l4.6 4.6M9.3 4.7L4.7 9.3" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"></path>`,
  sent: svg`<path d="M1 7h10M7.5 2.8L12 7l-4.5 4.2" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"></path>`,
  live: svg`<path d="M2 2l10 5-10 5z" fill="currentColor"></path>`,
  stale: svg`<circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 2"></circle>`,
  fault: svg`<rect x="1" y="1" width="12" height="12" rx="2" fill="none" stroke="currentColor" stroke-width="1.7"></rect><path d="M7 3.8v3.8M7 9.8v.4" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"></path>`,
  paused: svg`<path d="M4.3 2v10M9.7 2v10" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"></path>`,
  locked: svg`<path d="M2.5 6.5h9V13h-9zM4.5 6.5V4.3a2.5 2.5 0 0 1 5 0v2.2" fill="none" stroke="currentColor" stroke-width="1.6"></path>`,
};

/** @param {keyof typeof SIGNS} name @returns the sign of a state, 14 px */
export const sign = (name) =>
  html`<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${SIGNS[name]}</svg>`;

/** A state as its sign, in its colour, with its word. */
export const status = (name, colour, word, pill = false) =>
  html`<span class="s ${colour} ${pill ? 'pill' : ''}">${sign(name)}<span>${word}</span></span>`;

/** Kydai's mark: the flag tower. */
export const mark = () => html`
  <svg viewBox="0 0 28 28" aria-hidden="true">
    <path d="M14 3v9" stroke="currentColor" stroke-width="1.4"></path>
    <path d="M14 3.2l8 2.3-8 2.7z" fill="#ff8273"></path>
    <path d="M10.5 12h7l1 4h-9zM7.5 17h13l1.2 4H6.3zM4 22h20l1.2 4H2.8z" fill="#5bd6c3"></path>
  </svg>
`;
