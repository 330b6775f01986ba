package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.console.users.factor.PasskeyVerifier.Registered;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Adds passkeys to accounts, and lets people answer with them at a log-in. Each question is
 * answered once, within five minutes: that of a registration by the log-in session that asked, that
 * of a log-in by who holds the attempt's id. Any thread; the methods that take an answer wait for
 * the database.
 */
public final class Passkeys {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int CHALLENGE_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /**
   * An attempt to log in, which waits for a passkey.
   *
   * @param id secret, for the browser that attempts it
   * @param options the W3C's PublicKeyCredentialRequestOptionsJSON
   */
  public record Attempt(String id, Map<String, Object> options) {}

  private record Asked(String account, String challenge) {}

  private final Database database;
  private final SecondFactors factors;
  private final Clock clock;
  private final Ulids ids;
  private final SecureRandom random = new SecureRandom();
  private final PasskeyVerifier verifier = new PasskeyVerifier();
  private final PendingChallenges<Asked> registrations;
  private final PendingChallenges<Asked> attempts;

  public Passkeys(Database database, SecondFactors factors, Clock clock) {
    this.database = requireNonNull(database);
    this.factors = requireNonNull(factors);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
    registrations = new PendingChallenges<>(clock, LIFE);
    attempts = new PendingChallenges<>(clock, LIFE);
  }

  private String secret() {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    random.nextBytes(bytes);
    return TEXT.encodeToString(bytes);
  }

  /**
   * Begins a registration. A later one of the same session replaces it.
   *
   * @param session the id of the log-in session that asks
   * @param account the account's id
   * @param name the account's name
   * @return the W3C's PublicKeyCredentialCreationOptionsJSON
   */
  public Map<String, Object> creationOptions(
      RelyingParty site, String session, String account, String name, String displayName) {
    List<Passkey> known = factors.of(account).passkeys();
    String challenge = secret();
    registrations.put(session, new Asked(account, challenge));
    return Map.of(
        "rp", Map.of("id", site.id(), "name", RelyingParty.NAME),
        "user",
            Map.of(
                "id", TEXT.encodeToString(account.getBytes(UTF_8)),
                "name", name,
                "displayName", displayName),
        "challenge", challenge,
        "pubKeyCredParams",
            PasskeyVerifier.ALGORITHMS.stream()
                .map(it -> Map.of("type", "public-key", "alg", it.getValue()))
                .toList(),
        "timeout", LIFE.toMillis(),
        "excludeCredentials", known.stream().map(Passkeys::descriptor).toList(),
        "authenticatorSelection",
            Map.of("residentKey", "discouraged", "userVerification", "preferred"),
        "attestation", "none");
  }

  private static Map<String, Object> descriptor(Passkey passkey) {
    return Map.of(
        "type", "public-key",
        "id", passkey.credentialId(),
        "transports", passkey.transports());
  }

  /** A passkey that was added, and new recovery codes; none where the account had some. */
  public record Added(Passkey passkey, List<String> recoveryCodes) {}

  /**
   * Ends a registration.
   *
   * @param session the id of the log-in session that asked
   * @param label the name that the person gives to the passkey
   * @param answer the browser's RegistrationResponseJSON
   * @throws RefusedPasskeyException when the answer does not count
   * @throws FactorConflictException when the passkey cannot be added
   */
  public Added add(
      RelyingParty site, String session, FactorChange change, String label, String answer) {
    Asked asked =
        registrations
            .take(session)
            .filter(it -> it.account().equals(change.account()))
            .orElseThrow(Passkeys::late);
    Registered made = verifier.registration(site, asked.challenge(), answer);
    Passkey passkey =
        new Passkey(
            ids.next(),
            change.account(),
            label,
            made.credentialId(),
            made.credential(),
            made.signCount(),
            made.backupEligible(),
            made.transports(),
            clock.instant(),
            null);
    return new Added(passkey, factors.addPasskey(change, passkey));
  }

  private static RefusedPasskeyException late() {
    return new RefusedPasskeyException(
        "No passkey is waited for: it was asked for too long ago, or has been answered.");
  }

  /**
   * Begins an attempt to log in, of a person whose password was right.
   *
   * @throws FactorConflictException when the account has no passkey
   */
  public Attempt begin(RelyingParty site, String account) {
    List<Passkey> known = factors.of(account).passkeys();
    if (known.isEmpty()) {
      throw new FactorConflictException("The account has no passkey.");
    }
    String challenge = secret();
    String attempt = secret();
    attempts.put(attempt, new Asked(account, challenge));
    return new Attempt(
        attempt,
        Map.of(
            "challenge", challenge,
            "timeout", LIFE.toMillis(),
            "rpId", site.id(),
            "allowCredentials", known.stream().map(Passkeys::descriptor).toList(),
            "userVerification", "preferred"));
  }

  /**
   * Returns the id of the account that an attempt is of, without using the attempt up; empty text
   * when it is unknown.
   */
  public String account(String attempt) {
    return attempts.peek(attempt).map(Asked::account).orElse("");
  }

  /**
   * Ends an attempt, whatever comes of it.
   *
   * @param answer the browser's AuthenticationResponseJSON
   * @return the id of the account whose passkey it was
   * @throws RefusedPasskeyException when the answer does not count
   */
  public String finish(RelyingParty site, String attempt, String answer) {
    Asked asked = attempts.take(attempt).orElseThrow(Passkeys::late);
    String credential = verifier.credentialId(answer);
    database.inTransaction(
        db -> {
          Passkey passkey =
              PasskeyTable.byCredential(db, credential)
                  .filter(it -> it.account().equals(asked.account()))
                  .orElseThrow(
                      () -> new RefusedPasskeyException("This passkey is not of this account."));
          long count = verifier.assertion(site, asked.challenge(), passkey, answer);
          PasskeyTable.used(db, passkey.id(), count, clock.instant());
          return passkey;
        });
    return asked.account();
  }
}
