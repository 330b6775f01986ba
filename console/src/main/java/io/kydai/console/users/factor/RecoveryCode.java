package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The codes that stand in for a lost second factor, each of them once: 80 random bits as sixteen
 * characters of Crockford's base 32, shown in groups of four.
 *
 * <p>Their plain SHA-256 is stored. A slow hash protects what people choose; nobody finds 80 random
 * bits by trying.
 */
public final class RecoveryCode {
  /** The number of codes that an account gets at a time. */
  public static final int COUNT = 10;

  private static final int BYTES = 10;
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern CODE = Pattern.compile("[" + CROCKFORD + "]{16}");

  private RecoveryCode() {}

  /** Returns a new set of codes, as they are shown. */
  public static List<String> generate(SecureRandom random) {
    return Stream.generate(() -> one(random)).limit(COUNT).toList();
  }

  private static String one(SecureRandom random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    String code = Base32.encode(bits, CROCKFORD);
    return String.join(
        "-", code.substring(0, 4), code.substring(4, 8), code.substring(8, 12), code.substring(12));
  }

  /**
   * Returns the stored hash of a code that a person typed: case, dashes and spaces do not matter,
   * and the letters that look like a digit count as that digit. Empty for a text that is no code.
   */
  public static Optional<String> hash(String typed) {
    if (typed.length() > 64) {
      return Optional.empty();
    }
    String code =
        typed
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return CODE.matcher(code).matches() ? Optional.of(sha256(code)) : Optional.empty();
  }

  private static String sha256(String code) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform must support SHA-256", e);
    }
  }
}
