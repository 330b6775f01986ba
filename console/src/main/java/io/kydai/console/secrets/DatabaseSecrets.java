package io.kydai.console.secrets;

import io.kydai.console.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encryption of a database's secrets, with the key in a file. */
public final class DatabaseSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSecrets.class);

  private DatabaseSecrets() {}

  /**
   * Opens the key for a node, and encrypts by it what an earlier version stored as it was, or what
   * another key of the file had encrypted. A key is made where there is no file and nothing is
   * encrypted yet.
   *
   * @throws SecretsException when the key is missing, cannot be read or made, or does not fit what
   *     is stored; nothing was changed
   */
  public static SecretsCipher open(Database database, Path file, List<SecretColumn> columns) {
    SecretsCipher cipher;
    if (Files.exists(file)) {
      cipher = new SecretsCipher(read(file));
      // A fit is looked for before anything is written.
      database.inSnapshot(db -> check(db, file, cipher, columns));
    } else {
      refuseMissing(database, file, columns);
      cipher = new SecretsCipher(make(file));
    }
    int changed = database.inTransaction(db -> encrypt(db, cipher, columns));
    if (changed > 0) {
      LOG.info("{} stored secrets are now encrypted by the key in {}", changed, file);
    }
    return cipher;
  }

  /**
   * Opens the key beside a node, and writes nothing.
   *
   * @throws SecretsException when the key is missing, cannot be read, or does not fit what is
   *     stored
   */
  public static SecretsCipher openBeside(Database database, Path file, List<SecretColumn> columns) {
    if (!Files.exists(file)) {
      refuseMissing(database, file, columns);
      return new SecretsCipher(SecretsKey.random());
    }
    SecretsCipher cipher = new SecretsCipher(read(file));
    database.inSnapshot(db -> check(db, file, cipher, columns));
    return cipher;
  }

  private static SecretsKey read(Path file) {
    try {
      return SecretsKey.read(file);
    } catch (IOException e) {
      throw new SecretsException(
          "the key of the stored secrets, " + file + ", cannot be used: " + e.getMessage(), e);
    }
  }

  private static SecretsKey make(Path file) {
    try {
      SecretsKey made = SecretsKey.make(file);
      LOG.info("made the key {}, which encrypts the secrets in the database", file);
      return made;
    } catch (IOException e) {
      throw new SecretsException(
          "the key of the stored secrets, " + file + ", cannot be made: " + e, e);
    }
  }

  private static void refuseMissing(Database database, Path file, List<SecretColumn> columns) {
    boolean needed =
        database.inSnapshot(
            db ->
                columns.stream()
                    .flatMap(column -> column.stored(db).values().stream())
                    .anyMatch(SecretsCipher::isEncrypted));
    if (needed) {
      throw new SecretsException(
          "secrets in the database are encrypted, and their key is missing: put "
              + file
              + " back; each backup has it as "
              + SecretsKey.FILE
              + " in the data folder",
          null);
    }
  }

  private static boolean check(
      Handle db, Path file, SecretsCipher cipher, List<SecretColumn> columns) {
    for (SecretColumn column : columns) {
      for (Map.Entry<String, String> row : column.stored(db).entrySet()) {
        try {
          cipher.decrypt(column.name(), row.getKey(), row.getValue());
        } catch (SecretsException e) {
          throw new SecretsException(
              "the key in "
                  + file
                  + " is not the one of this database: "
                  + e.getMessage()
                  + "; put the right one there, which each backup has as "
                  + SecretsKey.FILE
                  + " in the data folder, or add it to the file as a further line",
              e);
        }
      }
    }
    return true;
  }

  private static int encrypt(Handle db, SecretsCipher cipher, List<SecretColumn> columns) {
    int changed = 0;
    for (SecretColumn column : columns) {
      for (Map.Entry<String, String> row : column.stored(db).entrySet()) {
        if (!cipher.isCurrent(column.name(), row.getKey(), row.getValue())) {
          String text = cipher.decrypt(column.name(), row.getKey(), row.getValue());
          column.replace(db, row.getKey(), cipher.encrypt(column.name(), row.getKey(), text));
          changed++;
        }
      }
    }
    return changed;
  }
}
