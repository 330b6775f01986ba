package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.message.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authenticates clients with one login by Basic or Digest (RFC 2617, RFC 7616). Thread-safe. */
final class ClientAuthentication {
  private static final Pattern PARAMETER =
      Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]*))");
  private static final String REALM = "kydai simulator";

  private final Login login;
  private final Supplier<String> nonces;
  private final LongSupplier nanos;
  private String nonce;
  private long since;
  private boolean stale;

  ClientAuthentication(Login login, Supplier<String> nonces, LongSupplier nanos) {
    this.login = login;
    this.nonces = nonces;
    this.nanos = nanos;
    renew();
  }

  /** Returns whether this authentication asks for the given login. */
  boolean isFor(Login other) {
    return login.equals(other);
  }

  private void renew() {
    nonce = nonces.get();
    since = nanos.getAsLong();
  }

  /** Returns the {@code WWW-Authenticate} header fields of a 401 response. */
  synchronized String challenge() {
    List<String> offers = new ArrayList<>();
    Scheme scheme = login.scheme();
    if (scheme == Scheme.DIGEST_SHA_256 || scheme == Scheme.ANY) {
      offers.add(digest("SHA-256"));
    }
    if (scheme == Scheme.DIGEST_MD5 || scheme == Scheme.ANY) {
      offers.add(digest("MD5"));
    }
    if (scheme == Scheme.BASIC || scheme == Scheme.ANY) {
      offers.add("Basic realm=\"" + REALM + "\"");
    }
    StringBuilder headers = new StringBuilder();
    offers.forEach(offer -> headers.append("WWW-Authenticate: ").append(offer).append("\r\n"));
    return headers.toString();
  }

  private String digest(String algorithm) {
    return "Digest realm=\""
        + REALM
        + "\", nonce=\""
        + nonce
        + "\", qop=\"auth\", algorithm="
        + algorithm
        + (stale ? ", stale=true" : "");
  }

  /** Returns whether a request has the right credentials, and renews the nonce when it is stale. */
  synchronized boolean accepts(Request request) {
    String answer = request.header("authorization");
    stale = false;
    if (answer.regionMatches(true, 0, "Basic ", 0, 6)) {
      return (login.scheme() == Scheme.BASIC || login.scheme() == Scheme.ANY)
          && answer.substring(6).strip().equals(basic());
    }
    return answer.regionMatches(true, 0, "Digest ", 0, 7)
        && login.scheme() != Scheme.BASIC
        && acceptsDigest(request, answer);
  }

  private String basic() {
    byte[] both = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(both);
  }

  private boolean acceptsDigest(Request request, String answer) {
    Map<String, String> given = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(answer.substring(7));
    while (matcher.find()) {
      String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      given.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    String algorithm = given.getOrDefault("algorithm", "MD5");
    boolean offered =
        switch (login.scheme()) {
          case DIGEST_MD5 -> algorithm.equals("MD5");
          case DIGEST_SHA_256 -> algorithm.equals("SHA-256");
          default -> algorithm.equals("MD5") || algorithm.equals("SHA-256");
        };
    if (!offered || !nonce.equals(given.get("nonce"))) {
      return false;
    }
    String ha1 = hash(algorithm, login.user() + ":" + REALM + ":" + login.password());
    String ha2 = hash(algorithm, request.method() + ":" + given.get("uri"));
    String seed =
        given.containsKey("qop")
            ? String.join(":", nonce, given.get("nc"), given.get("cnonce"), given.get("qop"))
            : nonce;
    boolean right =
        login.user().equals(given.get("username"))
            && hash(algorithm, ha1 + ":" + seed + ":" + ha2).equals(given.get("response"));
    long life = login.nonceLife().toNanos();
    if (right && life > 0 && nanos.getAsLong() - since > life) {
      renew();
      stale = true;
      return false;
    }
    return right;
  }

  private static String hash(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }
}
