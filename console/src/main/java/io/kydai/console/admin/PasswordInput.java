package io.kydai.console.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a password: from the terminal without an echo and twice, or where there is none, as the
 * first line of standard input. Never from the command line, which every user of the machine can
 * read.
 */
final class PasswordInput {
  private static final int MAX_BYTES = 4_096;

  private final InputStream in;

  PasswordInput(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the password.
   *
   * @throws AdminException when there is none, or the two that were typed differ
   */
  String read() throws IOException {
    Console console = in == System.in ? System.console() : null;
    if (console == null) {
      return firstLine();
    }
    char[] typed = console.readPassword("Password: ");
    char[] again = console.readPassword("Again: ");
    if (typed == null || again == null) {
      throw new AdminException("A password is needed.");
    }
    String password = String.valueOf(typed);
    if (!password.equals(String.valueOf(again))) {
      throw new AdminException("The two passwords differ.");
    }
    return password;
  }

  private String firstLine() throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES);
    String line = new String(bytes, UTF_8).lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new AdminException(
          "A password is needed: as the first line of standard input, or typed at a terminal.");
    }
    return line;
  }
}
