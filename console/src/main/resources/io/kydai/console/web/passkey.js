/** Passkeys: the browser's part of WebAuthn Level 3, between the server's questions and answers. */

/** Whether this browser, on this page, can have passkeys: it needs HTTPS or localhost. */
export const passkeysWork = () =>
  typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

/** @param {object} options the server's PublicKeyCredentialCreationOptionsJSON */
export async function makePasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}

/** @param {object} options the server's PublicKeyCredentialRequestOptionsJSON */
export async function usePasskey(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}
