/** The cameras and their states, kept up to date by the server's events. */

import { currentLanguage, inNameOrder } from './i18n.js';
import { cameras, events } from './server.js';

/** A Lit controller: `list` holds the cameras in the order of their ids; the host is drawn on a change. */
export class CameraList {
  list = [];
  loaded = false;
  error;
  #host;
  #abort;
  #byName = { of: undefined, language: undefined, list: [] };

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  /** The cameras by name, put in order once for each change of the list. */
  get byName() {
    const { of, language } = this.#byName;
    if (of !== this.list || language !== currentLanguage()) {
      this.#byName = { of: this.list, language: currentLanguage(), list: inNameOrder(this.list) };
    }
    return this.#byName.list;
  }

  hostConnected() {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    events.addEventListener('hello', () => this.#load(), { signal });
    events.addEventListener('camera', ({ detail }) => this.#put(detail.camera), { signal });
    events.addEventListener('camera-removed', ({ detail }) => this.#remove(detail.id), { signal });
    this.#load();
  }

  hostDisconnected() {
    this.#abort.abort();
  }

  async #load() {
    try {
      this.list = await cameras();
      this.loaded = true;
      this.error = undefined;
    } catch (error) {
      this.error = error.message;
    }
    this.#host.requestUpdate();
  }

  #put(camera) {
    this.list = [...this.list.filter(({ id }) => id !== camera.id), camera].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    this.#host.requestUpdate();
  }

  #remove(id) {
    this.list = this.list.filter((camera) => camera.id !== id);
    this.#host.requestUpdate();
  }
}
