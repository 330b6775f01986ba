package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which network to load and how to run it.
 *
 * @param name of the catalogue's entry: {@code light} (448x256), {@code default} (640x352) or
 *     {@code quality} (768x448); or the path of a network's description, which ends in {@code
 *     .yaml}
 * @param input another input size than the entry's, which the network may not be able to have; null
 *     for the entry's own
 * @param device what runs it
 * @param minScore detections below it are dropped, 0..1; trackers want low ones too
 * @param threads of one inference, 1 to 64; with 1 each worker's inference runs on the worker's own
 *     thread, with more the workers of one model share the others
 */
public record DetectorSettings(
    String name, @Nullable InputSize input, Device device, float minScore, int threads) {
  public DetectorSettings {
    requireNonNull(name);
    requireNonNull(device);
    if (!(minScore >= 0 && minScore <= 1)) {
      throw new IllegalArgumentException("minScore is 0 to 1, not " + minScore);
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads is 1 to 64, not " + threads);
    }
  }

  /** On the processors, at the entry's own input size. */
  public DetectorSettings(String name, float minScore, int threads) {
    this(name, null, Device.CPU, minScore, threads);
  }
}
