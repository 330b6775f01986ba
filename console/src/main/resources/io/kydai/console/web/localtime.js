/** Times in fields of the type datetime-local, which have neither zone nor milliseconds. */

const two = (number) => String(number).padStart(2, '0');

/** @param {string} [iso] a time; absent for an empty field */
export function toField(iso) {
  if (!iso) return '';
  const at = new Date(iso);
  return (
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}` +
    `T${two(at.getHours())}:${two(at.getMinutes())}`
  );
}

/** @returns {string|undefined} the time in UTC; nothing for an empty field */
export const fromField = (text) => (text ? new Date(text).toISOString() : undefined);

/** The time of a field; the time that it was filled with where nobody changed it, seconds and all. */
export const changedField = (text, before) => (text === toField(before) ? before : fromField(text));
