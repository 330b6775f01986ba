package io.kydai.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OidcLogInTest {
  private static final String BACK = "http://localhost:8080/api/v1/oidc/callback";

  /** The real time, as the provider has it, plus what a test adds. */
  private static final class Ahead extends Clock {
    private Duration by = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final MockProvider mock = new MockProvider();
  private final Vertx vertx = Vertx.vertx();
  private final Ahead clock = new Ahead();
  private final OidcProvider provider =
      new OidcProvider(vertx, mock.issuer(), MockProvider.CLIENT, "secret", "groups", clock);
  private final OidcLogIn logIn = new OidcLogIn(provider, clock);

  @AfterEach
  void close() throws Exception {
    provider.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    mock.close();
  }

  /** The state and code with which the provider sends the browser back. */
  private record Back(String state, String code) {}

  private Back visit(OidcLogIn.Begun begun) throws Exception {
    URI back = mock.visit(begun.provider());
    assertThat(back.toString()).startsWith(BACK + "?");
    Map<String, String> query = MockProvider.query(back);
    return new Back(query.get("state"), query.get("code"));
  }

  private OidcIdentity end(Back back, String browser) {
    return logIn.end(back.state(), back.code(), browser, BACK);
  }

  private static void refused(ThrowingCallable end, String why) {
    assertThatThrownBy(end).isInstanceOf(OidcException.class).hasMessageContaining(why);
  }

  @Test
  void a_browser_that_comes_back_is_the_person_of_the_id_token() throws Exception {
    mock.next("s-1", "lan", List.of("wall", "other"));
    OidcLogIn.Begun begun = logIn.begin(BACK);
    Map<String, String> asked = MockProvider.query(begun.provider());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "kydai")
        .containsEntry("redirect_uri", BACK)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("scope", "openid profile");
    assertThat(asked.get("code_challenge")).hasSize(43);
    assertThat(List.of(asked.get("state"), asked.get("nonce"), begun.secret()))
        .allMatch(text -> text.length() == 43)
        .doesNotHaveDuplicates();

    OidcIdentity person = end(visit(begun), begun.secret());

    assertThat(person.issuer()).isEqualTo(mock.issuer().toString());
    assertThat(person.subject()).isEqualTo("s-1");
    assertThat(person.name()).isEqualTo("lan");
    assertThat(person.groups()).containsExactly("wall", "other");
    assertThat(person.toString()).doesNotContain("lan");
  }

  @Test
  void another_browser_s_state_is_refused_and_used_up() throws Exception {
    OidcLogIn.Begun begun = logIn.begin(BACK);
    Back back = visit(begun);
    OidcLogIn.Begun attacker = logIn.begin(BACK);

    refused(() -> end(back, attacker.secret()), "this browser");
    refused(() -> end(back, begun.secret()), "this browser");
    OidcLogIn.Begun another = logIn.begin(BACK);
    Back without = visit(another);
    refused(() -> logIn.end(without.state(), without.code(), null, BACK), "this browser");
  }

  @Test
  void a_state_counts_once_and_for_ten_minutes() throws Exception {
    mock.next("s-1", "lan", List.of());
    OidcLogIn.Begun begun = logIn.begin(BACK);
    Back back = visit(begun);
    end(back, begun.secret());

    refused(() -> end(back, begun.secret()), "this browser");
    OidcLogIn.Begun slow = logIn.begin(BACK);
    Back late = visit(slow);
    clock.by = Duration.ofMinutes(10);
    refused(() -> end(late, slow.secret()), "10 minutes");
  }

  @Test
  void a_token_with_another_nonce_is_refused() throws Exception {
    OidcLogIn.Begun begun = logIn.begin(BACK);
    URI altered =
        URI.create(begun.provider().toString().replaceFirst("nonce=[^&]+", "nonce=another"));
    Map<String, String> query = MockProvider.query(mock.visit(altered));

    refused(() -> end(new Back(query.get("state"), query.get("code")), begun.secret()), "nonce");
  }

  @Test
  void a_code_that_was_caught_needs_its_verifier() throws Exception {
    OidcLogIn.Begun victim = logIn.begin(BACK);
    Back caught = visit(victim);
    OidcLogIn.Begun attacker = logIn.begin(BACK);
    Back own = visit(attacker);

    refused(() -> end(new Back(own.state(), caught.code()), attacker.secret()), "refuses the code");
  }

  @Test
  void an_expired_token_is_refused() throws Exception {
    mock.next("s-1", List.of(MockProvider.CLIENT), Map.of(), 60);
    OidcLogIn.Begun begun = logIn.begin(BACK);
    Back back = visit(begun);
    clock.by = Duration.ofSeconds(150);

    refused(() -> end(back, begun.secret()), "expired");
  }

  @Test
  void a_token_for_another_client_is_refused() throws Exception {
    for (List<String> audience : List.of(List.of("other"), List.of("other", "kydai"))) {
      mock.next("s-1", audience, Map.of("aud", audience), 3600);
      OidcLogIn.Begun begun = logIn.begin(BACK);
      Back back = visit(begun);

      refused(() -> end(back, begun.secret()), "ID token");
    }
  }

  @Test
  void a_provider_that_does_not_answer_is_named() {
    try (OidcProvider gone =
        new OidcProvider(
            vertx, URI.create("http://localhost:1"), "kydai", "secret", "groups", clock)) {
      refused(() -> new OidcLogIn(gone, clock).begin(BACK), "cannot be found");
    }
  }

  @Test
  void a_log_out_goes_to_the_provider_and_back() {
    assertThat(provider.endSession("a.b.c", "http://localhost:8080/"))
        .hasValueSatisfying(
            address -> {
              assertThat(address.getPath()).isEqualTo("/city/endsession");
              assertThat(MockProvider.query(address))
                  .containsEntry("id_token_hint", "a.b.c")
                  .containsEntry("client_id", "kydai")
                  .containsEntry("post_logout_redirect_uri", "http://localhost:8080/");
            });
  }
}
