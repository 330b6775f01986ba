/** How tiles lie on the wall. */

/** The numbers of tiles that one may choose; 'large' is one large tile and many small ones. */
export const LAYOUTS = ['1', '2', '4', '6', '9', '16', '25', '36', 'large'];

const ASPECT = 16 / 9;
const SMALL_TILES = 8;

/** How many tiles a layout shows at a time. @param {string} layout one of LAYOUTS */
export const tilesOf = (layout) => (layout === 'large' ? SMALL_TILES + 1 : Number(layout));

/** The smallest layout that shows so many cameras; the largest that is still usable, where none does. */
export const fitting = (cameras) =>
  LAYOUTS.find((layout) => layout !== 'large' && Number(layout) >= cameras) ?? '16';

/**
 * The number of columns with which pictures of 16 : 9 are largest.
 *
 * @param {number} count of tiles, at least 1
 * @param {number} width of the wall, in pixels, as is the height
 */
export function columnsFor(count, width, height) {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const picture = Math.min(width / columns, (height / rows) * ASPECT);
    if (picture > largest + 0.5) {
      largest = picture;
      best = columns;
    }
  }
  return best;
}

/**
 * The cameras in the order in which somebody laid them; the others behind, by name.
 *
 * @param {{id: string, name?: string}[]} cameras by name
 * @param {string[]} order ids, some of which may be gone
 */
export function ordered(cameras, order) {
  const at = new Map(order.map((id, index) => [id, index]));
  const place = ({ id }) => at.get(id) ?? Infinity;
  return [...cameras].sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
}

/** Puts one camera at the place of another. @returns {string[]} the new order */
export function moved(ids, from, to) {
  const rest = ids.filter((id) => id !== from);
  const at = ids.indexOf(to);
  return [...rest.slice(0, at), from, ...rest.slice(at)];
}
