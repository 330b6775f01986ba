package io.kydai.console.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Log-ins as rows. Every method works on the caller's transaction. */
final class SessionTable {
  private SessionTable() {}

  /** Returns the sessions by the hash of their secret. */
  static Map<String, LogInSession> load(Handle db) {
    return db.createQuery(
            "SELECT id, secret_hash, account, account_version, csrf, created_at, last_used_at,"
                + " expires_at, address, user_agent, method FROM log_in_session")
        .map((row, context) -> Map.entry(row.getString("secret_hash"), session(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static LogInSession session(ResultSet row) throws SQLException {
    return new LogInSession(
        new AccountId(row.getString("id")),
        new AccountId(row.getString("account")),
        row.getLong("account_version"),
        row.getString("csrf"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("last_used_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("address"),
        row.getString("user_agent"),
        row.getString("method"));
  }

  static void insert(Handle db, LogInSession session, String secretHash) {
    db.createUpdate(
            "INSERT INTO log_in_session (id, secret_hash, account, account_version, csrf, created_at,"
                + " last_used_at, expires_at, address, user_agent, method) VALUES (:id, :hash, :account,"
                + " :version, :csrf, :created, :used, :expires, :address, :agent,"
                + " :method)")
        .bind("id", session.id().value())
        .bind("hash", secretHash)
        .bind("account", session.account().value())
        .bind("version", session.accountVersion())
        .bind("csrf", session.csrf())
        .bind("created", session.createdAt().toEpochMilli())
        .bind("used", session.lastUsedAt().toEpochMilli())
        .bind("expires", session.expiresAt().toEpochMilli())
        .bind("address", session.address())
        .bind("agent", session.userAgent())
        .bind("method", session.method())
        .execute();
  }

  static void delete(Handle db, AccountId id) {
    db.createUpdate("DELETE FROM log_in_session WHERE id = :id").bind("id", id.value()).execute();
  }

  static void deleteOfAccount(Handle db, AccountId account) {
    db.createUpdate("DELETE FROM log_in_session WHERE account = :account")
        .bind("account", account.value())
        .execute();
  }

  static void used(Handle db, Collection<LogInSession> sessions) {
    PreparedBatch batch =
        db.prepareBatch("UPDATE log_in_session SET last_used_at = :used WHERE id = :id");
    for (LogInSession session : sessions) {
      batch
          .bind("used", session.lastUsedAt().toEpochMilli())
          .bind("id", session.id().value())
          .add();
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }
}
