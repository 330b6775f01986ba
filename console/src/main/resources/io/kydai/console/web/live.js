/**
 * A camera's live stream in a <video>: fragmented MP4 over a WebSocket into Media Source Extensions,
 * and the observations that travel beside it.
 *
 * Playback is held as little behind the newest picture as its unevenness allows (`latency.js`). Where boxes
 * are to be on the very frame that they belong to, it waits for analysis, too, up to a bound.
 */

import { boxTiming, watchBoxTiming } from './boxtiming.js';
import { LatencyControl } from './latency.js';
import { Observations, TICKS_PER_SECOND } from './observations.js';

/** Pictures kept behind the playing position, in seconds. */
const KEEP_BEHIND = 8;
/** Segments waiting to be appended; beyond it the browser cannot keep up, and the stream is reopened. */
const MAX_QUEUED = 600;
/** How long to leave a stream alone that the browser cannot play, in milliseconds. */
const UNSUPPORTED_PAUSE = 30_000;
/**
 * How long pictures may be appended of which the browser keeps none, in milliseconds. Chromium drops
 * those before the first IDR picture, whatever the fragments say; some encoders send no other than
 * their first and then refresh their pictures part by part.
 */
const NO_PICTURE_LIMIT = 6_000;
/** What is asked of the browser about a codec: a usual camera's rates; only their order of size matters. */
const USUAL = { bitrate: 4_000_000, framerate: 25 };
/** The last picture of a stream that was lost is kept so wide at most, in pixels, until there is a new one. */
const KEPT_WIDTH = 960;
/** The server closes so what somebody may no longer see. */
const POLICY = 1008;
/** The server says so, where it encodes no further camera anew. */
const REFUSED = 'transcodes';

/** Whether a codec is H.265, as the stream names it (RFC 6381). */
const isH265 = (codec) => /^(hvc1|hev1)/.test(codec ?? '');

/** Whether the browser says that it plays a video; one that cannot be asked does. */
async function plays(contentType, width, height) {
  if (!navigator.mediaCapabilities) return true;
  try {
    const video = { contentType, width, height, ...USUAL };
    return (await navigator.mediaCapabilities.decodingInfo({ type: 'media-source', video })).supported;
  } catch {
    return true;
  }
}

/**
 * Closes a socket without being told of it. One that still connects is closed when it is open: to give it up
 * before is an error, which Firefox writes in its console for each tile that one turns away from.
 *
 * @param {WebSocket} [socket]
 */
function leave(socket) {
  if (!socket) return;
  socket.onmessage = null;
  socket.onclose = null;
  if (socket.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
  else socket.close();
}

export class LivePlayer extends EventTarget {
  #url;
  #video;
  #socket;
  #source;
  #buffer;
  #codec;
  #queue = [];
  #observations = new Observations();
  #control = new LatencyControl(boxTiming());
  #endTiming = watchBoxTiming(() => (this.#control.mode = boxTiming()));
  /** Of a stream that is not the analysed one: by what its clock was compared, and what to add. */
  #alignment;
  #timer;
  #retry = 500;
  #closed = false;
  #lastState;
  /** When the first segment was appended of a source that holds no picture yet. */
  #waitingSince;
  /** The camera's codec, which the browser cannot play: the server is asked for H.264 in its place. */
  #unplayable;
  #elsewhere;
  #onVisible = () => this.#whenVisible();

  /**
   * @param {HTMLVideoElement} video owned by the caller, muted
   * @param {'main'|'sub'} [rendition] of a camera that has two streams; otherwise the analysed one
   * @param {() => boolean} [elsewhere] asked where the browser cannot play the stream's H.265: whether the
   *   owner shows another one. If not, the server encodes the camera's pictures anew
   */
  constructor(cameraId, video, rendition, elsewhere = () => false) {
    super();
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#url = `${scheme}//${location.host}/api/v1/cameras/${cameraId}/live${rendition ? `?rendition=${rendition}` : ''}`;
    this.#elsewhere = elsewhere;
    this.#video = video;
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#open();
  }

  /** Ends playing; the video element is left empty. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#endTiming();
    document.removeEventListener('visibilitychange', this.#onVisible);
    leave(this.#socket);
    this.#dropSource();
    this.#video.removeAttribute('poster');
  }

  /** The newest observation, if there is one. */
  get newest() {
    return this.#observations.newest;
  }

  /**
   * By what the boxes' times are found: nothing where the analysed stream itself is shown, otherwise
   * 'sender-reports', 'arrival', or 'none' where they cannot be.
   */
  get alignedBy() {
    return this.#alignment?.by;
  }

  /** The camera's codec, where the browser cannot play it and the server sends H.264 in its place. */
  get transcodedFrom() {
    return this.#unplayable;
  }

  /** How far playback is behind the newest picture, in seconds. */
  get latency() {
    const ranges = this.#video.buffered;
    return ranges.length ? ranges.end(ranges.length - 1) - this.#video.currentTime : 0;
  }

  /**
   * What is on the frame shown at a media time, as {@link Observations#at} finds it.
   *
   * @param {number} seconds media time, as requestVideoFrameCallback gives it
   * @returns {{tracks: object[], exact: boolean}}
   */
  observationAt(seconds) {
    if (this.#alignment?.by === 'none') return { tracks: [], exact: false };
    return this.#observations.at(seconds * TICKS_PER_SECOND + (this.#alignment?.offset ?? 0));
  }

  #open() {
    // While stills stand in for a stream that cannot be played, looking again must not be seen.
    if (this.#lastState !== 'unsupported') this.#emit('state', { state: 'connecting' });
    const h264 = this.#url.includes('?') ? '&codec=h264' : '?codec=h264';
    const socket = new WebSocket(this.#url + (this.#unplayable ? h264 : ''));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      if (typeof data === 'string') this.#onText(JSON.parse(data));
      else this.#onMedia(data);
    };
    socket.onclose = ({ code, reason }) => {
      if (socket !== this.#socket) return;
      if (code === POLICY) this.#video.removeAttribute('poster');
      else this.#keepPicture();
      if (reason.startsWith(REFUSED) && this.#unplayable) this.#unsupported('transcodes-full', this.#unplayable);
      else this.#reopen();
    };
  }

  /** A video without a source is black: the last picture stands in its place, as its poster. */
  #keepPicture() {
    const video = this.#video;
    if (!video.videoWidth || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const width = Math.min(KEPT_WIDTH, video.videoWidth);
    const canvas = Object.assign(document.createElement('canvas'), { width, height: Math.round((width * video.videoHeight) / video.videoWidth) });
    canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
    video.poster = canvas.toDataURL('image/jpeg', 0.8);
  }

  #reopen() {
    this.#dropSource();
    if (this.#closed) return;
    this.#emit('state', { state: 'offline' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), this.#retry * (0.5 + Math.random() / 2));
    this.#retry = Math.min(this.#retry * 2, 10_000);
  }

  #onText(message) {
    switch (message.type) {
      case 'init':
        this.#start(message);
        break;
      case 'observation':
        this.#observe(message);
        break;
      case 'alignment':
        this.#alignment = message;
        break;
      case 'gap':
        this.#emit('state', { state: 'gap' });
        break;
      case 'end':
        // The camera was removed, or is being changed: in the latter case it is back in a moment.
        this.#restart();
        break;
    }
  }

  #observe(observation) {
    this.#observations.add(observation);
    const shown = observation.mediaTime - (this.#alignment?.offset ?? 0);
    if (!observation.propagated) this.#control.observed(performance.now() / 1000, shown / TICKS_PER_SECOND);
    this.#emit('observation', observation);
  }

  #start({ codec, width, height }) {
    const type = `video/mp4; codecs="${codec}"`;
    if (!MediaSource.isTypeSupported(type)) {
      this.#cannotPlay(codec);
      return;
    }
    if (isH265(codec)) this.#ask(type, codec, width, height);
    this.#emit('size', { width, height });
    if (this.#buffer) {
      if (codec !== this.#codec) this.#queue.push({ changeTo: type });
      this.#codec = codec;
      return;
    }
    this.#codec = codec;
    this.#queue.length = 0;
    const source = new MediaSource();
    this.#source = source;
    this.#video.src = URL.createObjectURL(source);
    source.addEventListener(
      'sourceopen',
      () => {
        URL.revokeObjectURL(this.#video.src);
        if (source !== this.#source) return;
        this.#buffer = source.addSourceBuffer(type);
        this.#buffer.mode = 'segments';
        this.#buffer.addEventListener('updateend', () => this.#appended());
        this.#buffer.addEventListener('error', () => this.#restart());
        this.#pump();
      },
      { once: true },
    );
  }

  /** A browser may know a codec, and yet say that it cannot play it on this machine. */
  async #ask(type, codec, width, height) {
    const socket = this.#socket;
    if (!(await plays(type, width, height)) && socket === this.#socket) this.#cannotPlay(codec);
  }

  /** H.265 is shown by another stream of the camera or encoded anew; other codecs are left alone. */
  #cannotPlay(codec) {
    if (!isH265(codec)) {
      this.#unsupported('codec', codec);
    } else if (this.#elsewhere()) {
      this.#pause();
    } else {
      this.#unplayable = codec;
      const socket = this.#socket;
      this.#socket = undefined;
      socket?.close();
      this.#dropSource();
      this.#open();
    }
  }

  #onMedia(segment) {
    if (!this.#source) return;
    this.#queue.push({ segment });
    if (this.#queue.length > MAX_QUEUED) this.#restart();
    else if (this.#keepsNoPicture()) this.#unsupported('no-key-picture', this.#codec);
    else this.#pump();
  }

  /** Whether segments come, and the browser keeps nothing of them. */
  #keepsNoPicture() {
    if (!this.#buffer) return false;
    if (this.#buffer.buffered.length) {
      this.#waitingSince = undefined;
      return false;
    }
    this.#waitingSince ??= performance.now();
    return performance.now() - this.#waitingSince > NO_PICTURE_LIMIT;
  }

  #appended() {
    const ranges = this.#buffer?.buffered;
    if (ranges?.length) this.#control.appended(performance.now() / 1000, ranges.end(ranges.length - 1));
    this.#pump();
  }

  #pump() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#source.readyState !== 'open') return;
    this.#follow();
    if (buffer.updating) return;
    const next = this.#queue.shift();
    if (!next) return;
    try {
      if (next.changeTo) {
        buffer.changeType(next.changeTo);
        this.#pump();
      } else {
        buffer.appendBuffer(next.segment);
      }
    } catch (error) {
      console.warn('live stream reopened:', error);
      this.#restart();
    }
  }

  /** Keeps the playing position near the live edge, over holes, and the buffer short. */
  #follow() {
    const video = this.#video;
    const ranges = this.#buffer.buffered;
    if (!ranges.length) return;
    const start = ranges.start(ranges.length - 1);
    const end = ranges.end(ranges.length - 1);
    const { jump, rate } = this.#control.follow(performance.now() / 1000, video.currentTime, start, end);
    if (jump !== undefined) video.currentTime = jump;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (video.paused && !document.hidden) {
      video.play().then(
        () => this.#playing(),
        (error) => this.#emit('state', { state: 'blocked', error: String(error) }),
      );
    } else if (!video.paused) {
      this.#playing();
    }
    const oldest = ranges.start(0);
    if (video.currentTime - oldest > KEEP_BEHIND * 2) {
      this.#buffer.remove(oldest, video.currentTime - KEEP_BEHIND);
    }
  }

  #playing() {
    if (this.#retry !== 500) this.#retry = 500;
    this.#emit('state', { state: 'playing' });
  }

  #restart() {
    const socket = this.#socket;
    this.#socket = undefined;
    leave(socket);
    this.#reopen();
  }

  /**
   * Takes no pictures that cannot be shown; later the camera may come with another codec, or with a
   * picture at which to begin.
   */
  #unsupported(reason, codec) {
    this.#emit('state', { state: 'unsupported', reason, codec });
    this.#pause();
  }

  /** Takes nothing for a while. */
  #pause() {
    const socket = this.#socket;
    this.#socket = undefined;
    leave(socket);
    this.#dropSource();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), UNSUPPORTED_PAUSE);
  }

  #dropSource() {
    this.#buffer = undefined;
    this.#source = undefined;
    this.#codec = undefined;
    this.#waitingSince = undefined;
    this.#queue.length = 0;
    this.#observations.clear();
    this.#control.reset();
    this.#alignment = undefined;
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #whenVisible() {
    if (!document.hidden && this.#buffer && !this.#buffer.updating) this.#follow();
  }

  #emit(type, detail) {
    if (type === 'state') {
      if (this.#lastState === detail.state) return;
      this.#lastState = detail.state;
    }
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
