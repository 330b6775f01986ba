/** Positions on the ground: distances, fields of view, and which cameras are drawn as one. */

const RADIUS = 6_371_000;
const rad = (degrees) => (degrees * Math.PI) / 180;

/** The distance of two places in metres (haversine). @param {number[]} one latitude, longitude */
export function distance([lat1, lon1], [lat2, lon2]) {
  const a = Math.sin(rad(lat2 - lat1) / 2) ** 2 + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(rad(lon2 - lon1) / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(a));
}

/** The place so far from another in a direction. @param {number} bearing degrees clockwise from north */
export function away([lat, lon], bearing, metres) {
  const north = (metres * Math.cos(rad(bearing))) / RADIUS;
  const east = (metres * Math.sin(rad(bearing))) / (RADIUS * Math.cos(rad(lat)));
  return [lat + (north * 180) / Math.PI, lon + (east * 180) / Math.PI];
}

/** The field of view of a camera's place as a polygon; undefined where it is not known. */
export function fieldOfView({ lat, lon, bearing, 'view-angle': angle = 60, range = 50 }) {
  if (bearing === undefined) return undefined;
  const corners = angle < 360 ? [[lat, lon]] : [];
  const steps = Math.max(4, Math.ceil(angle / 8));
  for (let i = 0; i <= steps; i++) corners.push(away([lat, lon], bearing - angle / 2 + (angle * i) / steps, range));
  return corners;
}

const AROUND_METRES = 40;

/** What some places stand around: their convex hull, some way off. @param {number[][]} places */
export function groupOutline(places) {
  const points = places
    .flatMap((place) => [0, 45, 90, 135, 180, 225, 270, 315].map((bearing) => away(place, bearing, AROUND_METRES)))
    .sort(([lat1, lon1], [lat2, lon2]) => lon1 - lon2 || lat1 - lat2);
  return [...chain(points), ...chain(points.toReversed())];
}

/** One half of a convex hull (Andrew's monotone chain), without its last point. */
function chain(points) {
  const half = [];
  const turns = ([y1, x1], [y2, x2], [y3, x3]) => (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1);
  for (const point of points) {
    while (half.length > 1 && turns(half.at(-2), half.at(-1), point) <= 0) half.pop();
    half.push(point);
  }
  return half.slice(0, -1);
}

/** Whether a place lies in a polygon. @param {number[][]} polygon corners as latitude, longitude */
export function inside([lat, lon], polygon) {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [y1, x1] = polygon[i];
    const [y2, x2] = polygon[j];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}

/**
 * Puts what would overlap on the screen together, by a grid.
 *
 * @template T
 * @param {T[]} items
 * @param {(item: T) => {x: number, y: number}} pixel its place on the map's plane at this zoom
 * @param {number} cell the side of a cell in pixels
 * @returns {T[][]}
 */
export function clusters(items, pixel, cell = 44) {
  const cells = new Map();
  for (const item of items) {
    const { x, y } = pixel(item);
    const key = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
    cells.set(key, [...(cells.get(key) ?? []), item]);
  }
  return [...cells.values()];
}
