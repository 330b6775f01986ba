package io.kydai.console.node;

import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.messages.MessageSecrets;
import io.kydai.console.secrets.DatabaseSecrets;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.secrets.SecretsException;
import io.kydai.console.store.Database;
import io.kydai.console.users.factor.SecondFactors;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The secrets that a node's database gives back. */
public final class NodeSecrets {
  private static final List<SecretColumn> COLUMNS =
      Stream.concat(
              Stream.of(
                  CameraRegistry.SECRETS, CameraRegistry.SECOND_SECRETS, SecondFactors.SECRETS),
              MessageSecrets.COLUMNS.stream())
          .toList();

  private NodeSecrets() {}

  /**
   * Opens the key, which is made at the first start.
   *
   * @throws StartException when it does not fit the database, or cannot be used
   */
  static SecretsCipher open(Database database, Path key) {
    try {
      return DatabaseSecrets.open(database, key, COLUMNS);
    } catch (SecretsException e) {
      throw new StartException("The node cannot start: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Opens the key beside a node, and writes nothing.
   *
   * @throws SecretsException when it does not fit the database, or cannot be used
   */
  public static SecretsCipher openBeside(Database database, Path key) {
    return DatabaseSecrets.openBeside(database, key, COLUMNS);
  }
}
