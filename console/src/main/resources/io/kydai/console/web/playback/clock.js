/**
 * The one clock of several recordings. It says which moment is shown; each video follows it, and it never
 * runs ahead of the slowest by more than a picture. Where no camera has anything, it goes to the next that
 * does.
 */

/** How far from the clock a video may be before it is sent there, in seconds at the usual speed. */
const JUMP = 0.7;
/** What a video may be behind before the clock waits for it, in seconds at the usual speed. */
const SLACK = 0.03;
/** How soon a video makes good what it is off, in seconds. */
const SETTLE = 0.5;
const SLOWEST = 0.0625;
const FASTEST = 16;

export class PlaybackClock {
  /** The moment that is shown, in milliseconds since 1970. */
  position = 0;
  speed = 1;
  playing = false;
  /** Whether it waits for a camera's pictures. */
  waiting = false;
  /** Whether nothing more was recorded. */
  ended = false;
  #last;

  /** Goes to a moment. @param {import('./track.js').Track[]} tracks */
  seek(moment, tracks) {
    this.position = moment;
    this.ended = false;
    this.#last = undefined;
    for (const track of tracks) {
      track.video.pause();
      track.seek(moment);
    }
  }

  /**
   * Brings clock and videos to where they belong.
   *
   * @param {import('./track.js').Track[]} tracks
   * @param {number} now in milliseconds, of a clock that is not set
   */
  tick(tracks, now) {
    const passed = this.#last === undefined ? 0 : Math.min(250, now - this.#last);
    this.#last = now;
    for (const track of tracks) track.feed(this.position, this.speed);
    const states = tracks.map((track) => track.state(this.position));
    this.waiting = states.includes('loading');
    const shown = tracks.filter((_, at) => states[at] === 'ready');
    if (!this.playing || this.waiting || !tracks.length) {
      this.#stand(tracks, shown);
      return;
    }
    if (!shown.length) {
      this.#overGap(tracks);
      return;
    }
    this.ended = false;
    this.#advance(shown, passed);
    for (const track of tracks) {
      if (shown.includes(track)) this.#follow(track);
      else track.video.pause();
    }
  }

  #advance(shown, passed) {
    const wanted = this.position + passed * this.speed;
    // One that has stopped at its last picture holds nobody up: what comes is found beyond its end.
    const started = shown.filter(
      ({ video, position, stopped }) => !video.paused && !stopped && Math.abs(position - this.position) < 1000 * JUMP * Math.max(1, this.speed),
    );
    const slack = 1000 * SLACK * Math.max(1, this.speed);
    const held = Math.min(wanted, ...started.map((track) => track.position + slack));
    const end = Math.min(...shown.map((track) => track.loadedUntil(this.position)));
    // To the end of what is loaded, where the next look finds a gap or waits.
    this.position = Math.min(Math.max(this.position, held), end);
  }

  #follow(track) {
    const { video } = track;
    const off = track.media(this.position) - video.currentTime;
    if (video.paused || Math.abs(off) > JUMP * Math.max(1, this.speed)) {
      if (Math.abs(off) > 0.001) video.currentTime = track.media(this.position);
      video.playbackRate = this.speed;
      if (video.paused) video.play().catch((error) => error.name !== 'AbortError' && console.warn(error));
      return;
    }
    const rate = Math.min(FASTEST, Math.max(SLOWEST, this.speed + off / SETTLE));
    if (Math.abs(rate - video.playbackRate) > 0.01 * this.speed) video.playbackRate = rate;
  }

  /** All stand at the clock's moment. */
  #stand(tracks, shown) {
    for (const track of tracks) {
      if (!track.video.paused) track.video.pause();
      const at = track.media(this.position);
      if (shown.includes(track) && !track.video.seeking && Math.abs(track.video.currentTime - at) > 0.002) track.video.currentTime = at;
    }
  }

  #overGap(tracks) {
    const next = Math.min(...tracks.map((track) => track.next(this.position) ?? Infinity));
    this.ended = next === Infinity;
    if (!this.ended) this.seek(next, tracks);
  }
}
