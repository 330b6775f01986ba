package io.kydai.ingest.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.CameraSource.Credentials;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answers one Digest challenge (RFC 7616), with SHA-256 or MD5, with {@code qop=auth} or none.
 * Basic is never answered: it would send the password itself.
 */
final class HttpDigest {
  private static final int MAX_CHALLENGE = 2_000;
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))");

  private final Map<String, String> challenge;
  private final AtomicInteger uses = new AtomicInteger();

  private HttpDigest(Map<String, String> challenge) {
    this.challenge = challenge;
  }

  /**
   * The strongest challenge among a 401's {@code WWW-Authenticate} headers that can be answered.
   * Headers of more than 2,000 characters are left out.
   */
  static Optional<HttpDigest> choose(List<String> headers) {
    List<HttpDigest> offered =
        headers.stream()
            .filter(header -> header.length() <= MAX_CHALLENGE)
            .flatMap(HttpDigest::parse)
            .filter(HttpDigest::isAnswerable)
            .toList();
    return offered.stream()
        .filter(one -> one.algorithm().equals("SHA-256"))
        .findFirst()
        .or(() -> offered.stream().findFirst());
  }

  private static Stream<HttpDigest> parse(String header) {
    return Arrays.stream(header.split("(?i)(?=\\bDigest\\s)"))
        .filter(part -> part.regionMatches(true, 0, "Digest", 0, 6))
        .map(
            part -> {
              Map<String, String> parameters = new HashMap<>();
              Matcher each = PARAMETER.matcher(part.substring(6));
              while (each.find()) {
                String quoted = each.group(2);
                parameters.putIfAbsent(
                    each.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? each.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
              }
              return new HttpDigest(parameters);
            });
  }

  private boolean isAnswerable() {
    String qop = challenge.getOrDefault("qop", "");
    return challenge.containsKey("nonce")
        && (algorithm().equals("MD5") || algorithm().equals("SHA-256"))
        && (qop.isBlank() || offersAuth());
  }

  private boolean offersAuth() {
    return Arrays.stream(challenge.getOrDefault("qop", "").split(","))
        .map(String::strip)
        .anyMatch("auth"::equalsIgnoreCase);
  }

  private String algorithm() {
    return challenge.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
  }

  /** Whether the camera asks for nothing but a fresh nonce. */
  boolean isStale() {
    return "true".equalsIgnoreCase(challenge.get("stale"));
  }

  /** The {@code Authorization} of a request. */
  String authorization(Credentials credentials, String method, String uri, String clientNonce) {
    String realm = challenge.getOrDefault("realm", "");
    String nonce = challenge.get("nonce");
    String secret = hash(credentials.user() + ":" + realm + ":" + credentials.password());
    String request = hash(method + ":" + uri);
    StringBuilder out =
        new StringBuilder("Digest username=")
            .append(quoted(credentials.user()))
            .append(", realm=")
            .append(quoted(realm))
            .append(", nonce=")
            .append(quoted(nonce))
            .append(", uri=")
            .append(quoted(uri));
    if (offersAuth()) {
      String count = String.format(Locale.ROOT, "%08x", uses.incrementAndGet());
      String joined = String.join(":", secret, nonce, count, clientNonce, "auth", request);
      out.append(", qop=auth, nc=").append(count).append(", cnonce=").append(quoted(clientNonce));
      out.append(", response=").append(quoted(hash(joined)));
    } else {
      out.append(", response=").append(quoted(hash(secret + ":" + nonce + ":" + request)));
    }
    if (challenge.containsKey("opaque")) {
      out.append(", opaque=").append(quoted(challenge.get("opaque")));
    }
    if (challenge.containsKey("algorithm")) {
      out.append(", algorithm=").append(algorithm());
    }
    return out.toString();
  }

  /** Line ends would let a user's name end the header. */
  private static String quoted(String value) {
    String clean = value.replaceAll("[\\r\\n\\x00]", "");
    return '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm()).digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }
}
