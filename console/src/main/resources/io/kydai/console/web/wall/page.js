/** The wall, with the newest alerts beside it. */

import '../feed.js';
import { may } from '../server.js';
import '../wall.js';

export function mount(host) {
  const part = document.createElement('div');
  part.className = 'with-feed';
  part.append(document.createElement('kydai-wall'));
  if (may('evidence')) part.append(document.createElement('kydai-feed'));
  host.replaceChildren(part);
  return {};
}
