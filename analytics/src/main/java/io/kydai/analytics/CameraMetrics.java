package io.kydai.analytics;

import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.ingest.CameraId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One camera's meters, each with the tag {@code camera}; they leave the registry with the camera.
 *
 * <ul>
 *   <li>{@code kydai.analytics.units.dropped}: access units not decoded, for want of time
 *   <li>{@code kydai.analytics.frames.decoded}, {@code .analysed}, {@code .skipped}
 *   <li>{@code kydai.analytics.errors}, tag {@code kind}: {@code decode} or {@code analysis}
 *   <li>{@code kydai.analytics.latency}: from an access unit's arrival to its observation
 *   <li>{@code kydai.analytics.stage}, tag {@code stage}: time of each step
 * </ul>
 */
final class CameraMetrics implements StageTimes, AutoCloseable {
  private final MeterRegistry registry;
  private final Tags camera;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  final Counter unitsDropped;
  final Counter decoded;
  final Counter analysed;
  final Counter skipped;
  final Counter decodeErrors;
  final Counter analysisErrors;
  final Timer latency;

  CameraMetrics(MeterRegistry registry, CameraId id) {
    this.registry = registry;
    this.camera = Tags.of("camera", id.value());
    this.unitsDropped = counter("units.dropped", Tags.empty());
    this.decoded = counter("frames.decoded", Tags.empty());
    this.analysed = counter("frames.analysed", Tags.empty());
    this.skipped = counter("frames.skipped", Tags.empty());
    this.decodeErrors = counter("errors", Tags.of("kind", "decode"));
    this.analysisErrors = counter("errors", Tags.of("kind", "analysis"));
    this.latency = timer("latency", Tags.empty());
    for (Stage stage : Stage.values()) {
      stages.put(stage, timer("stage", Tags.of("stage", stage.label())));
    }
  }

  private Counter counter(String name, Tags tags) {
    Counter counter = registry.counter("kydai.analytics." + name, camera.and(tags));
    meters.add(counter);
    return counter;
  }

  private Timer timer(String name, Tags tags) {
    Timer timer = registry.timer("kydai.analytics." + name, camera.and(tags));
    meters.add(timer);
    return timer;
  }

  @Override
  public void spent(Stage stage, long nanos) {
    stages.get(stage).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
