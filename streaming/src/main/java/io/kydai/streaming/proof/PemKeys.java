package io.kydai.streaming.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Ed25519 keys (RFC 8032) as PEM (RFC 7468): PKCS #8 and SubjectPublicKeyInfo (RFC 8410), as
 * OpenSSL writes them.
 */
final class PemKeys {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";
  static final String ALGORITHM = "Ed25519";

  private PemKeys() {}

  static String write(String label, byte[] encoded) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * Reads one block of a text. What is read is written the same way again, so that no byte of the
   * block can be another without this noticing.
   *
   * @throws GeneralSecurityException when there is no such block, or it is not as it is written
   */
  private static byte[] read(String label, String text) throws GeneralSecurityException {
    String begin = "-----BEGIN " + label + "-----\n";
    String end = "\n-----END " + label + "-----\n";
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new GeneralSecurityException("no " + label + " in PEM");
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder()
              .decode(text.substring(from + begin.length(), to).getBytes(US_ASCII));
      if (!text.substring(from, to + end.length()).equals(write(label, encoded))) {
        throw new GeneralSecurityException("the " + label + " is not written as PEM is");
      }
      return encoded;
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the " + label + " is not Base64", e);
    }
  }

  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePrivate(new PKCS8EncodedKeySpec(read(PRIVATE, text)));
  }

  static PublicKey publicKey(String text) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(read(PUBLIC, text)));
  }

  /** Returns the key's fingerprint: the SHA-256 of its SubjectPublicKeyInfo in DER. */
  static String fingerprint(PublicKey key) {
    return Sha256.hex(key.getEncoded());
  }
}
