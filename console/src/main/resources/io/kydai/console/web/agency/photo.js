/**
 * Photos, made small enough for a slow line. They are drawn anew, so that what the phone writes into
 * its files beside the picture, such as the place, does not leave it.
 */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/**
 * @param {Blob} file a picture that the browser can show
 * @returns {Promise<Blob>} a JPEG of at most 1600 pixels a side; fails when it is no picture
 */
export async function small(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the browser makes no JPEG'))), 'image/jpeg', QUALITY),
  );
}

/** Draws a picture into a canvas, as wide as the canvas is. */
export async function show(blob, canvas) {
  const picture = await createImageBitmap(blob);
  canvas.height = Math.max(1, Math.round((canvas.width * picture.height) / picture.width));
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}
