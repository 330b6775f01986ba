package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers a camera's challenges (RFC 2617): Digest with MD5, with {@code qop=auth} or none, and
 * Basic where nothing better is offered. Belongs to one connection.
 */
final class Authenticator {
  private final String user;
  private final String password;
  private final Supplier<String> clientNonces;
  private Optional<Challenge> accepted = Optional.empty();
  private int uses;

  /**
   * @param clientNonces gives a fresh {@code cnonce} for every request
   */
  Authenticator(String user, String password, Supplier<String> clientNonces) {
    this.user = user;
    this.password = password;
    this.clientNonces = clientNonces;
  }

  /** Whether this is the very challenge that is being answered. */
  boolean isAnswered(Challenge challenge) {
    return accepted
        .map(known -> known.parameter("nonce").equals(challenge.parameter("nonce")))
        .orElse(false);
  }

  /**
   * Chooses the best challenge.
   *
   * @throws RtspException when none of them can be answered
   */
  static Challenge choose(List<String> headers) throws RtspException {
    List<Challenge> offered =
        headers.stream().flatMap(header -> Challenge.parse(header).stream()).toList();
    if (offered.isEmpty()) {
      throw new RtspException("answers 401 Unauthorized without saying how to log in");
    }
    return offered.stream()
        .filter(Authenticator::isDigest)
        .findFirst()
        .or(() -> offered.stream().filter(one -> one.scheme().equals("basic")).findFirst())
        .orElseThrow(
            () ->
                new RtspException(
                    "asks for a log-in other than Basic or Digest with MD5: "
                        + PrintableText.of(
                            String.join(", ", offered.stream().map(Challenge::scheme).toList()),
                            60)));
  }

  private static boolean isDigest(Challenge challenge) {
    return challenge.scheme().equals("digest")
        && challenge.parameter("nonce").isPresent()
        && challenge.parameter("algorithm").map("MD5"::equalsIgnoreCase).orElse(true)
        && challenge.parameter("qop").map(qop -> qop.isBlank() || offersAuth(qop)).orElse(true);
  }

  private static boolean offersAuth(String qop) {
    return Arrays.stream(qop.split(",")).map(String::strip).anyMatch("auth"::equalsIgnoreCase);
  }

  /** Requests answer this challenge from now on. */
  void accept(Challenge challenge) {
    accepted = Optional.of(challenge);
    uses = 0;
  }

  /** The {@code Authorization} of a request; empty before there was a challenge. */
  Optional<String> authorization(String method, String uri) {
    return accepted.map(
        challenge -> challenge.scheme().equals("basic") ? basic() : digest(challenge, method, uri));
  }

  private String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private String digest(Challenge challenge, String method, String uri) {
    String realm = challenge.parameter("realm").orElse("");
    String nonce = challenge.parameter("nonce").orElse("");
    String secret = md5(user + ":" + realm + ":" + password);
    String request = md5(method + ":" + uri);
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
    if (challenge.parameter("qop").map(Authenticator::offersAuth).orElse(false)) {
      String count = String.format("%08x", ++uses);
      String clientNonce = clientNonces.get();
      response = md5(String.join(":", secret, nonce, count, clientNonce, "auth", request));
      header
          .append(", qop=auth, nc=")
          .append(count)
          .append(", cnonce=")
          .append(quoted(clientNonce));
    } else {
      response = md5(secret + ":" + nonce + ":" + request);
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

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String md5(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
