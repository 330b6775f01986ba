/** The scene editor of one camera: '#/scene/CAMERA'. */

import { elementPage } from '../frame/mounted.js';
import './editor.js';

export const mount = elementPage('kydai-scene', (element, { id }) => (element.cameraId = id));
