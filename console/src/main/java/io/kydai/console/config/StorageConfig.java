package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where things are kept.
 *
 * @param directory of the database and the evidence; empty where the command line decides
 * @param preRoll of a clip, before the alert's start, 0 to 60 s
 * @param postRoll of a clip, after the alert opened, 0 to 60 s
 */
public record StorageConfig(Optional<Path> directory, Duration preRoll, Duration postRoll) {
  public static final StorageConfig DEFAULT =
      new StorageConfig(Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(5));

  public StorageConfig {
    requireNonNull(directory);
    requireNonNull(preRoll);
    requireNonNull(postRoll);
  }
}
