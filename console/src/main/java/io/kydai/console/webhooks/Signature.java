package io.kydai.console.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature of Standard Webhooks (standardwebhooks.com, symmetric scheme {@code v1}):
 * the base64 of the HMAC-SHA256 (RFC 2104) of {@code id.timestamp.body}.
 */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private Signature() {}

  /**
   * Returns the value of the header {@code webhook-signature}.
   *
   * @param secret {@code whsec_} followed by the base64 of the key, or the key as characters
   * @param id the event's id
   * @param at the time of the attempt, signed in seconds since the epoch
   * @return {@code v1,} followed by the signature
   */
  static String of(String secret, String id, Instant at, String body) {
    byte[] key =
        secret.startsWith(PREFIX)
            ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
            : secret.getBytes(UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed = mac.doFinal((id + "." + at.getEpochSecond() + "." + body).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform must support " + ALGORITHM, e);
    }
  }
}
