package io.kydai.console.messages;

import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Browsers that take Web Push, as rows. Every method works on the caller's transaction. */
final class SubscriptionTable {
  private static final String NAME = "push_subscription.secret";

  private SubscriptionTable() {}

  /** The column with what a push service knows the browser by. */
  static final class Column implements SecretColumn {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Map<String, String> stored(Handle db) {
      Map<String, String> found = new HashMap<>();
      db.createQuery("SELECT id, secret FROM push_subscription")
          .map((row, context) -> Map.entry(row.getString("id"), row.getString("secret")))
          .forEach(row -> found.put(row.getKey(), row.getValue()));
      return found;
    }

    @Override
    public void replace(Handle db, String row, String stored) {
      db.createUpdate("UPDATE push_subscription SET secret = :secret WHERE id = :id")
          .bind("secret", stored)
          .bind("id", row)
          .execute();
    }
  }

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
        .bind("secret", cipher.encrypt(NAME, browser.id(), subscription.json()))
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
        .map(secret -> PushSubscription.of(cipher.decrypt(NAME, id, secret)));
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
