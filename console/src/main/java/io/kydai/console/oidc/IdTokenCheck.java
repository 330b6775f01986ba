package io.kydai.console.oidc;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Checks the claims of an ID token whose signature was verified: OpenID Connect Core 1.0, section
 * 3.1.3.7.
 *
 * @param issuer that must have signed it
 * @param clientId that it must be for
 * @param groupsClaim the claim that lists the person's groups
 */
record IdTokenCheck(String issuer, String clientId, String groupsClaim) {
  /** What the clocks of the provider and of this node may differ by. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final int MAX_SUBJECT = 255;
  private static final int MAX_GROUPS = 1_000;

  /** Signatures by a private key that only the provider has; never {@code none} or HMAC. */
  private static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  /**
   * Returns the person that the token is about.
   *
   * @param token as it came
   * @param claims of the token
   * @param nonce that the log-in was begun with
   * @throws OidcException when a claim is missing or wrong
   */
  OidcIdentity identity(String token, JsonObject claims, String nonce, Instant now) {
    require(ALGORITHMS.contains(algorithm(token)), "is signed by another method");
    require(issuer.equals(text(claims, "iss")), "is of another issuer");
    List<String> audience = texts(claims, "aud");
    require(audience.contains(clientId), "is for another client");
    String party = text(claims, "azp");
    require(
        party.isEmpty() ? audience.size() == 1 : party.equals(clientId), "is for another client");
    require(same(nonce, text(claims, "nonce")), "has another nonce than this log-in");
    require(
        claims.getValue("exp") instanceof Number until
            && now.minus(LEEWAY).isBefore(Instant.ofEpochSecond(until.longValue())),
        "has expired");
    require(
        claims.getValue("iat") instanceof Number made
            && !now.plus(LEEWAY).isBefore(Instant.ofEpochSecond(made.longValue())),
        "was made in the future");
    String subject = text(claims, "sub");
    require(!subject.isEmpty() && subject.length() <= MAX_SUBJECT, "names no person");
    String name = text(claims, "preferred_username");
    String displayName = text(claims, "name");
    return new OidcIdentity(
        issuer,
        subject,
        name,
        displayName.isBlank() ? name : displayName,
        texts(claims, groupsClaim),
        token);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new OidcException("The ID token " + otherwise + ".");
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String algorithm(String token) {
    String[] parts = token.split("\\.", -1);
    require(parts.length == 3 && !parts[2].isEmpty(), "is not signed");
    try {
      byte[] header = Base64.getUrlDecoder().decode(parts[0]);
      return text(new JsonObject(new String(header, StandardCharsets.UTF_8)), "alg");
    } catch (RuntimeException e) {
      throw new OidcException("The ID token cannot be read.", e);
    }
  }

  private static String text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String text ? text : "";
  }

  /** Returns a claim that is a text or a list of texts. */
  private static List<String> texts(JsonObject claims, String name) {
    Object value = claims.getValue(name);
    if (value instanceof JsonArray array) {
      return array.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .limit(MAX_GROUPS)
          .toList();
    }
    return value instanceof String one ? List.of(one) : List.of();
  }
}
