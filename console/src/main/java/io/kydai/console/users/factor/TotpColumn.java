package io.kydai.console.users.factor;

import io.kydai.console.secrets.SecretColumn;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The secrets of one-time passwords. */
final class TotpColumn implements SecretColumn {
  static final String NAME = "totp.secret";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> stored(Handle db) {
    Map<String, String> found = new HashMap<>();
    db.createQuery("SELECT account, secret FROM totp")
        .map((row, context) -> Map.entry(row.getString("account"), row.getString("secret")))
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  @Override
  public void replace(Handle db, String row, String stored) {
    db.createUpdate("UPDATE totp SET secret = :secret WHERE account = :account")
        .bind("account", row)
        .bind("secret", stored)
        .execute();
  }
}
