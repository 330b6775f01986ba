/**
 * What somebody has drawn on a camera's scene and not saved: kept in this tab for the account, so that a
 * reload, another page or a lost server loses none of it.
 */

import { session } from '../server.js';

const keyOf = async (camera) => `kydai.scene.${(await session).account?.id ?? ''}.${camera}`;

/** @returns {Promise<{version: string, state: object}|undefined>} what is kept, with the version it began from */
export async function keptScene(camera) {
  try {
    return JSON.parse(sessionStorage.getItem(await keyOf(camera))) ?? undefined;
  } catch (error) {
    console.warn('the kept scene is not readable', error);
    return undefined;
  }
}

/** @param {string} camera @param {{version: string, state: object}} [draft] nothing where all is saved */
export async function keepScene(camera, draft) {
  const key = await keyOf(camera);
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch (error) {
    // The tab's store is full: the drawing is still on the page.
    console.warn('the scene is not kept', error);
  }
}
