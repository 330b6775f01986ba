package io.kydai.ingest.onvif.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.source.CameraSource.Credentials;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Writes the credentials into a SOAP header (OASIS Web Services Security UsernameToken Profile 1.1,
 * section 3.1): the user and the SHA-1 of a nonce, the time and the password.
 */
final class UsernameToken {
  private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

  private UsernameToken() {}

  /**
   * Returns the header's element as XML.
   *
   * @param nonce random bytes, new for each call
   * @param cameraTime the current time by the camera's clock; cameras reject a token that is some
   *     seconds old by their own clock
   */
  static String header(Credentials credentials, byte[] nonce, Instant cameraTime) {
    String created = cameraTime.truncatedTo(ChronoUnit.SECONDS).toString();
    return "<Security xmlns=\""
        + WSS
        + "wssecurity-secext-1.0.xsd\"><UsernameToken><Username>"
        + Soap.escaped(credentials.user())
        + "</Username><Password Type=\""
        + WSS
        + "username-token-profile-1.0#PasswordDigest\">"
        + digest(nonce, created, credentials.password())
        + "</Password><Nonce EncodingType=\""
        + WSS
        + "soap-message-security-1.0#Base64Binary\">"
        + Base64.getEncoder().encodeToString(nonce)
        + "</Nonce><Created xmlns=\""
        + WSS
        + "wssecurity-utility-1.0.xsd\">"
        + created
        + "</Created></UsernameToken></Security>";
  }

  /** Returns the password digest in Base64. */
  static String digest(byte[] nonce, String created, String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(sha1.digest(password.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
