/** The cameras: the table of all ('#/cameras'), or one of them ('#/cameras/CAMERA'). */

import { elementPage } from '../frame/mounted.js';
import { mount as mountCamera } from '../camera.js';
import './list.js';

const mountTable = elementPage('kydai-cameras', (element, place) => (element.place = place));

export function mount(host, place) {
  let one = Boolean(place.id);
  let mounted = one ? mountCamera(host, place) : mountTable(host, place);
  return {
    update(next) {
      if (Boolean(next.id) === one) {
        mounted.update?.(next);
        return;
      }
      mounted.unmount?.();
      one = Boolean(next.id);
      mounted = one ? mountCamera(host, next) : mountTable(host, next);
    },
    unmount: () => mounted.unmount?.(),
  };
}
