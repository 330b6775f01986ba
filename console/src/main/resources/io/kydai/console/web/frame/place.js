/**
 * Where one is: the page's address holds all of it, '#/VIEW/ID?KEY=VALUE', so that a reload or a copied
 * address leads to the same view, and the browser's back button to the one before.
 */

/**
 * @typedef {{view: string, id: string|undefined, query: URLSearchParams}} Place
 */

/** Where one is now. @returns {Place} */
export function place() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [view = '', id] = path.split('/');
  return { view, id: id && decodeURIComponent(id), query: new URLSearchParams(search) };
}

/** The address of a place; entries without a value are left out. */
export function address(view, id, query = {}) {
  const given = query instanceof URLSearchParams ? [...query] : Object.entries(query);
  const search = new URLSearchParams(given.filter(([, value]) => value !== undefined && value !== ''));
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${search.size ? `?${search}` : ''}`;
}

/** Goes to a place; with `replace` the browser's back button does not lead back here. */
export function go(to, { replace = false } = {}) {
  if (to === location.hash) return;
  if (!replace) {
    location.hash = to;
    return;
  }
  history.replaceState(null, '', to);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Changes some entries of the query where one is; undefined removes one. */
export function setQuery(changes, options = { replace: true }) {
  const { view, id, query } = place();
  go(address(view, id, { ...Object.fromEntries(query), ...changes }), options);
}
