/** Draws a scene and the objects on a frame over a video, in the video's own place. */

/** One colour for a class, here as on snapshots and clips. */
const PALETTE = {
  person: '#f2b84b',
  bicycle: '#4fd1c5',
  motorcycle: '#4fd1c5',
  car: '#6ea8fe',
  bus: '#6ea8fe',
  truck: '#6ea8fe',
  train: '#6ea8fe',
};
const OTHER = '#b8c0cc';
const ZONE = '#2dd4bf';
const LINE = '#c4b5fd';

/** Where the picture lies in an element that shows it with object-fit: contain. */
export function pictureIn(width, height, videoWidth, videoHeight) {
  const scale = Math.min(width / videoWidth, height / videoHeight);
  const w = videoWidth * scale;
  const h = videoHeight * scale;
  return { x: (width - w) / 2, y: (height - h) / 2, w, h };
}

/**
 * @param {HTMLCanvasElement} canvas as large as the video element, and over it
 * @param {HTMLVideoElement} video
 * @param {{lines?: object[], zones?: object[]}} scene normalised coordinates
 * @param {object[]} tracks with normalised boxes
 * @returns {number} how many boxes were drawn
 */
export function draw(canvas, video, scene, tracks, { labels = true } = {}) {
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
  if (!video.videoWidth || !width) return 0;
  const { x, y, w, h } = pictureIn(width, height, video.videoWidth, video.videoHeight);
  const px = (v) => x + v * w;
  const py = (v) => y + v * h;
  g.font = '11px ui-sans-serif, system-ui, sans-serif';
  g.textBaseline = 'bottom';

  for (const zone of scene?.zones ?? []) {
    g.beginPath();
    zone.polygon.forEach(([u, v], i) => (i ? g.lineTo(px(u), py(v)) : g.moveTo(px(u), py(v))));
    g.closePath();
    g.fillStyle = 'rgb(45 212 191 / 0.06)';
    g.fill();
    g.setLineDash([5, 4]);
    g.strokeStyle = ZONE;
    g.lineWidth = 1;
    g.stroke();
    g.setLineDash([]);
    if (zone.direction) way(g, ...zone.direction.map(([u, v]) => [px(u), py(v)]));
    if (labels) text(g, zone.id, px(zone.polygon[0][0]) + 3, py(zone.polygon[0][1]) + 14, ZONE);
  }
  for (const line of scene?.lines ?? []) arrow(g, px, py, line, labels);

  for (const track of tracks) {
    const [left, top, right, bottom] = track.box;
    const colour = PALETTE[track.label] ?? OTHER;
    g.strokeStyle = colour;
    g.lineWidth = 1.5;
    g.globalAlpha = track.scenery ? 0.2 : track.seen === false ? 0.5 : 1;
    g.strokeRect(px(left), py(top), (right - left) * w, (bottom - top) * h);
    if (labels && !track.scenery) text(g, `${name(track)} ${track.id}`, px(left), py(top) - 1, colour);
    g.globalAlpha = 1;
  }
  return tracks.length;
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
const name = ({ label, riders = 0 }) => (riders > 1 ? `${label} +${riders - 1}` : label);

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
