package io.kydai.streaming;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where evidence goes and how much of it.
 *
 * @param evidence the folder of evidence; one folder per alert is made in it
 * @param preRoll of a clip, before the alert's start
 * @param postRoll of a clip, after the alert opened
 */
public record StreamingSettings(Path evidence, Duration preRoll, Duration postRoll) {
  /**
   * @throws IllegalArgumentException when a roll is negative
   */
  public StreamingSettings {
    requireNonNull(evidence);
    if (preRoll.isNegative() || postRoll.isNegative()) {
      throw new IllegalArgumentException("a clip's pre-roll and post-roll are not negative");
    }
  }
}
