package io.kydai.ingest.simulator.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Authenticates requests. Used on the simulator's event loop only. */
final class SoapAuthentication {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int MAX_NONCES = 10_000;

  /** The authentication scheme of the device. */
  enum Scheme {
    NONE,
    USERNAME_TOKEN,
    DIGEST_MD5,
    DIGEST_SHA256
  }

  private final Scheme scheme;
  private final String user;
  private final String password;
  private final Clock clock;
  private final String nonce;
  private final Set<String> used = new HashSet<>();

  /**
   * Creates the authentication of one device.
   *
   * @param clock the device's clock
   * @param nonce the nonce of Digest challenges
   */
  SoapAuthentication(Scheme scheme, String user, String password, Clock clock, String nonce) {
    this.scheme = scheme;
    this.user = user;
    this.password = password;
    this.clock = clock;
    this.nonce = nonce;
  }

  /** Returns whether a request has the right credentials. */
  boolean accepts(String envelope, @Nullable String authorization, String target) {
    return switch (scheme) {
      case NONE -> true;
      case USERNAME_TOKEN -> acceptsToken(envelope);
      case DIGEST_MD5, DIGEST_SHA256 ->
          authorization != null
              && acceptsDigest(authorization, target)
              && !envelope.contains("UsernameToken");
    };
  }

  /** Returns the challenge of a 401 response; empty when requests are refused by a SOAP fault. */
  Optional<String> challenge() {
    return switch (scheme) {
      case NONE, USERNAME_TOKEN -> Optional.empty();
      case DIGEST_MD5 ->
          Optional.of("Digest realm=\"cam, \\\"1\\\"\", nonce=\"" + nonce + "\", qop=\"auth\"");
      case DIGEST_SHA256 ->
          Optional.of(
              "Basic realm=\"cam\", Digest realm=\"cam\", nonce=\""
                  + nonce
                  + "\", qop=\"auth,auth-int\", algorithm=SHA-256, opaque=\"o\"");
    };
  }

  private boolean acceptsToken(String envelope) {
    String created = text(envelope, "Created");
    String nonceText = text(envelope, "Nonce");
    try {
      Instant then = Instant.parse(created);
      byte[] bytes = Base64.getDecoder().decode(nonceText);
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(bytes);
      sha1.update(created.getBytes(UTF_8));
      String expected = Base64.getEncoder().encodeToString(sha1.digest(password.getBytes(UTF_8)));
      return Duration.between(then, clock.instant()).abs().compareTo(WINDOW) < 0
          && text(envelope, "Username").equals(user)
          && text(envelope, "Password").equals(expected)
          && used.size() < MAX_NONCES
          && used.add(nonceText);
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean acceptsDigest(String authorization, String target) {
    boolean sha256 = scheme == Scheme.DIGEST_SHA256;
    String realm = sha256 ? "cam" : "cam, \"1\"";
    String secret = hash(sha256, user + ":" + realm + ":" + password);
    String count = parameter(authorization, "nc");
    String expected =
        hash(
            sha256,
            String.join(
                ":",
                secret,
                nonce,
                count,
                parameter(authorization, "cnonce"),
                "auth",
                hash(sha256, "POST:" + target)));
    return parameter(authorization, "response").equals(expected) && used.add(count);
  }

  private static String parameter(String header, String name) {
    Matcher found = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)\"?").matcher(header);
    return found.find() ? found.group(1) : "";
  }

  private static String text(String envelope, String element) {
    Matcher found =
        Pattern.compile("<(?:[A-Za-z0-9]+:)?" + element + "(?:\\s[^>]*)?>([^<]*)<")
            .matcher(envelope);
    return found.find() ? found.group(1) : "";
  }

  private static String hash(boolean sha256, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(sha256 ? "SHA-256" : "MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
