package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of time-based one-time passwords (TOTP, RFC 6238) in the form that every authenticator
 * app knows: HMAC-SHA-1, steps of 30 s since the Unix epoch, codes of six digits.
 *
 * <p>A code holds for its own step and one step before and after it, for clocks that differ (RFC
 * 6238, section 5.2). A step counts once: its caller keeps the last accepted step, and an equal or
 * earlier one is refused, so that a code that was read over a shoulder is worth nothing.
 */
public final class TotpSecret {
  /** The length of a step in seconds. */
  public static final int STEP_SECONDS = 30;

  /** The last accepted step of a secret that was never used. */
  public static final long NEVER = -1;

  private static final String ALGORITHM = "HmacSHA1";
  private static final int BYTES = 20;
  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final int DRIFT = 1;
  private static final Pattern CODE = Pattern.compile("[0-9]{" + DIGITS + "}");

  private final byte[] key;

  private TotpSecret(byte[] key) {
    this.key = key;
  }

  /** Returns a new secret of 160 random bits, the length that RFC 4226, section 4, recommends. */
  public static TotpSecret generate(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new TotpSecret(key);
  }

  /**
   * Returns the secret of a text in base 32.
   *
   * @throws IllegalArgumentException when the text is not base 32, or has less than 128 bits
   */
  public static TotpSecret of(String base32) {
    byte[] key = Base32.decode(base32);
    if (key.length < 16) {
      throw new IllegalArgumentException("a TOTP secret has at least 128 bits");
    }
    return new TotpSecret(key);
  }

  /** Returns whether a text has the form of a code: six digits. */
  public static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  /** Returns the secret in base 32, as a person types it into an app. */
  public String base32() {
    return Base32.encode(key);
  }

  /**
   * Returns the address that authenticator apps read from a QR code (Google Authenticator's "Key
   * Uri Format").
   *
   * @param issuer names the site in the app's list
   * @param account names the account there
   */
  public String uri(String issuer, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            escaped(issuer), escaped(account), base32(), escaped(issuer), DIGITS, STEP_SECONDS);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * Returns the step that a code is of, if the code is right at that time and its step is later
   * than the last accepted one; the caller keeps it as the last one. Empty for every other text.
   *
   * @param last the step of the last accepted code, or {@link #NEVER}
   */
  public OptionalLong accept(String code, Instant now, long last) {
    if (!isCode(code)) {
      return OptionalLong.empty();
    }
    byte[] given = code.getBytes(UTF_8);
    long present = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong accepted = OptionalLong.empty();
    for (long step = present - DRIFT; step <= present + DRIFT; step++) {
      // Every step is computed, so that the time taken does not depend on which one matched.
      if (MessageDigest.isEqual(given, code(step).getBytes(UTF_8))
          && step > last
          && accepted.isEmpty()) {
        accepted = OptionalLong.of(step);
      }
    }
    return accepted;
  }

  /** Returns the code of a step. */
  String code(long step) {
    return code(step, DIGITS, MODULUS);
  }

  /** Returns the code of a step: RFC 4226, section 5.3. */
  String code(long step, int digits, int modulus) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int truncated = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
      return ("%0" + digits + "d").formatted(truncated % modulus);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform must support " + ALGORITHM, e);
    }
  }

  /** Hides the secret, as a text of this object may come into a log. */
  @Override
  public String toString() {
    return "TotpSecret";
  }
}
