/** Draws a scene and the objects on a frame over a video, in the video's own place. */

import { className } from './i18n.js';

/** Over pictures: people yellow, vehicles blue, the offender red; the same in both themes. */
const PERSON = '#ffc861';
const VEHICLE = '#8cc0ff';
const PALETTE = {
  person: PERSON,
  bicycle: VEHICLE,
  motorcycle: VEHICLE,
  car: VEHICLE,
  bus: VEHICLE,
  truck: VEHICLE,
  train: VEHICLE,
};
const OTHER = '#b8c0cc';
const HIT = '#ff7566';
const ZONE = '#5bd6c3';
const LINE = '#cbbcff';

/** Where the picture lies in an element that shows the whole of it, or fills itself with it. */
export function pictureIn(width, height, videoWidth, videoHeight, whole = true) {
  const scale = (whole ? Math.min : Math.max)(width / videoWidth, height / videoHeight);
  const w = videoWidth * scale;
  const h = videoHeight * scale;
  return { x: (width - w) / 2, y: (height - h) / 2, w, h };
}

/**
 * @param {HTMLCanvasElement} canvas as large as the video element, and over it
 * @param {HTMLVideoElement} video
 * @param {object} [camera] of the contract, with its scene and rules; nothing is drawn without it
 * @param {object[]} tracks with normalised boxes
 * @param {object} options
 * @param {boolean} options.all whether everything is drawn, and not only what an alert is about
 * @param {object} [options.alert] the contract's Report of an open alert
 * @param {boolean} options.labels whether boxes have names
 * @param {boolean} options.whole whether the whole picture is shown, and not cut to fill the element
 * @returns {number} how many boxes were drawn
 */
export function draw(canvas, video, camera, tracks, { all = true, alert, labels = true, whole = true } = {}) {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  if (!camera || !video.videoWidth || !width) return 0;
  const { x, y, w, h } = pictureIn(width, height, video.videoWidth, video.videoHeight, whole);
  const px = (v) => x + v * w;
  const py = (v) => y + v * h;
  g.font = '600 12px system-ui, "Noto Sans", sans-serif';
  g.textBaseline = 'bottom';

  const { zone: hitZone, line: hitLine } = alert ? (camera.rules?.find(({ id }) => id === alert.rule) ?? {}) : {};
  for (const zone of camera.scene?.zones ?? []) {
    if (all || zone.id === hitZone) area(g, px, py, zone, labels && all);
  }
  for (const line of camera.scene?.lines ?? []) {
    if (all || line.id === hitLine) arrow(g, px, py, line, labels && all);
  }

  const hits = new Set(alert && !alert['ended-at'] ? alert.tracks : []);
  let drawn = 0;
  for (const track of tracks) {
    const hit = hits.has(track.id);
    if (!all && !hit) continue;
    const [left, top, right, bottom] = track.box;
    const colour = hit ? HIT : (PALETTE[track.label] ?? OTHER);
    g.strokeStyle = colour;
    g.lineWidth = hit ? 3 : 1.5;
    g.globalAlpha = hit ? 1 : track.scenery ? 0.2 : track.seen === false ? 0.5 : 1;
    g.strokeRect(px(left), py(top), (right - left) * w, (bottom - top) * h);
    if (labels && !track.scenery) text(g, `${name(track)} ${track.id}`, px(left), py(top) - 1, colour);
    g.globalAlpha = 1;
    drawn++;
  }
  return drawn;
}

/** A zone, thin and dashed. */
function area(g, px, py, zone, labels) {
  g.beginPath();
  zone.polygon.forEach(([u, v], i) => (i ? g.lineTo(px(u), py(v)) : g.moveTo(px(u), py(v))));
  g.closePath();
  g.fillStyle = 'rgb(91 214 195 / 0.08)';
  g.fill();
  g.setLineDash([5, 4]);
  g.strokeStyle = ZONE;
  g.lineWidth = 1.5;
  g.stroke();
  g.setLineDash([]);
  if (zone.direction) way(g, ...zone.direction.map(([u, v]) => [px(u), py(v)]));
  if (labels) text(g, zone.id, px(zone.polygon[0][0]) + 3, py(zone.polygon[0][1]) + 14, ZONE);
}

/** Which way a lane goes. */
export function way(g, [x1, y1], [x2, y2]) {
  const turn = Math.atan2(y2 - y1, x2 - x1);
  g.beginPath();
  g.moveTo(x1, y1);
  g.lineTo(x2, y2);
  for (const side of [-0.45, 0.45]) {
    g.moveTo(x2, y2);
    g.lineTo(x2 - 12 * Math.cos(turn + side), y2 - 12 * Math.sin(turn + side));
  }
  g.stroke();
}

/** A motorcycle with a rider and a passenger is 'motorcycle +1'. */
const name = ({ label, riders = 0 }) => `${className(label)}${riders > 1 ? ` +${riders - 1}` : ''}`;

/** A line with a small arrow at its middle, which points to its right-hand side: forward. */
function arrow(g, px, py, { id, from, to }, labels) {
  const [x1, y1, x2, y2] = [px(from[0]), py(from[1]), px(to[0]), py(to[1])];
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  // The picture's y points down, so that the right-hand side of (dx, dy) is (-dy, dx).
  const [nx, ny] = [-(y2 - y1) / length, (x2 - x1) / length];
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  g.strokeStyle = LINE;
  g.lineWidth = 2;
  g.beginPath();
  g.moveTo(x1, y1);
  g.lineTo(x2, y2);
  g.moveTo(mx, my);
  g.lineTo(mx + nx * 14, my + ny * 14);
  g.stroke();
  g.beginPath();
  g.moveTo(mx + nx * 19, my + ny * 19);
  g.lineTo(mx + nx * 12 - ny * 4, my + ny * 12 + nx * 4);
  g.lineTo(mx + nx * 12 + ny * 4, my + ny * 12 - nx * 4);
  g.closePath();
  g.fillStyle = LINE;
  g.fill();
  if (labels) text(g, id, x1 + 3, y1, LINE);
}

export function text(g, value, x, y, colour) {
  const width = g.measureText(value).width;
  const top = Math.max(y, 13);
  g.fillStyle = 'rgb(8 12 16 / 0.72)';
  g.fillRect(x - 1, top - 13, width + 6, 13);
  g.fillStyle = colour;
  g.fillText(value, x + 2, top - 1);
}
