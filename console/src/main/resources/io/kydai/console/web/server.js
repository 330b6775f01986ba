/** The server's API: requests, and the one WebSocket of events. */

const BASE = '/api/v1';

/** A request that the server refused; the message is its problem's (RFC 9457). */
export class ProblemError extends Error {
  constructor(problem, status) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
  }
}

async function request(path, options) {
  const response = await fetch(BASE + path, options);
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : {};
  if (!response.ok) throw new ProblemError(body, response.status);
  return body;
}

const send = (method, path, body) =>
  request(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const post = (path, body) => send('POST', path, body);

export const cameras = () => request('/cameras').then((page) => page.cameras);
export const camera = (id) => request(`/cameras/${id}`);
/** @param {object} definition as it came, without its status; refused with 409 when its version is not the camera's */
export const replaceCamera = (definition) => send('PUT', `/cameras/${definition.id}`, definition);
export const suggestions = (id) => request(`/cameras/${id}/suggestions`);
export const forgetHeatMap = (id) => request(`/cameras/${id}/heat-map`, { method: 'DELETE' });

/** @returns {Promise<Blob>} the heat map on a transparent ground */
export async function heatMap(id, show) {
  const response = await fetch(`${BASE}/cameras/${id}/heat-map.png?over=nothing&show=${show}`);
  if (!response.ok) throw new ProblemError({}, response.status);
  return response.blob();
}
export const counts = (id) => request(`/cameras/${id}/counts`);
export const signals = (id) => request(`/cameras/${id}/signals`).then((page) => page.signals);
export const ruleTypes = () => request('/rule-types').then((page) => page['rule-types']);
export const report = (id) => request(`/reports/${id}`);

/** The cameras that answer in the node's networks; takes some seconds. */
export const discovery = () => request('/discovery').then(({ found }) => found);

/** @param {{address: string, user?: string, password?: string}} question */
export const askCamera = (question) => post('/discovery/streams', question);

/** @param {object} filter state, camera, type, limit, cursor; empty ones are left out */
export function reports(filter) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  return request(`/reports?${query}`);
}

/** @param {'verify'|'reject'|'assign'|'resolve'} action */
export const act = (id, action, body = {}) => post(`/reports/${id}/${action}`, body);

/**
 * The server's events, for as long as the page is open. Fires what the contract's EventMessage
 * lists ('alert', 'report', 'camera', 'camera-removed', 'hello'), and 'offline'. After an interruption
 * 'hello' comes again: whoever shows a state asks for it anew then.
 */
class Events extends EventTarget {
  #retry = 500;
  online = false;

  constructor() {
    super();
    this.#open();
  }

  #open() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}${BASE}/events`);
    socket.onopen = () => {
      this.#retry = 500;
      this.online = true;
    };
    socket.onmessage = ({ data }) => {
      const { event, ...detail } = JSON.parse(data);
      this.dispatchEvent(new CustomEvent(event, { detail }));
    };
    socket.onclose = () => {
      this.online = false;
      this.dispatchEvent(new CustomEvent('offline'));
      setTimeout(() => this.#open(), this.#retry * (0.5 + Math.random() / 2));
      this.#retry = Math.min(this.#retry * 2, 10_000);
    };
  }
}

export const events = new Events();
