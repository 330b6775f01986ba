/**
 * The server's heartbeat: it sends one a second on the WebSocket of events. Without one for a while
 * the server is lost, be it gone, stopped or cut off, and nothing on the page is live any more.
 */

import { events } from '../server.js';
import { setServerTime } from '../site.js';

/** After this long without a message the server is lost, in milliseconds. */
const LOST_AFTER = 2_250;
const LOOK_EVERY = 250;

class Heartbeat extends EventTarget {
  /** When the newest message came, by performance.now(). */
  #last = performance.now();
  /** When the newest message came, by the clock; the time of the last truth. */
  lastAt = Date.now();
  lost = false;

  constructor() {
    super();
    events.addEventListener('message', ({ detail }) => this.#beat(detail.at));
    events.addEventListener('offline', () => this.#look());
    setInterval(() => this.#look(), LOOK_EVERY);
  }

  /** The age of the newest message, in seconds. */
  get age() {
    return (performance.now() - this.#last) / 1000;
  }

  #beat(at) {
    this.#last = performance.now();
    this.lastAt = Date.now();
    if (at) setServerTime(at);
    this.#set(false);
  }

  #look() {
    // A page in the background gets its messages late: what it shows is seen by nobody.
    if (!document.hidden && performance.now() - this.#last > LOST_AFTER) this.#set(true);
  }

  #set(lost) {
    if (this.lost === lost) return;
    this.lost = lost;
    document.documentElement.toggleAttribute('data-lost', lost);
    this.dispatchEvent(new Event('change'));
  }
}

/** Fires 'change' when the server is lost, and when it is back. */
export const heartbeat = new Heartbeat();
