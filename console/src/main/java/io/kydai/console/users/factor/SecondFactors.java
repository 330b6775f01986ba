package io.kydai.console.users.factor;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.store.Database;
import io.kydai.console.users.factor.CodeTable.Totp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The second factors of all accounts: one-time passwords, passkeys, and recovery codes, which come
 * with the first factor and go with the last. A change and its entry in the audit are one
 * transaction. Any thread; all but {@link #enrolled} wait for the database.
 */
public final class SecondFactors {
  /** The secrets of one-time passwords. */
  public static final SecretColumn SECRETS = CodeTable.SECRETS;

  /** The largest number of passkeys of an account. */
  public static final int MAX_PASSKEYS = 20;

  /** How long a person may take to enter the first code of an authenticator app. */
  private static final Duration ENROLMENT = Duration.ofMinutes(15);

  /** The name of one-time passwords. */
  public static final String TOTP = "totp";

  /** The name of passkeys. */
  public static final String PASSKEY = "passkey";

  /** The name of recovery codes. */
  public static final String RECOVERY_CODE = "recovery-code";

  /**
   * The second factors of an account.
   *
   * @param totp whether it has one-time passwords
   * @param recoveryCodes the number of recovery codes that are left
   */
  public record Overview(boolean totp, int recoveryCodes, List<Passkey> passkeys) {
    public Overview {
      passkeys = List.copyOf(passkeys);
    }

    /** Returns whether the account has a second factor; recovery codes alone are none. */
    public boolean any() {
      return totp || !passkeys.isEmpty();
    }
  }

  private final Database database;
  private final SecretsCipher secrets;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final PendingChallenges<TotpSecret> enrolling;
  private volatile Set<String> enrolled;

  /** Reads which accounts have a second factor. */
  public SecondFactors(Database database, SecretsCipher secrets, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.secrets = requireNonNull(secrets);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    enrolling = new PendingChallenges<>(clock, ENROLMENT);
    enrolled = database.inSnapshot(SecondFactors::accounts);
  }

  private static Set<String> accounts(Handle db) {
    return new HashSet<>(
        db.createQuery("SELECT account FROM totp UNION SELECT account FROM passkey")
            .mapTo(String.class)
            .list());
  }

  /** Reads anew which accounts have a second factor, as another process may have changed that. */
  public void refresh() {
    enrolled = database.inSnapshot(SecondFactors::accounts);
  }

  /** Returns whether an account has a second factor, from memory. */
  public boolean enrolled(String account) {
    return enrolled.contains(account);
  }

  /** Returns the factors of an account. */
  public Overview of(String account) {
    return database.inSnapshot(db -> overview(db, account));
  }

  private static Overview overview(Handle db, String account) {
    return new Overview(
        CodeTable.hasTotp(db, account), CodeTable.codes(db, account), PasskeyTable.of(db, account));
  }

  /** Makes a secret, which counts when its first code is entered within a quarter of an hour. */
  public TotpSecret beginTotp(String account) {
    if (of(account).totp()) {
      throw hasTotp();
    }
    TotpSecret secret = TotpSecret.generate(random);
    enrolling.put(account, secret);
    return secret;
  }

  private static FactorConflictException hasTotp() {
    return new FactorConflictException(
        "The account has one-time passwords already. Remove them first.");
  }

  /**
   * Gives an account the one-time passwords that were begun, if a code shows that the person's app
   * has the secret.
   *
   * @return new recovery codes, empty where the account had some; empty when the code is wrong
   * @throws FactorConflictException when none were begun, or the account has some already
   */
  public Optional<List<String>> confirmTotp(FactorChange change, String code) {
    TotpSecret secret =
        enrolling
            .peek(change.account())
            .orElseThrow(
                () ->
                    new FactorConflictException(
                        "One-time passwords were not begun, or that was too long ago."));
    OptionalLong step = secret.accept(code, clock.instant(), TotpSecret.NEVER);
    if (step.isEmpty()) {
      return Optional.empty();
    }
    List<String> codes =
        change(
            db -> {
              if (CodeTable.hasTotp(db, change.account())) {
                throw hasTotp();
              }
              CodeTable.insertTotp(
                  db,
                  secrets,
                  change.account(),
                  new Totp(secret, step.getAsLong()),
                  clock.instant());
              audit.append(
                  db, change.event(AuditEventType.SECOND_FACTOR_ADDED).detail("kind", TOTP));
              return firstCodes(db, change);
            });
    enrolling.take(change.account());
    return Optional.of(codes);
  }

  private <T> T change(Database.HandleWork<T> work) {
    T result = database.inTransaction(work);
    refresh();
    return result;
  }

  private List<String> firstCodes(Handle db, FactorChange change) {
    return CodeTable.codes(db, change.account()) > 0 ? List.of() : newCodes(db, change);
  }

  private List<String> newCodes(Handle db, FactorChange change) {
    List<String> codes = RecoveryCode.generate(random);
    CodeTable.replaceCodes(
        db,
        change.account(),
        codes.stream().map(code -> RecoveryCode.hash(code).orElseThrow()).toList());
    audit.append(db, change.event(AuditEventType.RECOVERY_CODES_CREATED));
    return codes;
  }

  /**
   * Replaces an account's recovery codes.
   *
   * @throws FactorConflictException when the account has no second factor
   */
  public List<String> renewRecoveryCodes(FactorChange change) {
    return change(
        db -> {
          if (!overview(db, change.account()).any()) {
            throw new FactorConflictException("The account has no second factor.");
          }
          return newCodes(db, change);
        });
  }

  /** Takes an account's one-time passwords away; returns whether it had some. */
  public boolean removeTotp(FactorChange change) {
    return change(
        db -> {
          boolean had = CodeTable.deleteTotp(db, change.account());
          if (had) {
            removed(db, change, TOTP, "");
          }
          return had;
        });
  }

  private void removed(Handle db, FactorChange change, String kind, String label) {
    if (!overview(db, change.account()).any()) {
      CodeTable.deleteCodes(db, change.account());
    }
    var event = change.event(AuditEventType.SECOND_FACTOR_REMOVED).detail("kind", kind);
    audit.append(db, label.isEmpty() ? event : event.detail("label", label));
  }

  /**
   * Keeps a new passkey.
   *
   * @return new recovery codes; empty where the account had some
   * @throws FactorConflictException when it is known already, or the account has too many
   */
  List<String> addPasskey(FactorChange change, Passkey passkey) {
    return change(
        db -> {
          if (PasskeyTable.byCredential(db, passkey.credentialId()).isPresent()) {
            throw new FactorConflictException("This passkey is known already.");
          }
          if (PasskeyTable.of(db, change.account()).size() >= MAX_PASSKEYS) {
            throw new FactorConflictException(MAX_PASSKEYS + " passkeys at most.");
          }
          PasskeyTable.insert(db, passkey);
          audit.append(
              db,
              change
                  .event(AuditEventType.SECOND_FACTOR_ADDED)
                  .detail("kind", PASSKEY)
                  .detail("label", passkey.name()));
          return firstCodes(db, change);
        });
  }

  /** Takes a passkey away; returns whether the account had it. */
  public boolean removePasskey(FactorChange change, String id) {
    return change(
        db -> {
          Optional<Passkey> known =
              PasskeyTable.of(db, change.account()).stream()
                  .filter(passkey -> passkey.id().equals(id))
                  .findFirst();
          known.ifPresent(
              passkey -> {
                PasskeyTable.delete(db, change.account(), id);
                removed(db, change, PASSKEY, passkey.name());
              });
          return known.isPresent();
        });
  }

  /**
   * Takes every factor of an account away, for a person who lost them; returns whether there was
   * one.
   */
  public boolean removeAll(FactorChange change) {
    return change(
        db -> {
          Overview known = overview(db, change.account());
          forget(db, change.account());
          if (known.totp()) {
            removed(db, change, TOTP, "");
          }
          known.passkeys().forEach(passkey -> removed(db, change, PASSKEY, passkey.name()));
          return known.any();
        });
  }

  /** Deletes what is stored of an account's factors, before the account itself is deleted. */
  public static void forget(Handle db, String account) {
    CodeTable.deleteTotp(db, account);
    CodeTable.deleteCodes(db, account);
    PasskeyTable.deleteAll(db, account);
  }

  /**
   * Uses a code up, where it is right for an account: a one-time password of its step, or a
   * recovery code. Of two who bring the same code at the same time, one is refused.
   *
   * @return {@value #TOTP} or {@value #RECOVERY_CODE}; empty where the code is wrong
   */
  public Optional<String> accept(FactorChange change, String code) {
    Instant now = clock.instant();
    return database.inTransaction(
        db -> {
          Optional<Totp> totp = CodeTable.totp(db, secrets, change.account());
          if (totp.isPresent() && TotpSecret.isCode(code)) {
            OptionalLong step = totp.get().secret().accept(code, now, totp.get().lastStep());
            return step.isPresent() && CodeTable.useStep(db, change.account(), step.getAsLong())
                ? Optional.of(TOTP)
                : Optional.empty();
          }
          return useRecoveryCode(db, change, code) ? Optional.of(RECOVERY_CODE) : Optional.empty();
        });
  }

  private boolean useRecoveryCode(Handle db, FactorChange change, String code) {
    Optional<String> hash = RecoveryCode.hash(code);
    if (hash.isEmpty() || !CodeTable.useCode(db, change.account(), hash.get())) {
      return false;
    }
    audit.append(
        db,
        change
            .event(AuditEventType.RECOVERY_CODE_USED)
            .detail("left", CodeTable.codes(db, change.account())));
    return true;
  }
}
