/**
 * One camera's recording in a <video>: pieces of a fragmented MP4, fetched a little ahead of what is
 * shown, into Media Source Extensions. A second of the source is a second of the day, so that any moment
 * is found by its time, and several cameras can be kept in step.
 */

import { eachFrame } from '../frames.js';
import { recordedPiece } from '../server.js';
import { siteNow } from '../site.js';
import { mediaTypes } from './codec.js';
import { Coverage } from './coverage.js';

/** The length of the pieces after a jump, in seconds: the first is short, so that its picture comes soon. */
const LENGTHS = [4, 10, 30];
/** How far ahead of the picture to fetch, in seconds; at a higher speed as much more. */
const AHEAD = 30;
const MOST_AHEAD = 120;
/** How much is kept behind the picture, in seconds. */
const BEHIND = 30;
/** How near the source's time must be to its origin, in milliseconds: beyond it another is opened. */
const REACH = 20 * 86_400_000;
/** How long to wait before something is asked for again that was not there, in milliseconds. */
const RETRY = 1_000;
/** How long the last picture before a gap may be, in milliseconds. */
const LAST = 500;
/** How much is passed over where a piece brings nothing new, in milliseconds. */
const STEP = 100;

/** Whether a type names sound beside the pictures. */
const isHeard = (type) => type.includes(', ');

export class Track {
  coverage = new Coverage();
  #camera;
  #video;
  #changed;
  #source;
  #buffer;
  #origin = 0;
  #type;
  #next = 0;
  #nextText;
  #pieces = 0;
  #fetching;
  #waitUntil = 0;
  #pending;
  #frames = [];
  #endFrames;
  #failure;
  #heard = false;
  #sound;

  /**
   * @param {string} camera
   * @param {HTMLVideoElement} video owned by the caller, muted
   * @param {() => void} changed is told when there is something new to show
   */
  constructor(camera, video, changed) {
    this.#camera = camera;
    this.#video = video;
    this.#changed = changed;
    this.#endFrames = eachFrame(video, (mediaTime) => {
      this.#frames = [...this.#frames, mediaTime].slice(-8);
      changed();
    });
  }

  get video() {
    return this.#video;
  }

  /**
   * What is heard: nothing is known yet, 'heard', 'none' where no sound was recorded, or 'unplayable' where the
   * browser cannot play it.
   */
  get sound() {
    return this.#sound;
  }

  /**
   * Plays the sound, too, or no longer. What is loaded is dropped then: the caller seeks.
   *
   * @param {boolean} on
   * @returns {boolean} whether that changed anything
   */
  hear(on) {
    if (on === this.#heard) return false;
    this.#heard = on;
    this.#sound = undefined;
    this.#video.muted = !on;
    this.#abort();
    this.#drop();
    return true;
  }

  close() {
    this.#abort();
    this.#endFrames();
    this.#drop();
  }

  /** Width by height of the picture; undefined where none was shown yet. */
  get ratio() {
    return this.#video.videoWidth ? this.#video.videoWidth / this.#video.videoHeight : undefined;
  }

  /** When the picture was taken that is shown, in milliseconds; undefined where none is. */
  get shownAt() {
    return this.#frames.length && this.#source ? this.#origin + this.#frames.at(-1) * 1000 : undefined;
  }

  /** How long a picture is shown, in seconds, as far as was seen. */
  get frameSeconds() {
    const lengths = this.#frames.slice(1).map((at, i) => at - this.#frames[i]).filter((one) => one > 0.005 && one < 1);
    return lengths.length ? Math.min(...lengths) : 0.04;
  }

  /** The place of a moment in the source, in seconds. */
  media(moment) {
    return (moment - this.#origin) / 1000;
  }

  /** Whether it stands before the end of what is loaded, where browsers stop at the last picture. */
  get stopped() {
    return this.#video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && this.loadedUntil(this.position) - this.position < LAST;
  }

  /** Whether the video shows what there is at a moment, and does not seek it any more. */
  isAt(moment) {
    return !this.#video.seeking && Math.abs(this.#video.currentTime - this.media(moment)) < 0.003;
  }

  /** The moment that the video is at, in milliseconds. */
  get position() {
    return this.#origin + this.#video.currentTime * 1000;
  }

  /**
   * What there is at a moment: 'ready', 'loading', 'gap', 'unsupported' or 'failed'.
   *
   * @param {number} moment
   */
  state(moment) {
    if (this.#failure) return this.#failure;
    if (this.#rangeAt(moment)) return 'ready';
    if (!this.coverage.at(moment, siteNow())) return 'gap';
    // What was fetched and is not there, such as pictures from before a right begins, never will be.
    const comes = this.#fetching || this.#pending || this.#buffer?.updating;
    return this.#next > moment + 1 && !comes ? 'gap' : 'loading';
  }

  /** Where the next pictures after a moment begin, in milliseconds; undefined where none are known. */
  next(moment) {
    const starts = this.#ranges().map(({ start }) => this.#origin + start * 1000);
    const known = [starts.find((start) => start > moment + 1), this.coverage.next(moment)];
    const found = known.filter((one) => one !== undefined);
    return found.length ? Math.min(...found) : undefined;
  }

  /** The end of what is loaded from a moment on, in milliseconds; the moment itself where nothing is. */
  loadedUntil(moment) {
    const range = this.#rangeAt(moment);
    return range ? this.#origin + range.end * 1000 : moment;
  }

  #ranges() {
    const ranges = this.#buffer?.buffered;
    return Array.from({ length: ranges?.length ?? 0 }, (_, i) => ({ start: ranges.start(i), end: ranges.end(i) }));
  }

  #rangeAt(moment) {
    const at = this.media(moment);
    // Times of the source are of whole microseconds.
    return this.#ranges().find(({ start, end }) => start <= at + 0.001 && at + 0.001 < end);
  }

  /** Goes to a moment: keeps what is loaded of it, and fetches on from there. */
  seek(moment) {
    this.#abort();
    this.#failure = undefined;
    this.#waitUntil = 0;
    if (!this.#source || Math.abs(moment - this.#origin) > REACH || moment < this.#origin) this.#open(moment);
    this.#pieces = 0;
    this.#goOn(this.loadedUntil(moment));
    if (this.#rangeAt(moment)) this.#video.currentTime = this.media(moment);
  }

  #goOn(moment, text) {
    this.#next = moment;
    this.#nextText = text ?? new Date(moment).toISOString();
  }

  #abort() {
    this.#fetching?.abort();
    this.#fetching = undefined;
    this.#pending = undefined;
  }

  #open(moment) {
    this.#drop();
    // Before it, so that one can go back without another source; media times are never negative.
    this.#origin = Math.floor(moment / 1000) * 1000 - REACH / 2;
    const source = new MediaSource();
    this.#source = source;
    const address = URL.createObjectURL(source);
    source.addEventListener('sourceopen', () => {
      URL.revokeObjectURL(address);
      if (source !== this.#source) return;
      source.duration = (2 * REACH) / 1000;
      this.#changed();
    }, { once: true });
    this.#video.src = address;
  }

  #drop() {
    this.#source = undefined;
    this.#buffer = undefined;
    this.#type = undefined;
    this.#frames = [];
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  /**
   * Fetches and drops what the moment asks for; is called again and again.
   *
   * @param {number} moment that is shown
   * @param {number} speed
   */
  feed(moment, speed) {
    if (this.#source?.readyState !== 'open' || this.#failure || this.#buffer?.updating) return;
    if (this.#pending) {
      this.#append(this.#pending, moment);
      return;
    }
    if (this.#evict(moment) || this.#fetching || performance.now() < this.#waitUntil) return;
    const ahead = Math.min(MOST_AHEAD, AHEAD * Math.max(1, speed / 2));
    if (this.#next > moment + ahead * 1000) return;
    const now = siteNow();
    const span = this.coverage.at(this.#next, now);
    if (!span) {
      const next = this.coverage.next(this.#next);
      if (next !== undefined) this.#goOn(next);
      return;
    }
    const length = LENGTHS[Math.min(this.#pieces, LENGTHS.length - 1)] * 1000;
    const to = Math.min(this.#next + length, span.to);
    if (to - this.#next < 50) {
      if (this.coverage.live && this.#next > this.coverage.edge) this.#waitUntil = performance.now() + RETRY / 2;
      else this.#goOn(to + STEP);
      return;
    }
    this.#fetch(this.#nextText, to);
  }

  async #fetch(from, to) {
    const abort = new AbortController();
    this.#fetching = abort;
    try {
      const piece = await recordedPiece(this.#camera, from, new Date(to).toISOString(), this.#heard && this.#sound !== 'unplayable', abort.signal);
      if (abort.signal.aborted) return;
      const growing = this.coverage.live && to > this.coverage.edge;
      if (!piece) {
        if (growing) this.#waitUntil = performance.now() + RETRY;
        else this.#goOn(to);
      } else {
        this.#pending = { ...piece, to, growing };
      }
    } catch (error) {
      if (abort.signal.aborted) return;
      console.warn('a recording was not fetched', error);
      this.#waitUntil = performance.now() + RETRY;
    } finally {
      if (this.#fetching === abort) this.#fetching = undefined;
      this.#changed();
    }
  }

  #append(piece, moment) {
    const types = mediaTypes(piece.bytes);
    const type = types.sound ?? types.picture;
    if (types.sound && !MediaSource.isTypeSupported(type) && MediaSource.isTypeSupported(types.picture)) {
      this.#sound = 'unplayable';
      this.#pending = undefined;
      this.#changed();
      return;
    }
    if (!MediaSource.isTypeSupported(type)) {
      this.#failure = 'unsupported';
      this.#changed();
      return;
    }
    if (this.#buffer && isHeard(type) !== isHeard(this.#type)) {
      // A source keeps the kinds of tracks that it began with: what is loaded is played first.
      if (!this.#rangeAt(moment)) this.#open(moment);
      return;
    }
    if (this.#heard && this.#sound !== 'unplayable') this.#sound = isHeard(type) ? 'heard' : 'none';
    try {
      if (!this.#buffer) {
        this.#buffer = this.#source.addSourceBuffer(type);
        this.#buffer.addEventListener('updateend', () => this.#changed());
        this.#buffer.addEventListener('error', () => (this.#failure = 'failed'));
      } else if (type !== this.#type) {
        this.#buffer.changeType(type);
      }
      this.#type = type;
      this.#buffer.timestampOffset = this.media(piece.start);
      this.#buffer.appendBuffer(piece.bytes);
    } catch (error) {
      if (error.name === 'QuotaExceededError' && this.#buffer && !this.#buffer.updating) {
        this.#buffer.remove(0, Math.max(0.001, this.media(moment) - 1));
        this.#waitUntil = performance.now() + RETRY;
        return;
      }
      console.warn('a recording was not shown', error);
      this.#failure = 'failed';
      this.#changed();
      return;
    }
    this.#pending = undefined;
    this.#pieces++;
    if (piece.end > this.#next + 1) this.#goOn(piece.end, piece.endText);
    else if (piece.growing) this.#waitUntil = performance.now() + RETRY;
    else this.#goOn(Math.min(piece.to, this.#next + STEP));
  }

  /** Drops what is far behind; whether it does. */
  #evict(moment) {
    const [first] = this.#ranges();
    if (!first) return false;
    const oldest = first.start;
    const keep = this.media(moment) - BEHIND;
    if (keep - oldest < BEHIND) return false;
    this.#buffer.remove(oldest, keep);
    return true;
  }
}
