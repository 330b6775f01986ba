package io.kydai.console.messages;

import io.kydai.console.messages.rules.Hours;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People's preferences as rows. Every method works on the caller's transaction. */
final class PreferenceTable {
  private PreferenceTable() {}

  /**
   * A code that was sent to an address.
   *
   * @param hash the SHA-256 of the code
   * @param tries how many wrong codes were entered
   */
  record Code(String address, String hash, Instant expiresAt, int tries) {}

  static MessagePreferences of(Handle db, String account) {
    return db.createQuery("SELECT * FROM message_preference WHERE account = :account")
        .bind("account", account)
        .map(
            (row, context) ->
                new MessagePreferences(
                    row.getString("language"),
                    row.getInt("by_email") == 1,
                    row.getInt("by_push") == 1,
                    quiet(row.getString("quiet_from"), row.getString("quiet_to")),
                    row.getString("email"),
                    row.getString("pending_email")))
        .findOne()
        .orElse(MessagePreferences.INITIAL);
  }

  private static @Nullable Hours quiet(@Nullable String from, @Nullable String to) {
    return from == null || to == null
        ? null
        : new Hours(null, LocalTime.parse(from), LocalTime.parse(to));
  }

  /** Writes everything but addresses and codes. */
  static void write(Handle db, String account, MessagePreferences wanted) {
    Hours quiet = wanted.quiet();
    db.createUpdate(
            "INSERT INTO message_preference (account, language, by_email, by_push, quiet_from,"
                + " quiet_to, code_tries, codes_since, codes_sent)"
                + " VALUES (:account, :language, :email, :push, :from, :to, 0, 0, 0)"
                + " ON CONFLICT (account) DO UPDATE SET language = excluded.language,"
                + " by_email = excluded.by_email, by_push = excluded.by_push,"
                + " quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to")
        .bind("account", account)
        .bind("language", wanted.language())
        .bind("email", wanted.byEmail() ? 1 : 0)
        .bind("push", wanted.byPush() ? 1 : 0)
        .bind("from", quiet == null ? null : quiet.from().toString())
        .bind("to", quiet == null ? null : quiet.to().toString())
        .execute();
  }

  /**
   * Counts that a code is asked for.
   *
   * @return how many were asked for since a moment, with this one
   */
  static int countCode(Handle db, String account, Instant now, Instant since) {
    write(db, account, of(db, account));
    db.createUpdate(
            "UPDATE message_preference SET codes_since = :now, codes_sent = 0"
                + " WHERE account = :account AND codes_since < :since")
        .bind("now", now.toEpochMilli())
        .bind("since", since.toEpochMilli())
        .bind("account", account)
        .execute();
    db.createUpdate(
            "UPDATE message_preference SET codes_sent = codes_sent + 1 WHERE account = :account")
        .bind("account", account)
        .execute();
    return db.createQuery("SELECT codes_sent FROM message_preference WHERE account = :account")
        .bind("account", account)
        .mapTo(Integer.class)
        .one();
  }

  static void setCode(Handle db, String account, Code code) {
    db.createUpdate(
            "UPDATE message_preference SET pending_email = :address, code_hash = :hash,"
                + " code_expires_at = :expires, code_tries = :tries WHERE account = :account")
        .bind("address", code.address())
        .bind("hash", code.hash())
        .bind("expires", code.expiresAt().toEpochMilli())
        .bind("tries", code.tries())
        .bind("account", account)
        .execute();
  }

  static Optional<Code> code(Handle db, String account) {
    return db.createQuery(
            "SELECT pending_email, code_hash, code_expires_at, code_tries FROM message_preference"
                + " WHERE account = :account AND code_hash IS NOT NULL")
        .bind("account", account)
        .map(
            (row, context) ->
                new Code(
                    row.getString("pending_email"),
                    row.getString("code_hash"),
                    Instant.ofEpochMilli(row.getLong("code_expires_at")),
                    row.getInt("code_tries")))
        .findOne();
  }

  /** Writes the confirmed address, or removes it where it is null; no code waits any more. */
  static void setEmail(Handle db, String account, @Nullable String email) {
    db.createUpdate(
            "UPDATE message_preference SET email = :email, pending_email = NULL, code_hash = NULL,"
                + " code_expires_at = NULL, code_tries = 0 WHERE account = :account")
        .bind("email", email)
        .bind("account", account)
        .execute();
  }
}
