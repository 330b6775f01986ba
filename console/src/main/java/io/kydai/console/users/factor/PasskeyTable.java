package io.kydai.console.users.factor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code passkey}. */
final class PasskeyTable {
  private static final String COLUMNS =
      "id, account, name, credential_id, credential, sign_count, backup_eligible, transports,"
          + " created_at, last_used_at";

  private static final RowMapper<Passkey> ROW =
      (row, context) -> {
        String transports = row.getString("transports");
        long used = row.getLong("last_used_at");
        Instant lastUsed = row.wasNull() ? null : Instant.ofEpochMilli(used);
        return new Passkey(
            row.getString("id"),
            row.getString("account"),
            row.getString("name"),
            row.getString("credential_id"),
            row.getString("credential"),
            row.getLong("sign_count"),
            row.getInt("backup_eligible") != 0,
            transports.isEmpty() ? List.of() : List.of(transports.split(",", -1)),
            Instant.ofEpochMilli(row.getLong("created_at")),
            lastUsed);
      };

  private PasskeyTable() {}

  /** Returns an account's passkeys, the oldest first. */
  static List<Passkey> of(Handle db, String account) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM passkey WHERE account = :account ORDER BY id")
        .bind("account", account)
        .map(ROW)
        .list();
  }

  static Optional<Passkey> byCredential(Handle db, String credentialId) {
    return db.createQuery("SELECT " + COLUMNS + " FROM passkey WHERE credential_id = :credential")
        .bind("credential", credentialId)
        .map(ROW)
        .findOne();
  }

  static void insert(Handle db, Passkey passkey) {
    db.createUpdate(
            "INSERT INTO passkey ("
                + COLUMNS
                + ") VALUES (:id, :account, :name, :credentialId, :credential, :signCount,"
                + " :backupEligible, :transports, :created, NULL)")
        .bind("id", passkey.id())
        .bind("account", passkey.account())
        .bind("name", passkey.name())
        .bind("credentialId", passkey.credentialId())
        .bind("credential", passkey.credential())
        .bind("signCount", passkey.signCount())
        .bind("backupEligible", passkey.backupEligible() ? 1 : 0)
        .bind("transports", String.join(",", passkey.transports()))
        .bind("created", passkey.created().toEpochMilli())
        .execute();
  }

  static void used(Handle db, String id, long signCount, Instant at) {
    db.createUpdate("UPDATE passkey SET sign_count = :count, last_used_at = :at WHERE id = :id")
        .bind("count", signCount)
        .bind("at", at.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  /** Returns whether the account had that passkey. */
  static boolean delete(Handle db, String account, String id) {
    return db.createUpdate("DELETE FROM passkey WHERE account = :account AND id = :id")
            .bind("account", account)
            .bind("id", id)
            .execute()
        > 0;
  }

  static void deleteAll(Handle db, String account) {
    db.createUpdate("DELETE FROM passkey WHERE account = :account")
        .bind("account", account)
        .execute();
  }
}
