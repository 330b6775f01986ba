package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.AnalyticsSettings;
import io.kydai.models.DetectorSettings;
import io.kydai.models.Device;
import io.kydai.models.InputSize;
import java.util.Optional;

/**
 * How pictures are looked at.
 *
 * @param network {@code light}, {@code default} or {@code quality}, or the absolute path of the
 *     description of a user's own, which ends in {@code .yaml}
 * @param input another input size than the network's own
 * @param device what runs it
 * @param minScore detections below it are dropped, 0 to 1; the tracker wants low ones too
 * @param workers inference workers, 1 to 64, each with a network of its own
 * @param threads of one inference, 1 to 64
 * @param decodeThreads that all cameras' decoders share, 1 to 64
 * @param minFps a camera is not put below this rate to make room for others, frames per second, 0.1
 *     to 60, at most {@code maxFps}
 * @param maxFps a camera's frames are analysed at most this often, frames per second, 0.1 to 60
 * @param idleFps this often while nothing moves, frames per second, 0.1 to 60; infinity: as often
 *     as ever
 */
public record DetectorConfig(
    String network,
    Optional<InputSize> input,
    Device device,
    double minScore,
    int workers,
    int threads,
    int decodeThreads,
    double minFps,
    double maxFps,
    double idleFps) {

  /** Half of the processors infer, half decode. */
  public static final DetectorConfig DEFAULT =
      new DetectorConfig(
          "default",
          Optional.empty(),
          Device.CPU,
          0.1,
          halfOfTheProcessors(),
          1,
          halfOfTheProcessors(),
          1.0,
          10.0,
          1.0);

  /** Files can wait: they are looked at as closely as it goes. */
  public static final DetectorConfig FOR_FILES =
      new DetectorConfig(
          "quality",
          Optional.empty(),
          Device.CPU,
          0.1,
          1,
          Math.min(4, Runtime.getRuntime().availableProcessors()),
          DEFAULT.decodeThreads(),
          DEFAULT.minFps(),
          DEFAULT.maxFps(),
          DEFAULT.idleFps());

  public DetectorConfig {
    requireNonNull(network);
    requireNonNull(input);
    requireNonNull(device);
  }

  private static int halfOfTheProcessors() {
    return Math.min(64, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /** What the models' room needs of it. */
  public DetectorSettings detector() {
    return new DetectorSettings(network, input, device, (float) minScore, threads);
  }

  /** What the analytics' room needs of it. */
  public AnalyticsSettings analytics() {
    return new AnalyticsSettings(workers, decodeThreads, minFps, maxFps, idleFps);
  }
}
