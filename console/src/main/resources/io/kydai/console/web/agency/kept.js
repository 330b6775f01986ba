/**
 * What is kept in this browser until the server has it: words, photos, and steps that wait to be
 * sent. They outlast a reload and a lost network; where the browser keeps nothing, the page alone has
 * them. What is older than a week is dropped.
 */

const DATABASE = 'kydai-agency';
const STORE = 'kept';
const LONGEST_MS = 7 * 86_400_000;

const WORDS = 'kydai.agency-words.';

/** Keeps words at once, so that a reload in the next moment finds them. Empty ones are forgotten. */
export function keepWords(id, words) {
  try {
    if (words) localStorage.setItem(WORDS + id, JSON.stringify({ words, at: Date.now() }));
    else localStorage.removeItem(WORDS + id);
  } catch (error) {
    console.warn('the browser has no room for what was written', error);
  }
}

/** @returns {string} empty where there are none */
export const keptWords = (id) => JSON.parse(localStorage.getItem(WORDS + id) ?? '{"words": ""}').words;

for (const key of Object.keys(localStorage).filter((one) => one.startsWith(WORDS))) {
  if (Date.now() - JSON.parse(localStorage.getItem(key)).at > LONGEST_MS) localStorage.removeItem(key);
}

/** Stands in where the browser has no database, as some do in private windows. */
const memory = new Map();

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'id' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(undefined);
  } catch (error) {
    console.info('this browser keeps nothing', error);
    resolve(undefined);
  }
});

async function inStore(mode, act) {
  const database = await opened;
  if (!database) return undefined;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const asked = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** Keeps a value under its `id`; it is kept by the page alone where the browser has no room. */
export async function keep(value) {
  memory.set(value.id, value);
  try {
    await inStore('readwrite', (store) => store.put({ ...value, keptAt: Date.now() }));
  } catch (error) {
    console.warn('the browser has no room for what was written', error);
  }
}

/** @returns {Promise<object|undefined>} */
export async function kept(id) {
  return memory.get(id) ?? (await inStore('readonly', (store) => store.get(id)));
}

export async function forget(id) {
  memory.delete(id);
  await inStore('readwrite', (store) => store.delete(id));
}

/** All values whose id begins with a text, in the order of their ids. */
export async function keptAll(beginning) {
  const stored = (await inStore('readonly', (store) => store.getAll())) ?? [];
  for (const old of stored.filter(({ keptAt }) => Date.now() - keptAt > LONGEST_MS)) await forget(old.id);
  const all = new Map(stored.filter(({ keptAt }) => Date.now() - keptAt <= LONGEST_MS).map((one) => [one.id, one]));
  for (const [id, value] of memory) all.set(id, value);
  return [...all.values()].filter(({ id }) => id.startsWith(beginning)).sort((one, other) => (one.id < other.id ? -1 : 1));
}
