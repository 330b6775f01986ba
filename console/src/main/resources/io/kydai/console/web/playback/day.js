/** What is known of the days around a moment: recordings of each camera, and the day's alerts. */

import { may, recordings, reports } from '../server.js';
import { siteNow } from '../site.js';
import { midnight } from '../statistics/data.js';

/** How many pages of reports are read for a camera, of 200 each; older ones of the day are not shown then. */
const MOST_PAGES = 5;
/** How often what is still being recorded is asked for again, in milliseconds. */
const AGAIN = 10_000;

export class DayData {
  /** Alerts by camera, the oldest first. */
  alerts = new Map();
  error;
  #from;
  #asked = 0;
  #alertsOf;

  /**
   * Asks for what is not known yet, or was a while ago.
   *
   * @param {number} moment
   * @param {Map<string, import('./track.js').Track>} tracks
   * @returns {Promise<boolean>} whether there is something new
   */
  async load(moment, tracks) {
    const from = midnight(moment);
    const cameras = [...tracks.keys()].join();
    const key = `${from} ${cameras}`;
    const growing = siteNow() < midnight(moment, 2);
    if (key === this.#from && !(growing && performance.now() - this.#asked > AGAIN)) return false;
    const fresh = key !== this.#from;
    this.#from = key;
    this.#asked = performance.now();
    const span = [midnight(moment, -1), midnight(moment, 2)].map((at) => new Date(at).toISOString());
    this.error = undefined;
    await Promise.all([...tracks].map(([id, track]) => this.#recordings(id, track, span)));
    if (may('evidence') && (fresh || key === this.#alertsOf)) await this.#alerts(key, [...tracks.keys()], from, midnight(moment, 1));
    return true;
  }

  async #recordings(id, track, [from, to]) {
    try {
      track.coverage.set(await recordings(id, from, to), siteNow());
    } catch (error) {
      if (error.status === 404) track.coverage.set({ spans: [], gaps: [] }, siteNow());
      else this.error = error;
    }
  }

  async #alerts(key, cameras, from, to) {
    const lists = await Promise.allSettled(cameras.map((camera) => ofDay(camera, from, to)));
    if (key !== this.#from) return;
    this.#alertsOf = key;
    this.alerts = new Map(cameras.map((camera, i) => [camera, lists[i].value ?? []]));
  }
}

/** The reports of a camera that began in a span. Reports come newest first, and are received after they began. */
async function ofDay(camera, from, to) {
  const found = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await reports({ camera, since: new Date(from).toISOString(), limit: 200, cursor });
    found.push(...answer.reports);
    cursor = answer.next;
    if (!cursor) break;
  }
  const began = (report) => Date.parse(report['started-at']);
  return found.filter((report) => began(report) >= from && began(report) < to).sort((one, other) => began(one) - began(other));
}
