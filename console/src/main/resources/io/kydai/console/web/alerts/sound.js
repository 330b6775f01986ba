/** The bell: a sound by priority, again and again until the alerts are acknowledged. */

import { openAlerts } from './open.js';
import { sounds } from './preferences.js';
import { PRIORITIES, priorityOf } from './priority.js';

const STORED = 'kydai.sound';
const QUIET_MS = 5 * 60_000;

/** What sounds once sounds again for another alert after so long. */
const ONCE_MS = 60_000;

/** The gain of 100 %. */
const LOUDEST = 0.5;

/** Tones of a sound: frequency in hertz, start and length in seconds; and how often it comes again, in ms. */
const SOUNDS = {
  urgent: { tones: [[880, 0, 0.16], [660, 0.2, 0.16], [880, 0.4, 0.16]], again: 6_000 },
  high: { tones: [[660, 0, 0.2], [660, 0.3, 0.2]], again: 20_000 },
  normal: { tones: [[520, 0, 0.18]], again: 60_000 },
};

class Bell extends EventTarget {
  #context;
  #last = { urgent: -Infinity, high: -Infinity, normal: -Infinity };
  #quietUntil = 0;
  #timer;
  on = localStorage.getItem(STORED) === 'on';

  constructor() {
    super();
    openAlerts.addEventListener('new', () => this.#ring());
    openAlerts.addEventListener('change', () => this.#ring());
    sounds.addEventListener('change', () => this.#ring());
  }

  /** Whether it is silent for now, though it is on. */
  get quiet() {
    return performance.now() < this.#quietUntil;
  }

  /** Turns the sound on or off; a click or key of the person allows the browser to sound. */
  toggle() {
    this.on = !this.on;
    this.#quietUntil = 0;
    localStorage.setItem(STORED, this.on ? 'on' : 'off');
    if (this.on) this.#play(SOUNDS.normal);
    this.dispatchEvent(new Event('change'));
  }

  /** Silent for 5 minutes. */
  hush() {
    this.#quietUntil = performance.now() + QUIET_MS;
    this.dispatchEvent(new Event('change'));
  }

  /** Lets a priority sound once, though nothing waits. */
  try(priority) {
    this.#play(SOUNDS[priority]);
  }

  #ring() {
    clearTimeout(this.#timer);
    if (!this.on) return;
    const waiting = openAlerts.groups.filter(({ newest }) => !openAlerts.isKnown(newest));
    const priority = PRIORITIES.find(
      (one) => sounds.mode(one) !== 'silent' && waiting.some(({ newest }) => priorityOf(newest) === one),
    );
    if (!priority) return;
    const sound = SOUNDS[priority];
    const again = sounds.mode(priority) === 'again';
    const now = performance.now();
    if (!this.quiet && now - this.#last[priority] >= (again ? sound.again : ONCE_MS)) {
      this.#last[priority] = now;
      this.#play(sound);
    }
    if (again) this.#timer = setTimeout(() => this.#ring(), sound.again);
  }

  #play({ tones }) {
    this.#context ??= new AudioContext();
    this.#context.resume();
    const begin = this.#context.currentTime + 0.02;
    for (const [frequency, start, length] of tones) {
      const tone = this.#context.createOscillator();
      const volume = this.#context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, begin + start);
      volume.gain.linearRampToValueAtTime((LOUDEST * sounds.volume) / 100, begin + start + 0.02);
      volume.gain.linearRampToValueAtTime(0, begin + start + length);
      tone.connect(volume).connect(this.#context.destination);
      tone.start(begin + start);
      tone.stop(begin + start + length + 0.02);
    }
  }
}

/** Fires 'change' when it is turned on or off. */
export const bell = new Bell();
