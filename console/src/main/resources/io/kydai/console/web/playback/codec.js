/** What a fragmented MP4 file says of its codec, as Media Source Extensions want it named (RFC 6381). */

/** How far into a file its description reaches at most, in bytes. */
const HEAD = 16_384;

const hex = (value, digits = 2) => value.toString(16).toUpperCase().padStart(digits, '0');

/** Where four characters begin; -1 where they are not. */
function find(bytes, name) {
  const codes = [...name].map((one) => one.charCodeAt(0));
  const end = Math.min(bytes.length, HEAD) - 16;
  for (let at = 0; at < end; at++) {
    if (codes.every((code, i) => bytes[at + i] === code)) return at;
  }
  return -1;
}

/** ISO/IEC 14496-15, annex E: profile, compatibility from its last bit on, tier and level, constraints. */
function h265(bytes, at, entry) {
  const space = ['', 'A', 'B', 'C'][bytes[at + 1] >> 6];
  const tier = bytes[at + 1] & 0x20 ? 'H' : 'L';
  let compatibility = 0;
  for (let bit = 0; bit < 32; bit++) {
    if (bytes[at + 2 + (bit >> 3)] & (0x80 >> (bit & 7))) compatibility |= 1 << bit;
  }
  const constraints = [...bytes.subarray(at + 6, at + 12)];
  while (constraints.length && constraints.at(-1) === 0) constraints.pop();
  const parts = [entry, `${space}${bytes[at + 1] & 0x1f}`, (compatibility >>> 0).toString(16).toUpperCase(), `${tier}${bytes[at + 12]}`];
  return [...parts, ...constraints.map((one) => one.toString(16).toUpperCase())].join('.');
}

function picture(bytes) {
  const avc = find(bytes, 'avcC');
  if (avc >= 0) {
    const entry = find(bytes, 'avc3') >= 0 ? 'avc3' : 'avc1';
    return `${entry}.${hex(bytes[avc + 5])}${hex(bytes[avc + 6])}${hex(bytes[avc + 7])}`;
  }
  const hevc = find(bytes, 'hvcC');
  if (hevc >= 0) return h265(bytes, hevc + 4, find(bytes, 'hev1') >= 0 ? 'hev1' : 'hvc1');
  return 'jpeg';
}

/** ISO/IEC 14496-1, 7.2.6: where the body of a descriptor begins, behind its tag and the bytes of its length. */
function body(bytes, at) {
  let length = at + 1;
  while (bytes[length] & 0x80) length++;
  return length + 1;
}

/** The kind of AAC is the first five bits of what the stream's and its decoder's descriptors lead to (14496-3). */
function sound(bytes) {
  const esds = find(bytes, 'esds');
  if (esds >= 0) {
    const decoder = body(bytes, esds + 8) + 3;
    const specific = body(bytes, decoder) + 13;
    return `mp4a.40.${bytes[body(bytes, specific)] >> 3}`;
  }
  return ['ulaw', 'alaw'].find((kind) => find(bytes, kind) >= 0);
}

/**
 * @param {Uint8Array} bytes of a file from its first on
 * @returns {{picture: string, sound: string|undefined}} types such as 'video/mp4; codecs="avc1.64001F"' and, with the
 *   sound that is in it, 'video/mp4; codecs="avc1.64001F, mp4a.40.2"'; one that no browser plays where it is neither
 *   H.264 nor H.265, or no AAC
 */
export function mediaTypes(bytes) {
  const [seen, heard] = [picture(bytes), sound(bytes)];
  const type = (codecs) => `video/mp4; codecs="${codecs}"`;
  return { picture: type(seen), sound: heard && type(`${seen}, ${heard}`) };
}
