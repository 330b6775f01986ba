package io.kydai.streaming.live.rtsp.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The log-in of a request by the scheme {@code Basic} (RFC 7617).
 *
 * @param digest of the header, by which the next request's is recognised without keeping the secret
 */
public record LogIn(String name, String secret, byte[] digest) {
  private static final String BASIC = "basic ";

  /** Returns the log-in; empty where there is none of that scheme. */
  public static Optional<LogIn> of(Request request) {
    String header = request.header("authorization").orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String pair = new String(bytes, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new LogIn(pair.substring(0, colon), pair.substring(colon + 1), sha256(bytes)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // It is no Base64, and so no log-in.
    }
  }

  public boolean isSameAs(byte[] other) {
    return MessageDigest.isEqual(digest, other);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has it.
    }
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "LogIn[" + name + "]";
  }
}
