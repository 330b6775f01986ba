/** A camera's newest analysed picture again and again, for a browser that cannot play its video. */

/** Between two pictures, in milliseconds. */
const INTERVAL = 1000;
/** After a picture that did not come. */
const PAUSE = 3000;

export class Stills {
  #url;
  #image;
  #annotated;
  #shown;
  #timer;
  #closed = false;

  /**
   * @param {HTMLImageElement} image owned by the caller
   * @param {() => boolean} annotated whether boxes, zones and lines are to be on the pictures
   * @param {() => void} [shown] called for each picture
   */
  constructor(cameraId, image, annotated, shown = () => {}) {
    this.#url = `/api/v1/cameras/${cameraId}/snapshot.jpg`;
    this.#image = image;
    this.#annotated = annotated;
    this.#shown = shown;
    this.#next();
  }

  async #next() {
    // A page that nobody looks at asks for nothing.
    const came = document.hidden || (await this.#show());
    if (!this.#closed) this.#timer = setTimeout(() => this.#next(), came ? INTERVAL : PAUSE);
  }

  async #show() {
    try {
      const options = { cache: 'no-store' };
      const response = await fetch(`${this.#url}?annotated=${this.#annotated()}`, options);
      if (!response.ok) return false;
      const picture = await response.blob();
      if (!this.#closed) {
        this.#put(URL.createObjectURL(picture));
        this.#shown();
      }
      return true;
    } catch (error) {
      console.warn('no still:', error);
      return false;
    }
  }

  #put(address) {
    const before = this.#image.src;
    this.#image.src = address;
    if (before) URL.revokeObjectURL(before);
  }

  /** Ends it; the image element is left empty. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#image.src) URL.revokeObjectURL(this.#image.src);
    this.#image.removeAttribute('src');
  }
}
