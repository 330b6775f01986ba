/**
 * What somebody has typed and not sent: kept in this browser for the account, so that a reload, a lost server
 * or a closed laptop loses no word of it. It is forgotten when it was sent or cancelled, when the person signs
 * out, and after a week; nobody else who signs in here is shown it. Passwords, and texts that hold a log-in,
 * are never given to it: see fields.js.
 */

import { events, session } from '../server.js';

const PREFIX = 'kydai.typed.';
/** Beyond these bounds the oldest make room; what has no room is on its page alone. */
const MOST = 50;
const MOST_CHARACTERS = 1_000_000;
const LONGEST_MS = 7 * 86_400_000;

let owner = '';
session.then(({ account }) => {
  owner = account?.id ?? '';
  for (const key of keys()) if (Date.now() - typedAt(key) > LONGEST_MS) localStorage.removeItem(key);
});
events.addEventListener('signed-out', () => {
  for (const key of keys()) if (key.startsWith(keyOf(''))) localStorage.removeItem(key);
});

const keyOf = (name) => `${PREFIX}${owner}.${name}`;

function parsed(text) {
  try {
    return JSON.parse(text) ?? undefined;
  } catch (error) {
    console.warn('what was typed before is not readable', error);
    return undefined;
  }
}

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

/** When it was typed, in milliseconds; what is not readable is the oldest. */
const typedAt = (key) => parsed(localStorage.getItem(key))?.at ?? 0;

/** @param {string} name of the form, and of what it is about @returns {any} nothing where nothing is kept */
export const kept = (name) => parsed(localStorage.getItem(keyOf(name)))?.value;

export const isKept = (name) => localStorage.getItem(keyOf(name)) !== null;

/** Keeps what is typed at once, so that a reload in the next moment finds it; undefined forgets it. */
export function keep(name, value) {
  const key = keyOf(name);
  localStorage.removeItem(key);
  if (value === undefined) return;
  const text = JSON.stringify({ at: Date.now(), value });
  if (text.length > MOST_CHARACTERS) {
    console.warn('what is typed is too long to be kept', name);
    return;
  }
  makeRoom(text.length);
  try {
    localStorage.setItem(key, text);
  } catch (error) {
    console.warn('the browser has no room for what is typed', error);
  }
}

export const forget = (name) => localStorage.removeItem(keyOf(name));

/** Of one more draft of so many characters. */
function makeRoom(characters) {
  const lengths = new Map(keys().map((key) => [key, localStorage.getItem(key).length]));
  let room = MOST_CHARACTERS - characters - [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const fits = () => lengths.size < MOST && room >= 0;
  if (fits()) return;
  for (const key of [...lengths.keys()].sort((one, other) => typedAt(one) - typedAt(other))) {
    localStorage.removeItem(key);
    room += lengths.get(key);
    lengths.delete(key);
    if (fits()) return;
  }
}
