package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first administrator in while there is no account: by a secret that the process prints,
 * valid for an hour and once.
 */
public final class FirstAdministrator {
  static final Duration VALID = Duration.ofHours(1);

  private final Directory directory;
  private final Clock clock;
  private @Nullable String hash;
  private Instant until = Instant.EPOCH;

  public FirstAdministrator(Directory directory, Clock clock) {
    this.directory = requireNonNull(directory);
    this.clock = requireNonNull(clock);
  }

  /** Makes the secret; empty when there is an account. A secret that was made before ends. */
  public synchronized Optional<String> invite() {
    if (!directory.accounts().isEmpty()) {
      return Optional.empty();
    }
    RandomSecret secret = RandomSecret.generate();
    hash = RandomSecret.hash(secret.text());
    until = clock.instant().plus(VALID);
    return Optional.of(secret.text());
  }

  /**
   * Makes the account of the first administrator.
   *
   * @throws LogInRefusedException when the secret is not right, was used, or is too old
   * @throws InvalidPeopleException when name or password cannot be taken; the secret stays valid
   */
  public synchronized Account accept(
      String secret, String name, String password, RequestOrigin origin) {
    String expected = hash;
    if (expected == null
        || clock.instant().isAfter(until)
        || !directory.accounts().isEmpty()
        || !MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.US_ASCII),
            RandomSecret.hash(secret).getBytes(StandardCharsets.US_ASCII))) {
      throw new LogInRefusedException(Duration.ZERO);
    }
    Account account = add(directory, name, password, Actor.anonymous(name), origin);
    hash = null;
    return account;
  }

  /**
   * Makes an administrator's account without a secret, for set-ups without a person.
   *
   * @throws InvalidPeopleException when the password is not good enough
   */
  public static Account add(
      Directory directory, String name, String password, Actor actor, RequestOrigin origin) {
    return directory.add(
        name, name, null, List.of(Grant.of(Role.ADMINISTRATOR)), password, actor, origin);
  }
}
