package io.kydai.ingest.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the credentials for a camera's authentication challenges (RFC 7616, RFC 7617): Digest
 * with SHA-256 or MD5, with or without {@code -sess}, with {@code qop=auth} or no {@code qop}, and
 * Basic when nothing better is offered. User names are not hashed ({@code userhash}), and {@code
 * nextnonce} is ignored, because the camera sends a new challenge when a nonce has expired. An
 * authenticator belongs to one camera. Thread-safe.
 */
public final class Authenticator {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SESSION = "-sess";

  private final String user;
  private final String password;
  private final Supplier<String> clientNonces;
  private @Nullable Challenge accepted;
  private int uses;

  /**
   * The client nonce for {@code -sess} algorithms. It stays the same as long as the server's nonce,
   * so that it does not matter whether the camera uses the first request's client nonce or each
   * request's own.
   */
  private @Nullable String sessionNonce;

  /** Creates an authenticator with random client nonces. */
  public Authenticator(String user, String password) {
    this(user, password, Authenticator::nonce);
  }

  /**
   * Creates an authenticator.
   *
   * @param user the user's name
   * @param password the user's password
   * @param clientNonces supplies a fresh client nonce ({@code cnonce}) for every request
   */
  public Authenticator(String user, String password, Supplier<String> clientNonces) {
    this.user = user;
    this.password = password;
    this.clientNonces = clientNonces;
  }

  private static String nonce() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns whether the challenge has the nonce of the challenge that is being answered. */
  public synchronized boolean isAnswered(Challenge challenge) {
    Challenge known = accepted;
    return known != null && known.parameter("nonce").equals(challenge.parameter("nonce"));
  }

  /**
   * Returns the strongest supported challenge: Digest with SHA-256 before MD5, then Basic; the
   * first among equals.
   *
   * @return the challenge; empty when none is supported
   */
  public static Optional<Challenge> choose(List<Challenge> offered) {
    return offered.stream()
        .filter(one -> preference(one) > 0)
        // min() returns the first among equals; max() would return the last.
        .min(Comparator.comparingInt(one -> -preference(one)));
  }

  /** Returns the preference of a challenge, higher is better; 0 when it is not supported. */
  private static int preference(Challenge challenge) {
    if (challenge.scheme().equals("basic")) {
      return 1;
    }
    boolean usable =
        challenge.scheme().equals("digest")
            && challenge.parameter("nonce").isPresent()
            && challenge.parameter("qop").map(qop -> qop.isBlank() || offersAuth(qop)).orElse(true);
    if (!usable) {
      return 0;
    }
    return switch (algorithm(challenge)) {
      case "SHA-256" -> 3;
      case "MD5" -> 2;
      default -> 0;
    };
  }

  /** Returns the hash algorithm's name in upper case, without {@code -sess}. */
  private static String algorithm(Challenge challenge) {
    String name = challenge.parameter("algorithm").orElse("MD5").toUpperCase(Locale.ROOT);
    return isSessionAlgorithm(challenge)
        ? name.substring(0, name.length() - SESSION.length())
        : name;
  }

  private static boolean isSessionAlgorithm(Challenge challenge) {
    return challenge
        .parameter("algorithm")
        .map(name -> name.toLowerCase(Locale.ROOT).endsWith(SESSION))
        .orElse(false);
  }

  private static boolean offersAuth(String qop) {
    return Arrays.stream(qop.split(",")).map(String::strip).anyMatch("auth"::equalsIgnoreCase);
  }

  /** Makes this the challenge that the next requests answer. */
  public synchronized void accept(Challenge challenge) {
    accepted = challenge;
    sessionNonce = null;
    uses = 0;
  }

  /**
   * Returns the value of a request's {@code Authorization} field; empty before the first challenge.
   *
   * @param method the request's method
   * @param uri the request's target as it is written in the request
   */
  public synchronized Optional<String> authorization(String method, String uri) {
    Challenge challenge = accepted;
    if (challenge == null) {
      return Optional.empty();
    }
    return Optional.of(
        challenge.scheme().equals("basic") ? basic() : digest(challenge, method, uri));
  }

  private String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private String digest(Challenge challenge, String method, String uri) {
    String realm = challenge.parameter("realm").orElse("");
    String nonce = challenge.parameter("nonce").orElse("");
    String hash = algorithm(challenge);
    boolean qopAuth = challenge.parameter("qop").map(Authenticator::offersAuth).orElse(false);
    boolean session = isSessionAlgorithm(challenge);
    String clientNonce = qopAuth || session ? clientNonces.get() : "";
    String secret = hash(hash, user + ":" + realm + ":" + password);
    if (session) {
      clientNonce = Objects.requireNonNullElse(sessionNonce, clientNonce);
      sessionNonce = clientNonce;
      secret = hash(hash, secret + ":" + nonce + ":" + clientNonce);
    }
    String request = hash(hash, method + ":" + uri);
    StringBuilder header =
        new StringBuilder("Digest username=")
            .append(quoted(user))
            .append(", realm=")
            .append(quoted(realm))
            .append(", nonce=")
            .append(quoted(nonce))
            .append(", uri=")
            .append(quoted(uri));
    String response;
    if (qopAuth) {
      String count = String.format("%08x", ++uses);
      response = hash(hash, String.join(":", secret, nonce, count, clientNonce, "auth", request));
      header.append(", qop=auth, nc=").append(count);
    } else {
      response = hash(hash, secret + ":" + nonce + ":" + request);
    }
    if (qopAuth || session) {
      header.append(", cnonce=").append(quoted(clientNonce));
    }
    header.append(", response=").append(quoted(response));
    challenge
        .parameter("opaque")
        .ifPresent(opaque -> header.append(", opaque=").append(quoted(opaque)));
    challenge
        .parameter("algorithm")
        .ifPresent(algorithm -> header.append(", algorithm=").append(algorithm));
    return header.toString();
  }

  /**
   * Returns the value in quotation marks, without line ends: one in a realm or user name would end
   * the header field.
   */
  private static String quoted(String value) {
    String line = value.replaceAll("[\\r\\n\\x00]", "");
    return '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
