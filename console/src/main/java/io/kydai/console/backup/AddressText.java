package io.kydai.console.backup;

import io.kydai.console.config.AddressFlag;
import io.kydai.console.store.DatabaseAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Reads the address of a database from a flag, whose password is a reference. */
final class AddressText {
  private AddressText() {}

  /**
   * Returns an address.
   *
   * @throws IllegalArgumentException when it is wrong; the message has no password
   */
  static DatabaseAddress read(String text, UnaryOperator<String> environment) {
    return DatabaseAddress.of(AddressFlag.read("address", text, environment, Path.of("")).value());
  }
}
