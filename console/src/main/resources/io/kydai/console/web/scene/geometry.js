/** Geometry of shapes in parts of the picture. */

/** @typedef {[number, number]} Point */

/** How near a point snaps to another, in picture pixels of a wide picture of 1600. */
const SNAP = 14 / 1600;

const distance = ([ax, ay], [bx, by], aspect) => Math.hypot(ax - bx, (ay - by) / aspect);

/**
 * Where a point snaps to: another shape's point nearby, the picture's edge, or the height or column of
 * the point before it.
 *
 * @param {Point} point
 * @param {Point[]} others points of other shapes
 * @param {Point[]} own the other points of its shape, for straight lines
 * @param {number} aspect the picture's width over its height
 * @returns {Point}
 */
export function snapped(point, others, own, aspect) {
  const near = others
    .map((other) => [distance(point, other, aspect), other])
    .filter(([far]) => far < SNAP)
    .sort(([one], [other]) => one - other)[0];
  if (near) return near[1];
  const axis = (at, limit) => {
    const edge = [0, 1].find((one) => Math.abs(point[at] - one) < limit);
    if (edge !== undefined) return edge;
    return own.map((one) => one[at]).find((one) => Math.abs(point[at] - one) < limit / 2) ?? point[at];
  };
  return [axis(0, SNAP), axis(1, SNAP * aspect)];
}

const turn = ([ax, ay], [bx, by], [cx, cy]) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const cross = (a, b, c, d) =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** Whether a polygon's sides cross, which makes it no zone. @param {Point[]} polygon */
export function crossesItself(polygon) {
  const sides = polygon.map((point, at) => [point, polygon[(at + 1) % polygon.length]]);
  return sides.some(([a, b], one) =>
    sides.some(([c, d], other) => other > one + 1 && !(one === 0 && other === sides.length - 1) && cross(a, b, c, d)),
  );
}

/** The middle of points. @param {Point[]} points @returns {Point} */
export const middle = (points) => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/**
 * The arrow of a line: from its middle to the side that 'forward' leads to, which is the right-hand one
 * as one looks from its beginning to its end.
 *
 * @param {number} size the arrow's length in the coordinates of the points
 * @returns {string} a path of three points, of points that are already in the drawing's coordinates
 */
export function arrowPath([ax, ay], [bx, by], size) {
  const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [nx, ny] = [-uy, ux];
  const half = size / 2;
  return `M${mx + nx * size} ${my + ny * size}L${mx - ux * half} ${my - uy * half}L${mx + ux * half} ${my + uy * half}Z`;
}

/** Whether a point lies within a polygon. */
export const contains = (polygon, [x, y]) =>
  polygon.reduce((inside, [ax, ay], at) => {
    const [bx, by] = polygon.at(at - 1);
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
  }, false);
