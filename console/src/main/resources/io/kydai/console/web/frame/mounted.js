/** A page made of one custom element, as mount() wants it. */

/**
 * @param {string} tag of the element, whose module has defined it
 * @param {(element: HTMLElement, place: import('./place.js').Place) => void} [give] hands it where one is
 */
export const elementPage = (tag, give = () => {}) => (host, place) => {
  const element = document.createElement(tag);
  give(element, place);
  host.replaceChildren(element);
  return { update: (next) => give(element, next) };
};
