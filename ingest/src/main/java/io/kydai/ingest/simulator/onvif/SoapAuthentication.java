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

/** Whether a request may be answered. On the simulator's event loop. */
final class SoapAuthentication {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int MAX_NONCES = 10_000;

  /** How the simulated camera wants to hear the password. */
  enum Way {
    NONE,
    USERNAME_TOKEN,
    DIGEST_MD5,
    DIGEST_SHA256
  }

  private final Way way;
  private final String user;
  private final String password;
  private final Clock clock;
  private final String nonce;
  private final Set<String> used = new HashSet<>();

  /**
   * @param clock the camera's own
   */
  SoapAuthentication(Way way, String user, String password, Clock clock, String nonce) {
    this.way = way;
    this.user = user;
    this.password = password;
    this.clock = clock;
    this.nonce = nonce;
  }

  boolean accepts(String envelope, @Nullable String authorization, String target) {
    return switch (way) {
      case NONE -> true;
      case USERNAME_TOKEN -> acceptsToken(envelope);
      case DIGEST_MD5, DIGEST_SHA256 ->
          authorization != null
              && acceptsDigest(authorization, target)
              && !envelope.contains("UsernameToken");
    };
  }

  /** What a 401 asks for; empty where a SOAP fault says no. */
  Optional<String> challenge() {
    return switch (way) {
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
    boolean sha256 = way == Way.DIGEST_SHA256;
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
