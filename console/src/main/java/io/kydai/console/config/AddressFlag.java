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
 * Reads a camera's address from the command line. Because every user of the machine can read
 * command lines, the address may refer to its secrets as an address in the configuration may:
 * {@code ${NAME}} anywhere in the address, or {@code file:PATH} in place of the whole address.
 */
public final class AddressFlag {
  private AddressFlag() {}

  /**
   * Reads an address and resolves its references.
   *
   * @param flag the option's name for the error message, such as {@code --camera}
   * @param text the option's value
   * @param environment returns the value of an environment variable, or null
   * @param folder the folder from which relative paths are resolved
   * @throws ConfigException when a reference cannot be resolved
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
