package io.kydai.console.config;

import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Value;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A camera's address on the command line. Every user of the machine can read a command line, so the
 * address may refer to its secrets as one in the configuration does: {@code ${NAME}} anywhere in
 * it, or {@code file:PATH} for all of it.
 */
public final class AddressFlag {
  private AddressFlag() {}

  /**
   * Reads the address.
   *
   * @param flag such as {@code --camera}, for the error's sentence
   * @param environment the value of a variable, or null
   * @param folder from which relative paths go
   * @throws ConfigException when it refers to what is not there
   */
  public static Secret read(
      String flag, String text, UnaryOperator<String> environment, Path folder) {
    Problems problems = new Problems();
    Value at = Value.ofText(text, flag, problems);
    Optional<Secret> address = References.to(environment, folder).resolve(text, at);
    problems.check("");
    return address.orElseThrow();
  }
}
