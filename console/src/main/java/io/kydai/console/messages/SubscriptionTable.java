package io.kydai.console.messages;

import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.secrets.RowSecret;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Browsers that take Web Push, as rows. Every method works on the caller's transaction. */
final class SubscriptionTable {
  /** What a push service knows the browser by. */
  static final SecretColumn SECRETS = new RowSecret("push_subscription", "id");

  private SubscriptionTable() {}

  /**
   * Adds a browser. One that somebody else subscribed before is his no more: the same browser takes
   * the messages of whoever uses it now.
   */
  static void insert(
      Handle db,
      Browser browser,
      String account,
      String hash,
      PushSubscription subscription,
      SecretsCipher cipher) {
    db.createUpdate("DELETE FROM push_subscription WHERE endpoint_hash = :hash")
        .bind("hash", hash)
        .execute();
    db.createUpdate(
            "INSERT INTO push_subscription (id, account, endpoint_hash, secret, browser,"
                + " created_at) VALUES (:id, :account, :hash, :secret, :browser, :at)")
        .bind("id", browser.id())
        .bind("account", account)
        .bind("hash", hash)
        .bind("secret", cipher.encrypt(SECRETS.name(), browser.id(), subscription.json()))
        .bind("browser", browser.name())
        .bind("at", browser.createdAt().toEpochMilli())
        .execute();
  }

  static List<Browser> of(Handle db, String account) {
    return db.createQuery(
            "SELECT id, browser, created_at FROM push_subscription WHERE account = :account"
                + " ORDER BY id")
        .bind("account", account)
        .map(
            (row, context) ->
                new Browser(
                    row.getString("id"),
                    row.getString("browser"),
                    Instant.ofEpochMilli(row.getLong("created_at"))))
        .list();
  }

  /** Returns where a person's browser takes messages; empty where it does not any more. */
  static Optional<PushSubscription> find(
      Handle db, String id, String account, SecretsCipher cipher) {
    return db.createQuery(
            "SELECT secret FROM push_subscription WHERE id = :id AND account = :account")
        .bind("id", id)
        .bind("account", account)
        .mapTo(String.class)
        .findOne()
        .map(secret -> PushSubscription.of(cipher.decrypt(SECRETS.name(), id, secret)));
  }

  /** Removes a browser; returns whether the person had it. */
  static boolean delete(Handle db, String id, String account) {
    return db.createUpdate("DELETE FROM push_subscription WHERE id = :id AND account = :account")
            .bind("id", id)
            .bind("account", account)
            .execute()
        > 0;
  }
}
