/** Addresses of streams: user and password are put in and taken out in the browser only. */

const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Takes user and password out of a pasted address.
 *
 * @param {string} text
 * @returns {{address: string, user?: string, password?: string}}
 */
export function parted(text) {
  const address = text.trim();
  const match = /^(\w+:\/\/)([^/?#@]*)@(.*)$/.exec(address) ?? /^(\w+:\/\/)([^/?#]*)@(.*)$/.exec(address);
  if (!match) return { address };
  const [user, ...password] = match[2].split(':');
  const plain = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return { address: match[1] + match[3], user: plain(user), password: plain(password.join(':')) };
}

/** An address with user and password, percent-encoded. */
export const withLogIn = (url, user, password) =>
  user ? url.replace('://', () => `://${encoded(user)}:${encoded(password)}@`) : url;

/** The host of an address. */
export function hostOf(address) {
  try {
    return new URL(address).hostname;
  } catch {
    return address;
  }
}
