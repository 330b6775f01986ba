package io.kydai.console.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class IdTokenCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
  private static final String SIGNED = token("{\"alg\":\"RS256\"}", "signature");

  private final IdTokenCheck check = new IdTokenCheck("https://idp.example", "kydai", "groups");

  private static String token(String header, String signature) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8))
        + ".claims."
        + signature;
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("iss", "https://idp.example")
        .put("sub", "s-1")
        .put("aud", "kydai")
        .put("exp", NOW.getEpochSecond() + 300)
        .put("iat", NOW.getEpochSecond())
        .put("nonce", "n")
        .put("groups", "wall");
  }

  private OidcIdentity identity(JsonObject claims) {
    return check.identity(SIGNED, claims, "n", NOW);
  }

  @Test
  void right_claims_are_a_person() {
    assertThat(identity(claims()).groups()).containsExactly("wall");
    assertThat(identity(claims().put("aud", new JsonArray().add("kydai"))).subject())
        .isEqualTo("s-1");
    assertThat(
            identity(
                    claims()
                        .put("aud", new JsonArray().add("other").add("kydai"))
                        .put("azp", "kydai"))
                .subject())
        .isEqualTo("s-1");
    assertThat(identity(claims().put("exp", NOW.getEpochSecond() - 59)).subject()).isEqualTo("s-1");
  }

  @Test
  void each_wrong_claim_is_refused() {
    refused(claims().put("iss", "https://idp.example/"), "another issuer");
    refused(claims().put("aud", "other"), "another client");
    refused(claims().put("aud", new JsonArray().add("kydai").add("x")), "another client");
    refused(claims().put("azp", "other"), "another client");
    refused(claims().put("nonce", "m"), "nonce");
    refused(without("nonce"), "nonce");
    refused(claims().put("exp", NOW.getEpochSecond() - 60), "expired");
    refused(claims().put("exp", "tomorrow"), "expired");
    refused(without("exp"), "expired");
    refused(claims().put("iat", NOW.getEpochSecond() + 61), "future");
    refused(without("iat"), "future");
    refused(without("sub"), "no person");
    refused(claims().put("sub", "x".repeat(256)), "no person");
  }

  private static JsonObject without(String name) {
    JsonObject claims = claims();
    claims.remove(name);
    return claims;
  }

  private void refused(JsonObject claims, String why) {
    assertThatThrownBy(() -> identity(claims))
        .isInstanceOf(OidcException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_token_without_the_provider_s_own_signature_is_refused() {
    for (String header :
        new String[] {"{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}", "{}", "[]", "x"}) {
      assertThatThrownBy(() -> check.identity(token(header, "s"), claims(), "n", NOW))
          .as(header)
          .isInstanceOf(OidcException.class);
    }
    assertThatThrownBy(() -> check.identity(token("{\"alg\":\"RS256\"}", ""), claims(), "n", NOW))
        .hasMessageContaining("not signed");
    assertThatThrownBy(() -> check.identity("a.b", claims(), "n", NOW))
        .hasMessageContaining("not signed");
  }
}
