package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.users.factor.PasskeyVerifier.Registered;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PasskeyVerifierTest {
  private static final RelyingParty SITE =
      new RelyingParty("kydai.example", "https://kydai.example");
  private static final String CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI";
  private static final String ANOTHER = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY";

  private final PasskeyVerifier verifier = new PasskeyVerifier();
  private final SoftwareAuthenticator authenticator =
      new SoftwareAuthenticator(SITE.id(), SITE.origin());

  @Test
  void a_registered_passkey_signs_and_its_count_is_kept() throws Exception {
    Registered registered = register();
    assertThat(registered.transports()).containsExactly("internal");
    assertThat(registered.backupEligible()).isFalse();
    String answer = authenticator.counting(6).sign(CHALLENGE);

    assertThat(verifier.credentialId(answer)).isEqualTo(registered.credentialId());
    assertThat(verifier.assertion(SITE, CHALLENGE, passkey(registered, 6), answer)).isEqualTo(7);
  }

  private Registered register() throws Exception {
    return verifier.registration(SITE, CHALLENGE, authenticator.register(CHALLENGE));
  }

  private static Passkey passkey(Registered registered, long count) {
    return new Passkey(
        "01",
        "02",
        "key",
        registered.credentialId(),
        registered.credential(),
        count,
        registered.backupEligible(),
        List.of(),
        Instant.EPOCH,
        null);
  }

  @Test
  void an_answer_to_another_challenge_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 0);
    String answer = authenticator.sign(ANOTHER);

    refused(() -> verifier.assertion(SITE, CHALLENGE, passkey, answer), "another question");
    refused(
        () -> verifier.registration(SITE, ANOTHER, authenticator.register(CHALLENGE)),
        "another question");
  }

  @Test
  void an_answer_from_another_origin_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 0);
    SoftwareAuthenticator phished = authenticator.on(SITE.id(), "https://kydai.example.evil");

    refused(
        () -> verifier.assertion(SITE, CHALLENGE, passkey, phished.sign(CHALLENGE)),
        "another address");
    refused(
        () -> verifier.registration(SITE, CHALLENGE, phished.register(CHALLENGE)),
        "another address");
  }

  @Test
  void an_answer_for_another_site_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 0);
    SoftwareAuthenticator elsewhere = authenticator.on("other.example", SITE.origin());

    refused(
        () -> verifier.assertion(SITE, CHALLENGE, passkey, elsewhere.sign(CHALLENGE)),
        "another address");
  }

  @Test
  void a_counter_that_went_back_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 9);

    refused(
        () ->
            verifier.assertion(SITE, CHALLENGE, passkey, authenticator.counting(8).sign(CHALLENGE)),
        "copied");
  }

  @Test
  void another_key_s_signature_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 0);
    SoftwareAuthenticator forged = new SoftwareAuthenticator(SITE.id(), SITE.origin());

    refused(() -> verifier.assertion(SITE, CHALLENGE, passkey, forged.sign(CHALLENGE)), "verified");
  }

  @Test
  void what_is_no_answer_is_refused() throws Exception {
    Passkey passkey = passkey(register(), 0);

    for (String answer : List.of("", "{}", "[1]", "{\"response\": {\"clientDataJSON\": \"!\"}}")) {
      refused(() -> verifier.registration(SITE, CHALLENGE, answer), "read");
      refused(() -> verifier.assertion(SITE, CHALLENGE, passkey, answer), "read");
      refused(() -> verifier.credentialId(answer), "read");
    }
  }

  private static void refused(ThrowingCallable check, String reason) {
    assertThatThrownBy(check)
        .isInstanceOf(RefusedPasskeyException.class)
        .hasMessageContaining(reason);
  }
}
