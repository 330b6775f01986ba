package io.kydai.console.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the passphrase of a backup: of a file, the environment, or the terminal. */
final class Passphrase {
  static final String VARIABLE = "KYDAI_BACKUP_PASSPHRASE";
  static final int LEAST = 12;
  private static final int MAX_BYTES = 4096;

  private Passphrase() {}

  /**
   * Returns the passphrase.
   *
   * @param file the file with it in its first line; null for the environment or the terminal
   * @throws CopyException when there is none, or it has fewer than {@value #LEAST} characters
   */
  static char[] read(@Nullable Path file, UnaryOperator<@Nullable String> environment)
      throws IOException {
    char[] read = given(file, environment);
    if (read.length < LEAST) {
      throw new CopyException("a passphrase has at least " + LEAST + " characters", null);
    }
    return read;
  }

  private static char[] given(@Nullable Path file, UnaryOperator<@Nullable String> environment)
      throws IOException {
    if (file != null) {
      try (var in = Files.newInputStream(file)) {
        CharBuffer text = UTF_8.decode(ByteBuffer.wrap(in.readNBytes(MAX_BYTES)));
        return text.toString().lines().findFirst().orElse("").toCharArray();
      }
    }
    String variable = environment.apply(VARIABLE);
    if (variable != null) {
      return variable.toCharArray();
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Passphrase of the backup: ");
    if (typed == null) {
      throw new CopyException(
          "a passphrase is needed: --passphrase-file FILE, or " + VARIABLE + " in the environment",
          null);
    }
    return typed;
  }
}
