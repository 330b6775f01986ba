package io.kydai.streaming.evidence;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where evidence is written, and how long clips are.
 *
 * @param folder of all evidence; one folder per day is made in it, and one per alert in that
 * @param preRoll of a clip, before the alert's start; 0 or more
 * @param postRoll of a clip, after the alert opened; 0 or more
 */
public record EvidenceSettings(Path folder, Duration preRoll, Duration postRoll) {
  /**
   * @throws IllegalArgumentException when a roll is negative
   */
  public EvidenceSettings {
    requireNonNull(folder);
    if (preRoll.isNegative() || postRoll.isNegative()) {
      throw new IllegalArgumentException("a clip's pre-roll and post-roll are not negative");
    }
  }
}
