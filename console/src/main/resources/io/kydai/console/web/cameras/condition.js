/** A camera's condition in words: its state, since when, its fault and what to do, and the next try. */

import { byName, duration, fullTime, time } from '../i18n.js';
import { siteNow } from '../site.js';
import { t } from '../words/cameras.js';

/** By state: the order in which maintenance looks at it, its sign and its colour. */
const KINDS = {
  lost: { rank: 0, sign: 'fault', colour: 'amber' },
  stalled: { rank: 1, sign: 'stale', colour: 'stale' },
  connecting: { rank: 2, sign: 'waiting', colour: 'amber' },
  paused: { rank: 4, sign: 'paused', colour: 'stale' },
  faulty: { rank: 3, sign: 'fault', colour: 'amber' },
  live: { rank: 5, sign: 'live', colour: 'plain' },
};
const DAY_MS = 86_400_000;

/** @returns {keyof typeof KINDS} */
export function kindOf({ status }) {
  if (status.paused) return 'paused';
  if (status.state === 'backing-off' || status.state === 'stopped') return 'lost';
  if (status.maintenance && !status.fault && status.state !== 'stalled') return 'faulty';
  if (status.state === 'connecting') return status.fault ? 'lost' : 'connecting';
  return status.state;
}

/** Whether somebody should look after a camera. */
export const needsCare = (camera) => kindOf(camera) !== 'live';

/**
 * The condition of a camera.
 *
 * @param {object} camera the contract's Camera
 * @returns {{kind: string, rank: number, sign: string, colour: string, word: string, since: string,
 *   fault: string, remedy: string, next: string}}
 */
export function condition(camera) {
  const { status } = camera;
  const kind = kindOf(camera);
  const began = Date.parse(status.paused?.since ?? (kind === 'faulty' ? status.maintenance[0].since : status.since));
  const elapsed = siteNow() - began;
  return {
    kind,
    ...KINDS[kind],
    word: t(`condition_${kind}`),
    since: kind === 'paused' && elapsed < DAY_MS ? time(began).slice(0, 5) : duration(Math.max(0, elapsed) / 1000),
    ...remedy(kind, status),
    next: nextTry(kind, status),
  };
}

/** What is wrong and what to do, in words. @param {object} item the contract's MaintenanceItem */
export const itemWords = ({ fault, remedy }) => ({ fault: t(`fault_${fault}`), remedy: t(`remedy_${remedy}`) });

function remedy(kind, { paused, fault, maintenance }) {
  if (kind === 'paused') {
    return {
      fault: t('pausedBy')(paused.reason, paused.by),
      remedy: paused.until ? t('pausedUntil')(when(paused.until)) : t('pausedForGood'),
    };
  }
  if (kind === 'faulty') return itemWords(maintenance[0]);
  if (kind === 'stalled') return { fault: t('noNewPicture'), remedy: t('reconnectsItself') };
  return fault ? { fault: t(`fault_${fault.code}`), remedy: t(`remedy_${fault.remedy}`) } : { fault: '', remedy: '' };
}

const when = (at) => (Date.parse(at) - siteNow() < DAY_MS ? time(at).slice(0, 5) : fullTime(at));

function nextTry(kind, status) {
  if (kind !== 'lost') return '';
  const left = (Date.parse(status['next-try'] ?? '') - siteNow()) / 1000;
  return left > 0 ? t('in')(duration(Math.ceil(left))) : t('soon');
}

/** The cameras in the order of maintenance: by state, those that have waited longest first, then by name. */
export const byCare = (one, other) =>
  KINDS[kindOf(one)].rank - KINDS[kindOf(other)].rank ||
  (needsCare(one) ? Date.parse(one.status.since) - Date.parse(other.status.since) : 0) ||
  byName(one.name, other.name);

const plain = (text) =>
  text.normalize('NFD').replace(/đ/gi, 'd').replace(/[\u0300-\u036f]/g, '').toLowerCase();

/** Whether a camera has every word of a search in its name, groups or address, without marks. */
export function matches(camera, search) {
  const text = plain([camera.name, camera.id, camera.url, camera.place?.address, ...(camera.groups ?? [])].join(' '));
  return plain(search).split(/\s+/).every((word) => text.includes(word));
}

/** 'H.264' of 'h264'. */
export const codecName = (codec) => ({ h264: 'H.264', h265: 'H.265', jpeg: 'MJPEG' })[codec?.toLowerCase()] ?? codec ?? '';
