/** The page of the wall: its keys, its tour, and the full screen. */

import '../alerts/notify.js';
import { openAlerts } from '../alerts/open.js';
import { bell } from '../alerts/sound.js';
import { isTyping, listKeys, onKeys } from '../frame/keys.js';
import { place as here, setQuery } from '../frame/place.js';
import { session } from '../server.js';
import { t } from '../words/wall.js';
import { toggleBoxes } from './boxes.js';
import { toggleFast } from './fast.js';
import { SavedLayouts } from './saved.js';
import { setFull, toggleFull } from './screen.js';
import { Tour } from './tour.js';
import './wall.js';

const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };

/** Moves over the tiles by arrows; with Shift, the tile itself moves. */
function onArrow(wall, event) {
  const step = ARROWS[event.key] ?? { ArrowUp: -wall.columns, ArrowDown: wall.columns }[event.key];
  if (!step) return;
  const shown = wall.enlarged ? wall.cameras : wall.visible;
  const focused = document.activeElement?.querySelector?.('kydai-tile')?.dataset.camera;
  const at = shown.findIndex(({ id }) => id === (wall.enlarged?.id ?? focused));
  const to = shown[Math.min(shown.length - 1, Math.max(0, at + step))];
  if (!to) return;
  event.preventDefault();
  if (wall.enlarged) setQuery({ cam: to.id });
  else if (event.shiftKey && focused && focused !== to.id) wall.move(focused, to.id);
  else wall.focusTile(to.id);
}

function back() {
  const { query } = here();
  if (query.get('alert')) setQuery({ alert: undefined });
  else if (query.get('cam')) document.querySelector('kydai-wall').enlarge(undefined);
  else if (query.get('full')) setFull(false);
}

export function mount(host, place) {
  const abort = new AbortController();
  const { signal } = abort;
  const wall = document.createElement('kydai-wall');
  const tour = new Tour(wall);
  wall.tour = tour;
  const numbers = Object.fromEntries(
    [...'123456789'].map((key) => [key, () => wall.visible[key - 1] && wall.enlarge(wall.visible[key - 1].id)]),
  );
  onKeys(
    {
      ...numbers,
      b: toggleBoxes,
      l: () => wall.enlarged && toggleFast(),
      f: toggleFull,
      t: () => tour.toggle(),
      '/': () => wall.querySelector('#find-camera')?.focus(),
      PageDown: () => wall.turn(1),
      PageUp: () => wall.turn(-1),
      m: () => bell.toggle(),
      n: () => openAlerts.list[0] && setQuery({ alert: openAlerts.list[0].id }),
      Escape: back,
    },
    signal,
  );
  addEventListener('keydown', (event) => !isTyping(event) && onArrow(wall, event), { signal });
  listKeys(
    () => [
      [['1', '9'], t('keyEnlarge')],
      [['←', '→', '↑', '↓'], t('keyMove')],
      [['Shift', '←'], t('keyLay')],
      [['PgUp', 'PgDn'], t('keyTurn')],
      [['n'], t('keyAlert')],
      [['a'], t('keyKnown')],
      [['b'], t('keyBoxes')],
      [['l'], t('keyFast')],
      [['f'], t('keyFull')],
      [['t'], t('keyTour')],
      [['m'], t('keySound')],
      [['/'], t('keyFind')],
    ],
    signal,
  );
  const show = (next) => {
    wall.place = next;
    tour.follow(next.query);
    document.documentElement.toggleAttribute('data-full', next.query.get('full') === '1');
  };
  session.then(async ({ account }) => {
    const saved = new SavedLayouts(account?.id ?? '');
    wall.saved = saved;
    saved.addEventListener('change', () => wall.requestUpdate(), { signal });
    // Tiles that were laid in another window of this browser.
    addEventListener('storage', () => wall.requestUpdate(), { signal });
    const loading = saved.load().catch((error) => console.warn('the saved layouts are not known', error));
    // Without a name in the address, pictures need not wait for the names of layouts.
    if (here().query.get('named')) await loading;
    show(here());
    if (!signal.aborted) host.replaceChildren(wall);
  });
  show(place);
  return {
    update: show,
    unmount() {
      abort.abort();
      tour.stop();
      document.documentElement.removeAttribute('data-full');
    },
  };
}
