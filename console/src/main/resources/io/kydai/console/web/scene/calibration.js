/**
 * The check of a calibration: the mapping from the picture to the ground that fits its points best (a
 * homography, by the direct linear transformation of Hartley and Zisserman, Multiple View Geometry,
 * section 4.1), and how far each point is from where the mapping puts it.
 */

/** Solves a square system by elimination with pivots; nothing where it has no one solution. */
function solve(matrix, right) {
  const rows = matrix.map((row, at) => [...row, right[at]]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    }
    if (Math.abs(rows[pivot][column]) < 1e-12) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row][column] / rows[column][column];
      for (let at = column; at <= size; at++) rows[row][at] -= factor * rows[column][at];
    }
  }
  return rows.map((row, at) => row[size] / row[at]);
}

/** The least-squares homography of points whose last entry is 1; nothing for fewer than four or a line. */
function homography(points) {
  if (points.length < 4) return undefined;
  const rows = [];
  const right = [];
  for (const { image: [x, y], metres: [u, v] } of points) {
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]);
    right.push(u, v);
  }
  const normal = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 8 }, (__, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)),
  );
  const normalRight = Array.from({ length: 8 }, (_, i) => rows.reduce((sum, row, at) => sum + row[i] * right[at], 0));
  return solve(normal, normalRight);
}

const mapped = ([a, b, c, d, e, f, g, h], [x, y]) => {
  const w = g * x + h * y + 1;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
};

/** Points with metres, also of those that are given on the map: metres east and north of the first. */
function onGround(points) {
  const first = points.find(({ wgs84 }) => wgs84)?.wgs84;
  const metresPerDegree = 111_320;
  return points.map(({ image, metres, wgs84 }) => ({
    image,
    metres: metres ?? [
      (wgs84[1] - first[1]) * metresPerDegree * Math.cos((first[0] * Math.PI) / 180),
      (wgs84[0] - first[0]) * metresPerDegree,
    ],
  }));
}

/**
 * Checks a calibration's points.
 *
 * @param {{image: number[], metres?: number[], wgs84?: number[]}[]} points
 * @returns {{state: 'few'|'line'|'exact'|'checked', errors: number[], worst: number, reach: number}} `few`
 *   below four points, `line` where they give no mapping, `exact` for four, which fit in any case; the
 *   errors in metres, the largest of them, and the farthest two points' distance in metres
 */
export function check(points) {
  const none = { errors: [], worst: 0, reach: 0 };
  if (points.length < 4) return { state: 'few', ...none };
  const ground = onGround(points);
  const mapping = homography(ground);
  if (!mapping) return { state: 'line', ...none };
  const errors = ground.map(({ image, metres }) => {
    const [u, v] = mapped(mapping, image);
    return Math.hypot(u - metres[0], v - metres[1]);
  });
  const reach = Math.max(
    ...ground.flatMap(({ metres: [u, v] }) => ground.map(({ metres: [p, q] }) => Math.hypot(u - p, v - q))),
  );
  const worst = Math.max(...errors);
  if (!Number.isFinite(worst)) return { state: 'line', ...none };
  return { state: points.length === 4 ? 'exact' : 'checked', errors, worst, reach };
}
