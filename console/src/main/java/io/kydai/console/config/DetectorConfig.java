package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.analytics.pipeline.AnalyticsSettings;
import io.kydai.console.config.camera.AttentionKeys;
import io.kydai.console.config.camera.Purpose;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of object detection.
 *
 * @param network {@code light}, {@code default} or {@code quality}, or the absolute path of the
 *     description file of a user's own network, which ends in {@code .yaml}
 * @param input an input size that replaces the network's own; null for its own
 * @param device the CPU or graphics card that runs the network
 * @param precision the arithmetic of the built-in network
 * @param minScore the lowest score of a detection that is kept, 0 to 1; the tracker also uses
 *     detections of low score
 * @param workers the number of inference workers, 1 to 64, each with its own detector
 * @param threads the number of threads of one inference, 1 to 64
 * @param decodeThreads the number of threads that all cameras' decoders share, 1 to 64
 * @param minFps the rate to which a camera's analysis may be reduced in favour of other cameras, or
 *     because nothing on it is unsure, in frames per second, 0.1 to {@code maxFps}
 * @param maxFps the highest rate at which a camera's frames are analysed, in frames per second, 0.1
 *     to 60
 * @param idleFps the rate of analysis while nothing moves, in frames per second, 0.1 to 60;
 *     infinity for no reduction
 */
public record DetectorConfig(
    String network,
    @Nullable InputSize input,
    Device device,
    Precision precision,
    double minScore,
    int workers,
    int threads,
    int decodeThreads,
    double minFps,
    double maxFps,
    double idleFps) {

  private static final int MAX_THREADS = 64;
  private static final int MAX_TEXT = 2_000;

  /** The defaults of a server: half of the processors for inference, half for decoding. */
  public static final DetectorConfig DEFAULT = keys(Purpose.SERVER, Path.of("")).defaults();

  /** The defaults for files, which are analysed with the largest network. */
  public static final DetectorConfig FOR_FILES = keys(Purpose.ANALYSIS, Path.of("")).defaults();

  public DetectorConfig {
    requireNonNull(network);
    requireNonNull(device);
    requireNonNull(precision);
  }

  /**
   * Returns the declarations of the keys.
   *
   * @param folder the folder from which relative paths are resolved
   */
  static Shape<DetectorConfig> keys(Purpose purpose, Path folder) {
    boolean files = purpose == Purpose.ANALYSIS;
    int processors = Runtime.getRuntime().availableProcessors();
    int half = Math.min(MAX_THREADS, Math.max(1, processors / 2));
    ValueType<Integer> threads = ValueType.whole(1, MAX_THREADS);
    return Shape.of(
            DetectorConfig.class,
            key(
                    "setting",
                    ValueType.oneOf(List.of("light", "default", "quality")),
                    "the network's size")
                .into("network")
                .otherwise(files ? "quality" : "default")
                .shown("default; quality for `scripts/analyze`"),
            key(
                "network",
                ValueType.text(MAX_TEXT)
                    .as((text, at) -> description(text, at, folder), path -> path)
                    .saying("path that ends in `.yaml`"),
                "a network of your own in place of a setting: its description"
                    + " ([models.md](models.md#a-network-of-your-own)), relative to this file"),
            key(
                    "input",
                    ValueType.text(MAX_TEXT)
                        .as((text, at) -> at.made(() -> InputSize.parse(text)), InputSize::toString)
                        .saying("`<width>x<height>`"),
                    "another input size, such as `512x288`; the built-in network takes any"
                        + " multiples of 32 from 32 to 4096")
                .shown("the network's own"),
            key(
                    "device",
                    ValueType.text(MAX_TEXT)
                        .as(DetectorConfig::device, Device::toString)
                        .saying(
                            "`cpu`, `cuda` or `tensorrt`, with the card's number as in `cuda:1`"),
                    "what runs the network; cards need another build"
                        + " ([models.md](models.md#graphics-cards))")
                .otherwise(Device.CPU),
            key(
                    "precision",
                    ValueType.choice(Precision.class),
                    "the built-in network's arithmetic: `int8` on `cpu` only; `auto` is `int8` on"
                        + " `cpu` and `fp32` on a card ([models.md](models.md#precision))")
                .otherwise(DetectorSettings.DEFAULT_PRECISION),
            key(
                    "min-score",
                    ValueType.number(0, 1),
                    "detections below it are dropped; the tracker uses low scores too")
                .otherwise(0.1),
            key("workers", threads, "inference workers, each with its own detector")
                .otherwise(files ? 1 : half)
                .shown("half of the processors, at least 1; 1 for `scripts/analyze`"),
            key("threads", threads, "threads of one inference")
                .otherwise(files ? Math.min(4, processors) : 1)
                .shown("1; the processors, at most 4, for `scripts/analyze`"),
            key("decode-threads", threads, "threads that decode")
                .otherwise(half)
                .shown("half of the processors, at least 1"),
            key("max-fps", AttentionKeys.FPS, "a camera's frames are analysed at most this often")
                .unit("frames per second")
                .otherwise(10.0),
            key(
                    "min-fps",
                    DetectorConfig::minFps,
                    "the analysis of a camera with movement is not reduced below this rate, be it in"
                        + " favour of others or because the motion in its stream carries all that is"
                        + " seen; at most `max-fps`")
                .unit("frames per second")
                .otherwise(
                    before -> before.find("max-fps", Double.class).map(most -> Math.min(1, most)))
                .shown("1"),
            key(
                    "idle-fps",
                    AttentionKeys.IDLE_FPS,
                    "the rate of analysis while nothing moves. Below 1, rules take longer to notice"
                        + " what only the network detects")
                .otherwise(1.0))
        .check(DetectorConfig::checkTogether);
  }

  /** Adds a problem for each key that a user's own network, or a graphics card, excludes. */
  private static void checkTogether(Values values, Section section) {
    boolean own = section.get("network").isPresent();
    if (own && values.given("setting")) {
      section.place("network").wrong("either a setting or a network of your own, not both");
    }
    if (own && values.given("precision")) {
      section
          .place("precision")
          .wrong(
              "only the built-in network has a choice; a network of your own runs as its file is");
    }
    Device device = values.find("device", Device.class).orElse(Device.CPU);
    if (device.provider() != Device.Provider.CPU
        && values.find("precision", Precision.class).equals(Optional.of(Precision.INT8))) {
      section
          .place("precision")
          .wrong("int8 runs on cpu only; on " + device + " it is fp32, which auto takes there");
    }
  }

  private static ValueType<Double> minFps(Values before) {
    return ValueType.number(
        AttentionKeys.MIN_FPS, before.find("max-fps", Double.class).orElse(AttentionKeys.MAX_FPS));
  }

  private static Optional<String> description(String text, Value at, Path folder) {
    if (!text.endsWith(".yaml")) {
      return at.wrong("the description of a network, which ends in .yaml, is expected");
    }
    try {
      return Optional.of(folder.resolve(text).normalize().toAbsolutePath().toString());
    } catch (InvalidPathException e) {
      return at.wrong("a file is expected");
    }
  }

  private static Optional<Device> device(String text, Value at) {
    return Device.of(text)
        .or(
            () ->
                at.wrong("cpu, cuda or tensorrt is expected, with the card's number as in cuda:1"));
  }

  /** Returns the settings for loading the network. */
  public DetectorSettings detector() {
    return new DetectorSettings(network, input, device, precision, (float) minScore, threads);
  }

  /** Returns the settings of the analytics module. */
  public AnalyticsSettings analytics() {
    return new AnalyticsSettings(workers, decodeThreads, minFps, maxFps, idleFps);
  }
}
