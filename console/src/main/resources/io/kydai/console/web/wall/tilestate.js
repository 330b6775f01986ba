/** What a tile says: whether its picture is live, old or missing, and why. */

import { heartbeat } from '../frame/heartbeat.js';
import { siteNow } from '../site.js';

/** Without a new frame for so long, in seconds, a picture is old. */
const OLD_AFTER = 3;
/** How long a stream may take to begin, in seconds, before it is said. */
const PATIENCE = 6;

/**
 * @param {object} given
 * @param {object} given.status the camera's, of the contract
 * @param {number} [given.age] seconds since the newest frame; absent before the first
 * @param {number} given.waited seconds since the tile asked for the stream
 * @param {string} [given.playState] of the player
 * @returns {{kind: 'live'|'stale'|'off'|'paused'|'waiting', key: string, seconds?: number, why?: string,
 *   status: object, since?: number}} `key` differs where the tile must be drawn anew
 */
export function stateOf({ status, age, waited, playState }) {
  if (status.paused || status.state === 'stopped') {
    return { kind: 'paused', key: `paused ${status.since} ${status.paused?.until}`, status };
  }
  const since = Math.max(0, Math.floor((siteNow() - Date.parse(status.since)) / 1000));
  const connected = status.state === 'live';
  if (age !== undefined && age <= OLD_AFTER) return { kind: 'live', key: 'live', status };
  const why = heartbeat.lost ? 'server' : connected ? 'no-frames' : 'camera';
  if (age !== undefined) {
    const seconds = Math.floor(age);
    return { kind: 'stale', key: `stale ${seconds} ${why}`, seconds, why, status, since };
  }
  if (!connected && status.state !== 'connecting') {
    return { kind: 'off', key: `off ${step(since)} ${status['last-error']}`, status, since };
  }
  if (playState === 'blocked') return { kind: 'waiting', key: 'blocked', why: 'blocked', status };
  const late = waited > PATIENCE || heartbeat.lost;
  return { kind: 'waiting', key: `waiting ${late} ${why}`, why: late ? why : undefined, status };
}

/** A duration as it is shown: it changes no more often than its words. */
const step = (seconds) => (seconds < 60 ? seconds : seconds < 3600 ? -Math.floor(seconds / 60) : -1e6 - Math.floor(seconds / 3600));
