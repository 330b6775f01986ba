package io.kydai.console.users.factor;

import io.kydai.console.secrets.RowSecret;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code totp} and {@code recovery_code}. */
final class CodeTable {
  /** The secrets of one-time passwords. */
  static final SecretColumn SECRETS = new RowSecret("totp", "account");

  /**
   * An account's one-time passwords.
   *
   * @param lastStep the step of the code that was accepted last
   */
  record Totp(TotpSecret secret, long lastStep) {}

  private CodeTable() {}

  static boolean hasTotp(Handle db, String account) {
    return db.createQuery("SELECT count(*) FROM totp WHERE account = :account")
            .bind("account", account)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  static Optional<Totp> totp(Handle db, SecretsCipher secrets, String account) {
    return db.createQuery("SELECT secret, last_step FROM totp WHERE account = :account")
        .bind("account", account)
        .map(
            (row, context) ->
                new Totp(
                    TotpSecret.of(
                        secrets.decrypt(SECRETS.name(), account, row.getString("secret"))),
                    row.getLong("last_step")))
        .findOne();
  }

  static void insertTotp(Handle db, SecretsCipher secrets, String account, Totp totp, Instant now) {
    db.createUpdate(
            "INSERT INTO totp (account, secret, last_step, created_at)"
                + " VALUES (:account, :secret, :step, :now)")
        .bind("account", account)
        .bind("secret", secrets.encrypt(SECRETS.name(), account, totp.secret().base32()))
        .bind("step", totp.lastStep())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Returns whether the step is later than the one that was accepted last. */
  static boolean useStep(Handle db, String account, long step) {
    return db.createUpdate(
                "UPDATE totp SET last_step = :step WHERE account = :account AND last_step < :step")
            .bind("account", account)
            .bind("step", step)
            .execute()
        > 0;
  }

  static boolean deleteTotp(Handle db, String account) {
    return db.createUpdate("DELETE FROM totp WHERE account = :account")
            .bind("account", account)
            .execute()
        > 0;
  }

  /** Replaces all recovery codes of an account. */
  static void replaceCodes(Handle db, String account, List<String> hashes) {
    deleteCodes(db, account);
    for (String hash : hashes) {
      db.createUpdate("INSERT INTO recovery_code (account, hash) VALUES (:account, :hash)")
          .bind("account", account)
          .bind("hash", hash)
          .execute();
    }
  }

  static void deleteCodes(Handle db, String account) {
    db.createUpdate("DELETE FROM recovery_code WHERE account = :account")
        .bind("account", account)
        .execute();
  }

  /** Returns whether the account had that code, which it has no longer. */
  static boolean useCode(Handle db, String account, String hash) {
    return db.createUpdate("DELETE FROM recovery_code WHERE account = :account AND hash = :hash")
            .bind("account", account)
            .bind("hash", hash)
            .execute()
        > 0;
  }

  static int codes(Handle db, String account) {
    return db.createQuery("SELECT count(*) FROM recovery_code WHERE account = :account")
        .bind("account", account)
        .mapTo(Integer.class)
        .one();
  }
}
