package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The choice of a network and of how it is run.
 *
 * @param name the name of a catalogue entry, {@code light} (448x256), {@code default} (640x352) or
 *     {@code quality} (768x448), or the path of a network's description file, which ends in {@code
 *     .yaml} or {@code .yml}
 * @param input an input size that replaces the entry's own, or null for the entry's own; loading
 *     fails when the network does not support the size
 * @param device the processor or graphics card that runs the network
 * @param precision the precision of a catalogue entry; a network with a description file has the
 *     precision of its file
 * @param minScore the lowest score of a detection that is reported, 0..1; trackers also use
 *     detections of low score
 * @param threads the number of threads of one inference, 1 to 64; with 1 an inference runs on the
 *     calling thread alone, with more the additional threads are shared by all detectors of the
 *     model
 */
public record DetectorSettings(
    String name,
    @Nullable InputSize input,
    Device device,
    Precision precision,
    float minScore,
    int threads) {
  /** The precision when none is configured. */
  public static final Precision DEFAULT_PRECISION = Precision.AUTO;

  public DetectorSettings {
    requireNonNull(name);
    requireNonNull(device);
    requireNonNull(precision);
    if (!(minScore >= 0 && minScore <= 1)) {
      throw new IllegalArgumentException("minScore is 0 to 1, not " + minScore);
    }
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads is 1 to 64, not " + threads);
    }
  }

  /** Creates settings with the default precision. */
  public DetectorSettings(
      String name, @Nullable InputSize input, Device device, float minScore, int threads) {
    this(name, input, device, DEFAULT_PRECISION, minScore, threads);
  }

  /** Creates settings for the CPU, the catalogue entry's own input size and default precision. */
  public DetectorSettings(String name, float minScore, int threads) {
    this(name, null, Device.CPU, minScore, threads);
  }
}
