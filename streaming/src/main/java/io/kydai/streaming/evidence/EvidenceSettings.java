package io.kydai.streaming.evidence;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where evidence is written, and how long clips are.
 *
 * @param folder of all evidence; one folder per day is made in it, and one per alert in that
 * @param preRoll of a clip, before the alert's start; 0 or more
 * @param postRoll of a clip, after the alert opened; 0 or more
 * @param cameraRoots the root certificates by which signatures in cameras' video are trusted
 */
public record EvidenceSettings(
    Path folder, Duration preRoll, Duration postRoll, Collection<X509Certificate> cameraRoots) {
  /**
   * @throws IllegalArgumentException when a roll is negative
   */
  public EvidenceSettings {
    requireNonNull(folder);
    cameraRoots = List.copyOf(cameraRoots);
    if (preRoll.isNegative() || postRoll.isNegative()) {
      throw new IllegalArgumentException("a clip's pre-roll and post-roll are not negative");
    }
  }

  /** Settings by which no signer of video is trusted. */
  public EvidenceSettings(Path folder, Duration preRoll, Duration postRoll) {
    this(folder, preRoll, postRoll, List.of());
  }
}
