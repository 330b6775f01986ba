package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.messages.push.VapidKey;
import io.kydai.console.secrets.RowSecret;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.store.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The mail server's password and the node's key for Web Push, in the database. */
public final class MessageSecrets {
  private static final SecretColumn SECRETS = new RowSecret("message_secret", "name");
  private static final String PASSWORD = "mail-password";
  private static final String KEY = "vapid-key";

  /** What messages keep encrypted. */
  public static final List<SecretColumn> COLUMNS = List.of(SECRETS, SubscriptionTable.SECRETS);

  private final Database database;
  private final SecretsCipher cipher;
  private volatile @Nullable VapidKey key;

  MessageSecrets(Database database, SecretsCipher cipher) {
    this.database = requireNonNull(database);
    this.cipher = requireNonNull(cipher);
  }

  SecretsCipher cipher() {
    return cipher;
  }

  /** Returns the password; empty where there is none. */
  Optional<String> password() {
    return database.inSnapshot(db -> read(db, PASSWORD));
  }

  boolean hasPassword() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT COUNT(*) FROM message_secret WHERE name = :name")
                    .bind("name", PASSWORD)
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  private Optional<String> read(Handle db, String name) {
    return db.createQuery("SELECT secret FROM message_secret WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .map(secret -> cipher.decrypt(SECRETS.name(), name, secret));
  }

  /** Writes the password in the caller's transaction, or removes it where it is empty. */
  void setPassword(Handle db, String password) {
    write(db, PASSWORD, password);
  }

  private void write(Handle db, String name, String secret) {
    db.createUpdate("DELETE FROM message_secret WHERE name = :name").bind("name", name).execute();
    if (!secret.isEmpty()) {
      db.createUpdate("INSERT INTO message_secret (name, secret) VALUES (:name, :secret)")
          .bind("name", name)
          .bind("secret", cipher.encrypt(SECRETS.name(), name, secret))
          .execute();
    }
  }

  /** Returns the node's key, which is made when it is asked for first. */
  VapidKey key() {
    VapidKey known = key;
    if (known == null) {
      known =
          database.inTransaction(
              db -> {
                Optional<String> stored = read(db, KEY);
                if (stored.isPresent()) {
                  return VapidKey.of(stored.get());
                }
                VapidKey made = VapidKey.generate();
                write(db, KEY, made.secret());
                return made;
              });
      key = known;
    }
    return known;
  }
}
