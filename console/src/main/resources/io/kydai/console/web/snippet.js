/** A found camera as lines of the configuration file. */

/** Always quoted: what a camera calls itself may be anything that YAML reads otherwise. */
const quoted = (text) => JSON.stringify(text.replace(/\$\{/g, '$ {'));

const percent = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** 'DS-2CD Gate 1' → 'ds-2cd-gate-1'; at least something that the configuration takes as an id. */
const idOf = (text) =>
  text
    .normalize('NFD')
    .replace(/đ/gi, 'd')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'camera';

/**
 * The password is a reference to the environment's variable, so that it does not stand in the file;
 * so is what the console masks in an address that has its log-in in the path or query.
 *
 * @param {object} offer the contract's CameraOffer
 * @param {object} stream one of its streams, with a url
 * @param {string} user empty where the camera wants none
 * @param {string} fingerprint of the certificate that it was asked with; empty over plain HTTP
 */
export function snippet(offer, stream, user, fingerprint = '') {
  const host = new URL(offer.address).hostname;
  const id = idOf(`${offer.model} ${host.split('.').pop()}`);
  const variable = (what) => `\${${`${id}_${what}`.replace(/[^a-z0-9]+/gi, '_').toUpperCase()}}`;
  const logIn = user ? `${percent(user)}:${variable('password')}@` : '';
  const url = stream.url
    .replace(/([^=&;/?]*)=\*\*\*/g, (_, what) => `${what}=${variable(what)}`)
    .replace('://', () => `://${logIn}`);
  return [
    'cameras:',
    `- id: ${id}`,
    `  name: ${quoted(`${offer.maker} ${offer.model}`.trim() || id)}`,
    `  url: "${url}"`,
    ...(fingerprint ? [`  tls: {fingerprint: ${quoted(fingerprint)}}`] : []),
    ...(offer.ptz || fingerprint ? [`  onvif: "${offer.address}"`] : []),
    '',
  ].join('\n');
}
