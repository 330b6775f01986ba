package io.kydai.streaming.live.whep.dtls;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The digest by which a description names its sender's certificate (RFC 8122, section 5).
 *
 * @param kind the digest
 * @param digest of the certificate's DER form
 */
@SuppressWarnings("ArrayRecordComponent") // Matched by matches() alone.
public record Fingerprint(Kind kind, byte[] digest) {
  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  /** The digests that are strong enough. */
  public enum Kind {
    SHA_256("sha-256", "SHA-256", 32),
    SHA_384("sha-384", "SHA-384", 48),
    SHA_512("sha-512", "SHA-512", 64);

    private final String name;
    private final String algorithm;
    private final int bytes;

    Kind(String name, String algorithm, int bytes) {
      this.name = name;
      this.algorithm = algorithm;
      this.bytes = bytes;
    }
  }

  public Fingerprint {
    requireNonNull(kind);
    digest = digest.clone();
  }

  /** Returns that of a certificate. */
  public static Fingerprint of(Kind kind, byte[] certificate) {
    try {
      return new Fingerprint(kind, MessageDigest.getInstance(kind.algorithm).digest(certificate));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + kind.algorithm, e);
    }
  }

  /** Reads the value of {@code a=fingerprint}; empty where it is none of these digests. */
  public static Optional<Fingerprint> parse(String value) {
    String[] parts = value.strip().split(" +");
    if (parts.length != 2) {
      return Optional.empty();
    }
    String name = parts[0].toLowerCase(Locale.ROOT);
    String digits = parts[1].toUpperCase(Locale.ROOT);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name.equals(name) && digits.length() == 3 * kind.bytes - 1)
        .filter(kind -> digits.matches("[0-9A-F]{2}(:[0-9A-F]{2})*"))
        .findFirst()
        .map(kind -> new Fingerprint(kind, HEX.parseHex(digits)));
  }

  /** Returns whether a certificate is the one that is meant. */
  public boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(digest, of(kind, certificate).digest);
  }

  /** Returns a copy. */
  @Override
  public byte[] digest() {
    return digest.clone();
  }

  /** Returns the value of {@code a=fingerprint}. */
  @Override
  public String toString() {
    return kind.name + " " + HEX.formatHex(digest);
  }
}
