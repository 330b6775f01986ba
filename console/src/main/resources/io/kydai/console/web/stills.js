/** A camera's newest analysed picture again and again, for a browser that cannot play its video. */

/** Between two pictures, in milliseconds. */
const INTERVAL = 1000;
/** After a picture that did not come. */
const PAUSE = 3000;

export class Stills {
  #url;
  #image;
  #annotated;
  #timer;
  #count = 0;

  /**
   * @param {HTMLImageElement} image owned by the caller
   * @param {() => boolean} annotated whether boxes, zones and lines are to be on the pictures
   */
  constructor(cameraId, image, annotated) {
    this.#url = `/api/v1/cameras/${cameraId}/snapshot.jpg`;
    this.#image = image;
    this.#annotated = annotated;
    image.onload = () => this.#again(INTERVAL);
    image.onerror = () => this.#again(PAUSE);
    this.#next();
  }

  #again(after) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), after);
  }

  #next() {
    // A page that nobody looks at asks for nothing.
    if (document.hidden) this.#again(INTERVAL);
    // The number after '#' makes each address another one, and is not sent.
    else this.#image.src = `${this.#url}?annotated=${this.#annotated()}#${++this.#count}`;
  }

  /** Ends it; the image element is left empty. */
  close() {
    clearTimeout(this.#timer);
    this.#image.onload = null;
    this.#image.onerror = null;
    this.#image.removeAttribute('src');
  }
}
