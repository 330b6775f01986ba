/** The server's API: requests, and the one WebSocket of events. */

const BASE = '/api/v1';
const RETRY_MS = 500;
const LONGEST_RETRY_MS = 4_000;

/** A request that the server refused; the message is its problem's (RFC 9457). */
export class ProblemError extends Error {
  constructor(problem, status, retryAfter) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    /** The key of the request that is wrong, where it is one. */
    this.field = problem.field;
    /** Whose change crossed this one, and when, where the server knows it. */
    this.changed = problem['changed-by'] && { by: problem['changed-by'], at: problem['changed-at'] };
    /** How long to wait before another attempt, in seconds, where the server says so. */
    this.retryAfter = retryAfter;
  }
}

/** The page to sign in; it leads back to where one is. */
export function signIn() {
  location.assign(`/signin.html#to=${encodeURIComponent(location.hash)}`);
}

let permissions = new Set();
let csrfToken;

const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

/** Asks who is signed in, until the server answers. */
async function askSession() {
  for (;;) {
    try {
      const response = await fetch(`${BASE}/session`);
      if (response.ok) return await response.json();
      if (response.status === 401) {
        signIn();
        return new Promise(() => {});
      }
    } catch (error) {
      console.warn('the server does not answer', error);
    }
    await pause(1000);
  }
}

function signedIn(known) {
  permissions = new Set(known.permissions);
  csrfToken = known['csrf-token'];
  return known;
}

/** Who is signed in, as the contract's Session. Not settled before the server has answered. */
export const session = askSession().then(signedIn);

/** Whether somebody who is signed in has a permission on some camera, or on the node. */
export const may = (permission) => permissions.has(permission);

async function respond(path, options = {}) {
  // Against requests that another site's page makes in this browser.
  if (options.method) {
    await session;
    options.headers = { ...options.headers, 'X-CSRF-Token': csrfToken };
  }
  const response = await fetch(BASE + path, options);
  // Under /account a wrong password is answered with 401, too: the log-in lasts then.
  if (response.status === 401 && !path.startsWith('/account/')) signIn();
  if (!response.ok) {
    throw new ProblemError(await bodyOf(response), response.status, Number(response.headers.get('Retry-After')));
  }
  return response;
}

const bodyOf = async (response) => (response.headers.get('content-type')?.includes('json') ? response.json() : {});

const request = async (path, options) => bodyOf(await respond(path, options));

/**
 * Begins live pictures by WebRTC.
 *
 * @param {'main'|'sub'|undefined} rendition of a camera that has two streams
 * @param {string} offer SDP
 * @returns {Promise<{answer: string, session: string}>} the path of the session
 */
export async function beginWhep(camera, rendition, offer) {
  const response = await respond(`/cameras/${camera}/whep${rendition ? `?rendition=${rendition}` : ''}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp' },
    body: offer,
  });
  return { answer: await response.text(), session: response.headers.get('Location').slice(BASE.length) };
}

/** Ends them, also where the page goes. */
export const endWhep = (session) => request(session, { method: 'DELETE', keepalive: true });

const send = (method, path, body) =>
  request(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const post = (path, body) => send('POST', path, body);

/** Ends the log-in, also at the provider that it may have come from. */
export async function signOut() {
  const { location: provider } = await post('/oidc/log-out', {});
  events.dispatchEvent(new Event('signed-out'));
  if (provider) location.assign(provider);
  else signIn();
}

export const secondFactors = () => request('/account/second-factors');
/** @returns {Promise<{secret: string, uri: string, 'qr-code': string}>} */
export const beginTotp = (password) => post('/account/totp', { password });
/** @returns {Promise<{'recovery-codes': string[]}>} none where the account had some */
export const confirmTotp = (code) => send('PUT', '/account/totp', { code });
export const removeTotp = (password) => send('DELETE', '/account/totp', { password });
export const renewRecoveryCodes = (password) => post('/account/recovery-codes', { password });
export const beginPasskey = (password) => post('/account/passkeys/options', { password });
export const addPasskey = (name, answer) => post('/account/passkeys', { name, answer });
export const removePasskey = (id, password) => send('DELETE', `/account/passkeys/${id}`, { password });

/** The own log-ins. */
export const ownSessions = () => request('/sessions').then((page) => page.sessions);
export const endSession = (id) => request(`/sessions/${id}`, { method: 'DELETE' });

/** Changes the own password: all log-ins end, and this one goes on as another. */
export const changePassword = (old, wanted) =>
  send('PUT', '/account/password', { old, new: wanted }).then(signedIn);

export const roles = () => request('/roles').then((page) => page.roles);
export const accounts = () => request('/accounts').then((page) => page.accounts);
export const addAccount = (account) => post('/accounts', account);
/** @param {object} account with the version that was read; refused with 409 when it was changed since */
export const replaceAccount = (id, account) => send('PUT', `/accounts/${id}`, account);
export const setPassword = (id, password) => send('PUT', `/accounts/${id}/password`, { password });
export const removeAccount = (id) => request(`/accounts/${id}`, { method: 'DELETE' });

export const areas = () => request('/areas').then((page) => page.areas);
export const putArea = (id, properties) => send('PUT', `/areas/${id}`, properties);
export const removeArea = (id) => request(`/areas/${id}`, { method: 'DELETE' });

export const tokens = () => request('/tokens').then((page) => page.tokens);
/** @returns {Promise<{token: object, secret: string}>} the secret, which is shown this once */
export const addToken = (token) => post('/tokens', token);
export const revokeToken = (id) => request(`/tokens/${id}`, { method: 'DELETE' });

const query = (filter) => new URLSearchParams(Object.entries(filter).filter(([, value]) => value));

/** @param {object} filter since, until, actor, type, camera, report, limit, cursor; empty ones are left out */
export const audit = (filter) => request(`/audit?${query(filter)}`);

/** @returns {string} the address of the audit as a file */
export const auditExport = (format, { since, until }) =>
  `${BASE}/audit/export?${query({ format, since, until })}`;

/** A setting of the desk, with its version. @param {'agencies'|'routing'|'deadlines'|'reject-reasons'|'second-look'|'templates'|'shifts'|'messages'|'mail'} name */
export const deskSetting = (name) => request(`/desk/${name}`);
/** @param {object} setting with the version that was read; refused with 409 when it was changed since */
export const replaceDeskSetting = (name, setting) => send('PUT', `/desk/${name}`, setting);
/** How deliveries of messages are. */
export const messageState = () => request('/desk/messages/state');
/** Without an id, all that were given up. */
export const replayMessages = (message) => post('/desk/messages/replay', message ? { message } : {});
/** Sends an e-mail that only tests. @returns {Promise<{accepted: boolean, why: string}>} */
export const testMailServer = (to) => post('/desk/mail/test', { to });

/** How one gets the own messages. */
export const ownMessages = () => request('/account/messages');
export const replaceOwnMessages = (chosen) => send('PUT', '/account/messages', chosen);
/** Sends a code to an address. @returns {Promise<{accepted: boolean, why: string}>} */
export const addEmail = (address) => post('/account/email', { address });
export const confirmEmail = (code) => send('PUT', '/account/email', { code });
export const removeEmail = () => request('/account/email', { method: 'DELETE' });
/** @param {{endpoint: string, p256dh: string, auth: string}} subscription */
export const addPushSubscription = (subscription) => post('/account/push-subscriptions', subscription);
export const removePushSubscription = (id) => request(`/account/push-subscriptions/${id}`, { method: 'DELETE' });

/** Where a report would go. @param {{type: string, camera?: string, at?: string, table: object}} wish */
export const tryRouting = (wish) => post('/desk/routing/trial', wish);

/** Which deadlines a report would have. @param {{type: string, urgency?: string, at: string, 'assigned-at'?: string, agency?: string, plan: object}} wish */
export const tryDeadlines = (wish) => post('/desk/deadlines/trial', wish);

/** The endpoints that are told of reports, and how deliveries to them are. */
export const webhooks = () => request('/webhooks').then((page) => page.webhooks);
/** @returns {Promise<{delivered: boolean, why: string, milliseconds: number}>} */
export const testWebhook = (id) => post(`/webhooks/${id}/test`, {});
/** Lets dead letters be sent again. @param {string} [event] the only one @returns {Promise<number>} how many */
export const replayDeadLetters = (id, event) =>
  post(`/webhooks/${id}/replay`, event ? { event } : {}).then(({ replayed }) => replayed);
/** @param {string} [cursor] `next` of the page before */
export const deadLetters = (cursor) => request(`/webhooks/dead-letters?${query({ limit: 50, cursor })}`);
/** The values of the configuration's keys on the site, by key. */
export const siteSettings = () =>
  request('/site-settings').then(({ settings }) => new Map(settings.map(({ key, value }) => [key, value])));
/** The room of the recordings, and when it will end: the contract's RecordingStorage. */
export const recordingStorage = () => request('/recording-storage');
/** Exported cases, the newest first. */
export const cases = () => request('/cases').then((page) => page.cases);
/** @param {{title: string, reason: string, notes?: string, cameras: string[], from: string, to: string}} wish */
export const addCase = (wish) => post('/cases', wish);
/** Deletes a case with its archive and links, or ends its making. */
export const removeCase = (id) => request(`/cases/${id}`, { method: 'DELETE' });
/** @returns {string} the address of a case's archive */
export const caseAddress = (id) => `${BASE}/cases/${id}/case.zip`;
export const caseLinks = (id) => request(`/cases/${id}/links`).then((page) => page.links);
/** @param {{reason: string, 'expires-at': string, downloads: number}} wish @returns {Promise<{link: object, secret: string}>} */
export const addCaseLink = (id, wish) => post(`/cases/${id}/links`, wish);
export const revokeCaseLink = (id) => request(`/case-links/${id}`, { method: 'DELETE' });
/** The levels of the node's log, by logger. */
export const logLevels = () => request('/log-levels').then(({ levels }) => levels);
export const replaceLogLevels = (levels) => send('PUT', '/log-levels', { levels }).then((stored) => stored.levels);

/** The layouts of the wall: own ones, and those that others share. */
export const layouts = () => request('/layouts').then((page) => page.layouts);
/** @param {{name: string, tiles: string, group?: string, cameras: string[], shared: boolean}} layout */
export const saveLayout = (layout) => send('PUT', '/layouts', layout);
export const removeLayout = (id) => request(`/layouts/${id}`, { method: 'DELETE' });

export const mapConfig = () => request('/map');
/** What waits for a decision, by camera and rule. */
export const incidents = (filter) => request(`/incidents?${query(filter)}`).then((page) => page.incidents);
/** A tab of the review desk. @returns {Promise<{incidents: object[], counts: object, next?: string}>} */
export const incidentPage = (filter) => request(`/incidents?${query(filter)}`);
/** An incident with its reports. */
export const incident = (id) => request(`/incidents/${id}`);
/** Takes one step with several reports, or with none of them. @param {object} wish the contract's DecisionTogether */
export const decide = (wish) => post('/decisions', wish);
/** @param {boolean} takeOver whether to take it from another reviewer, instead of 409 */
export const claim = (id, takeOver = false) => send('PUT', `/reports/${id}/claim`, { 'take-over': takeOver });
/** Also answers when the page is closed meanwhile. */
export const release = (id) => request(`/reports/${id}/claim`, { method: 'DELETE', keepalive: true });
export const claims = () => request('/claims').then((page) => page.claims);
export const verdicts = () => request('/verdicts').then((page) => page.rules);
export const mutes = () => request('/mutes').then((page) => page.mutes);
/** @param {{until: string, reason: string}} wish */
export const mute = (camera, rule, wish) => send('PUT', `/cameras/${camera}/rules/${rule}/mute`, wish);
export const unmute = (camera, rule) => request(`/cameras/${camera}/rules/${rule}/mute`, { method: 'DELETE' });
/** The types of rules whose reports two people have to look at. */
export const secondLookTypes = () => request('/desk/second-look').then((setting) => setting.types);
export const rejectReasons = () => request('/desk/reject-reasons').then((setting) => setting.reasons);
/** Where a report goes when it is verified. @returns {Promise<object|undefined>} the contract's Route */
export const routeOf = (id) => request(`/reports/${id}/route`).then((answer) => answer.route);
/** The address of statistics, as JSON or as a file; entries without a value are left out. */
export const statisticsAddress = (parameters, file = false) =>
  `${BASE}/statistics${file ? '/export' : ''}?${new URLSearchParams(Object.entries(parameters).filter(([, value]) => value))}`;
export const statistics = (parameters) => request(statisticsAddress(parameters).slice(BASE.length));
export const cameras = () => request('/cameras').then((page) => page.cameras);
export const camera = (id) => request(`/cameras/${id}`);
/** @param {object} definition as it came, without its status; refused with 409 when its version is not the camera's */
export const replaceCamera = (definition) => send('PUT', `/cameras/${definition.id}`, definition);
/** @param {object} definition with its id and url @returns {Promise<object>} the camera */
export const addCamera = (definition) => post('/cameras', definition);
export const removeCamera = (id) => request(`/cameras/${id}`, { method: 'DELETE' });
/** @param {{reason?: string, until?: string}} wish until when, as RFC 3339; without it until somebody ends it */
export const pauseCamera = (id, wish) => send('PUT', `/cameras/${id}/pause`, wish);
export const resumeCamera = (id) => request(`/cameras/${id}/pause`, { method: 'DELETE' });
/** @param {{to: string, note?: string}} wish who mends it */
export const handOverCamera = (id, wish) => send('PUT', `/cameras/${id}/handover`, wish);
/** @param {'done'|'taken-back'} cause */
export const endHandover = (id, cause) => request(`/cameras/${id}/handover?${query({ cause })}`, { method: 'DELETE' });
export const retryCamera = (id) => post(`/cameras/${id}/retry`, {});
/** @param {{to: string[], keys: string[]}} wish */
export const copySettings = (id, wish) => post(`/cameras/${id}/copy-settings`, wish);
/** @param {{address: string, user?: string, password?: string, fingerprint?: string}} wish */
export const testCamera = (wish) => post('/camera-tests', wish);
/** @param {{format: 'csv'|'yaml', lines: string[], apply: boolean}} wish */
export const importCameras = (wish) => post('/camera-imports', wish);
/** @returns {string} the address of the cameras as a file */
export const cameraExport = (format, of) => `${BASE}/camera-exports?format=${format}&of=${of}`;
/** @param {{rule: object, scene: object, hours: number}} wish */
export const tryRule = (id, wish) => post(`/cameras/${id}/trial`, wish);
export const ruleTemplates = () => request('/rule-templates').then((page) => page.templates);
/** The types of rules by their names, and the settings that all have. */
export const ruleDescriptions = () =>
  request('/rule-types').then((page) => ({
    types: new Map(page['rule-types'].map((type) => [type.name, type])),
    common: page['common-parameters'],
  }));
export const presets = (id) => request(`/cameras/${id}/ptz`).then((page) => page.presets);
/** @param {{move?: object, stop?: boolean, preset?: string}} movement */
export const moveCamera = (id, movement) => post(`/cameras/${id}/ptz`, movement);
export const suggestions = (id) => request(`/cameras/${id}/suggestions`);
export const forgetHeatMap = (id) => request(`/cameras/${id}/heat-map`, { method: 'DELETE' });

/** @returns {Promise<Blob>} the heat map on a transparent ground */
export async function heatMap(id, show) {
  const response = await fetch(`${BASE}/cameras/${id}/heat-map.png?over=nothing&show=${show}`);
  if (!response.ok) throw new ProblemError({}, response.status);
  return response.blob();
}
/** What was recorded of a camera in a span of time, and why the rest was not. */
export const recordings = (id, from, to) => request(`/cameras/${id}/recordings?${query({ from, to })}`);
/** @param {string} month such as '2026-11' @returns {Promise<object>} the days with recordings and with alerts: the contract's RecordingDays */
export const recordingDays = (id, month) => request(`/cameras/${id}/recording-days?month=${month}`);
/** What moved in front of a camera: the contract's ActivityList. @param {number} step in seconds */
export const activity = (id, from, to, step) => request(`/cameras/${id}/activity?${query({ from, to, step })}`);

/** The times in which something moved in a region: the contract's ActivityMoments. @param {object} wish its ActivitySearch */
export const searchActivity = (id, wish, signal) =>
  request(`/cameras/${id}/activity/search`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wish),
    signal,
  });

/**
 * A small picture of a recorded moment.
 *
 * @returns {Promise<{picture: Blob, takenAt: number}|undefined>} nothing where nothing was recorded
 */
export async function thumbnail(id, at, signal) {
  const response = await fetch(`${BASE}/cameras/${id}/recording.jpg?${query({ at })}`, { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new ProblemError({}, response.status);
  return { picture: await response.blob(), takenAt: Date.parse(response.headers.get('Kydai-Recording-Start')) };
}

/** The address of a recorded span as a file. */
export const recordingAddress = (id, from, to, audio) => `${BASE}/cameras/${id}/recording.mp4?${query({ from, to, audio })}`;

/**
 * A piece of a camera's recording.
 *
 * @param {boolean} sound whether with its sound, where there is some
 * @returns {Promise<{bytes: Uint8Array, start: number, end: number, endText: string}|undefined>} with the times
 *   of its first picture and of the end of its last; nothing where nothing was recorded
 */
export async function recordedPiece(id, from, to, sound, signal) {
  const response = await fetch(recordingAddress(id, from, to, sound || undefined), { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new ProblemError({}, response.status);
  const endText = response.headers.get('Kydai-Recording-End');
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    start: Date.parse(response.headers.get('Kydai-Recording-Start')),
    end: Date.parse(endText),
    endText,
  };
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
export const reports = (filter) => request(`/reports?${query(filter)}`);

/** The figures of the desk in a span. @param {{from: string, to: string}} span */
export const deskStatistics = (span) => request(`/desk/statistics?${query(span)}`);
/** How each reviewer decided in a span. @param {{from: string, to: string}} span */
export const reviewers = (span) => request(`/desk/reviewers?${query(span)}`).then((page) => page.reviewers);

/** @param {{until: string, reason: string}} wish */
export const muteRule = (camera, rule, wish) => send('PUT', `/cameras/${camera}/rules/${rule}/mute`, wish);
export const unmuteRule = (camera, rule) => request(`/cameras/${camera}/rules/${rule}/mute`, { method: 'DELETE' });

/** @param {object} filter the contract's conditions of a search, limit, cursor; empty ones are left out */
export const searchReports = (filter) => request(`/search?${query(filter)}`);
/** @returns {string} the address of what a search finds as a file */
export const searchExport = (filter) => `${BASE}/search/export?${query(filter)}`;
/** Where a plate was read. @param {{plate: string, from: string, until: string, reason: string}} asked */
export const plateRoute = (asked) => request(`/search/route?${query(asked)}`);
/** The own searches that have a name. */
export const savedSearches = () => request('/saved-searches').then((page) => page.searches);
/** @param {{name: string, filter: object}} search */
export const saveSearch = (search) => post('/saved-searches', search);
export const removeSearch = (id) => request(`/saved-searches/${id}`, { method: 'DELETE' });

/** @param {string} action one of those that the report's `actions` list */
export const act = (id, action, body = {}) => post(`/reports/${id}/${action}`, body);

/** What was written about a report, the oldest first. */
export const comments = (id) => request(`/reports/${id}/comments`).then((page) => page.comments);
/** @param {{text: string, 'is-public'?: boolean}} comment */
export const addComment = (id, comment) => post(`/reports/${id}/comments`, comment);

/** The reports that follow a report, and those that may be of the same event. */
export const duplicates = (id) => request(`/reports/${id}/duplicates`);
/** Lets a report follow another. @param {{parent: string, version: number}} wish with the version of the report that was seen */
export const merge = (id, wish) => send('PUT', `/reports/${id}/parent`, wish);
export const split = (id) => request(`/reports/${id}/parent`, { method: 'DELETE' });

/** The files that people attached to a report, the oldest first. */
export const attachments = (id) => request(`/reports/${id}/attachments`).then((page) => page.attachments);
/** Attaches a file; the same bytes again are the attachment that is there. @param {Blob} file */
export const attach = (id, name, file) =>
  request(`/reports/${id}/attachments?${new URLSearchParams({ name })}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });

/** Removes an attachment and its file for good. */
export const removeAttachment = (id, attachment, reason) =>
  request(`/reports/${id}/attachments/${attachment}?${query({ reason })}`, { method: 'DELETE' });

/** The site's agencies, each with its id and name. */
export const agencies = () => request('/desk/agencies').then((setting) => setting.agencies);

/**
 * The server's events, for as long as the page is open. Fires what the contract's EventMessage
 * lists ('alert', 'report', 'report-removed', 'reports-removed', 'camera', 'camera-removed', 'hello',
 * 'heartbeat'), 'message' for each of them, and 'offline'. After an interruption 'hello' comes again: whoever shows a state asks for it
 * anew then.
 */
class Events extends EventTarget {
  #retry = RETRY_MS;
  #socket;
  #timer;

  constructor() {
    super();
    this.#open();
  }

  /** Gives up a socket on which nothing comes, and opens another at once. */
  reconnect() {
    const socket = this.#socket;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    clearTimeout(this.#timer);
    this.#open();
  }

  /** A socket may have been closed because the log-in ended, which it cannot say itself. */
  async #checkSession() {
    try {
      const response = await fetch(`${BASE}/session`);
      if (response.status === 401) signIn();
    } catch (error) {
      // The server is away; the next socket will show when it is back.
      console.info('the server does not answer yet', error);
    }
  }

  #open() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}${BASE}/events`);
    this.#socket = socket;
    socket.onopen = () => (this.#retry = RETRY_MS);
    socket.onmessage = ({ data }) => {
      const { event, ...detail } = JSON.parse(data);
      this.dispatchEvent(new CustomEvent('message', { detail }));
      this.dispatchEvent(new CustomEvent(event, { detail }));
    };
    socket.onclose = () => {
      this.#checkSession();
      this.dispatchEvent(new CustomEvent('offline'));
      this.#timer = setTimeout(() => this.#open(), this.#retry * (0.5 + Math.random() / 2));
      this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY_MS);
    };
  }
}

export const events = new Events();

/** Tries to reach the server now. */
export const reconnect = () => events.reconnect();
