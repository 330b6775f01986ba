package io.kydai.console.doctor;

import static java.util.Objects.requireNonNull;

/**
 * The outcome of one check.
 *
 * @param level how bad it is
 * @param check what was looked at, such as {@code disk}
 * @param found what is there; no secret
 * @param remedy what to do; empty when it is well
 */
record Finding(Level level, String check, String found, String remedy) {
  enum Level {
    OK,
    WARNING,
    FAULT
  }

  Finding {
    requireNonNull(level);
    requireNonNull(check);
    requireNonNull(found);
    requireNonNull(remedy);
  }

  static Finding ok(String check, String found) {
    return new Finding(Level.OK, check, found, "");
  }

  static Finding warning(String check, String found, String remedy) {
    return new Finding(Level.WARNING, check, found, remedy);
  }

  static Finding fault(String check, String found, String remedy) {
    return new Finding(Level.FAULT, check, found, remedy);
  }
}
