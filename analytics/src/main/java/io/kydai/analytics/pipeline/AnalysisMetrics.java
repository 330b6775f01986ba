package io.kydai.analytics.pipeline;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One camera's meters, each with the tag {@code camera}; they leave the registry with the camera.
 *
 * <ul>
 *   <li>{@code kydai.analytics.frames.decoded}, {@code .analysed}
 *   <li>{@code kydai.analytics.skipped}, tag {@code reason}: pictures that were not analysed, by
 *       {@link SkipReason}
 *   <li>{@code kydai.analytics.fps}, {@code .fps.target}, {@code .weight}: as in {@link
 *       AnalysisStatus}
 *   <li>{@code kydai.analytics.contrast.gain}: the factor by which the contrast of the network's
 *       input is stretched; 1 unless the picture is hazy
 *   <li>{@code kydai.analytics.errors}, tag {@code kind}: {@code decode} or {@code analysis}
 *   <li>{@code kydai.analytics.latency}: from an access unit's arrival to its observation
 *   <li>{@code kydai.analytics.stage}, tag {@code stage}: time of each step
 * </ul>
 */
final class AnalysisMetrics implements StageTimes, AutoCloseable {
  private static final String ERRORS = "Pictures that could not be decoded or analysed";

  private final MeterRegistry registry;
  private final Tags camera;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final Map<SkipReason, Counter> skipped = new EnumMap<>(SkipReason.class);
  final Counter decoded;
  final Counter analysed;
  final Counter decodeErrors;
  final Counter analysisErrors;
  final Timer latency;

  AnalysisMetrics(MeterRegistry registry, CameraId id) {
    this.registry = registry;
    this.camera = Tags.of("camera", id.value());
    this.decoded = counter("frames.decoded", "Pictures decoded", Tags.empty());
    this.analysed = counter("frames.analysed", "Pictures analysed", Tags.empty());
    this.decodeErrors = counter("errors", ERRORS, Tags.of("kind", "decode"));
    this.analysisErrors = counter("errors", ERRORS, Tags.of("kind", "analysis"));
    this.latency =
        timer("latency", "Time from a picture's arrival to its observation", Tags.empty());
    for (SkipReason reason : SkipReason.values()) {
      skipped.put(
          reason,
          counter("skipped", "Pictures that were not analysed", Tags.of("reason", reason.label())));
    }
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          timer("stage", "Time of each step of the analysis", Tags.of("stage", stage.label())));
    }
  }

  private Counter counter(String name, String description, Tags tags) {
    Counter counter =
        Counter.builder("kydai.analytics." + name)
            .description(description)
            .tags(camera.and(tags))
            .register(registry);
    meters.add(counter);
    return counter;
  }

  private Timer timer(String name, String description, Tags tags) {
    Timer timer =
        Timer.builder("kydai.analytics." + name)
            .description(description)
            .tags(camera.and(tags))
            .register(registry);
    meters.add(timer);
    return timer;
  }

  /** A value that is asked for when somebody wants to know it. */
  void gauge(String name, String description, Supplier<Number> value) {
    meters.add(
        Gauge.builder("kydai.analytics." + name, value)
            .description(description)
            .tags(camera)
            .register(registry));
  }

  void skipped(SkipReason reason, int count) {
    requireNonNull(skipped.get(reason)).increment(count);
  }

  /** How many since the camera was added. */
  Map<SkipReason, Long> skipped() {
    Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
    skipped.forEach((reason, counter) -> counts.put(reason, (long) counter.count()));
    return counts;
  }

  @Override
  public void spent(Stage stage, long nanos) {
    requireNonNull(stages.get(stage)).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
