package io.kydai.analytics.plates;

import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One camera's meters of plates, each with the tag {@code camera}; no plate is in them. They leave
 * the registry with the camera.
 *
 * <ul>
 *   <li>{@code kydai.analytics.plates.read}: crops of vehicles that were read, and how long each
 *       took
 *   <li>{@code kydai.analytics.plates.skipped}: crops that were wanted and not read, for want of
 *       time or memory
 *   <li>{@code kydai.analytics.plates.errors}: crops on which the networks failed
 * </ul>
 */
final class PlateMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final Timer read;
  final Counter skipped;
  final Counter errors;

  PlateMetrics(MeterRegistry registry, CameraId camera) {
    this.registry = registry;
    read =
        Timer.builder("kydai.analytics.plates.read")
            .description("Time of reading one crop of a vehicle")
            .tag("camera", camera.value())
            .register(registry);
    skipped =
        counter(
            camera, "skipped", "Crops that were wanted and not read, for want of time or memory");
    errors = counter(camera, "errors", "Crops on which the networks failed");
  }

  private Counter counter(CameraId camera, String name, String description) {
    return Counter.builder("kydai.analytics.plates." + name)
        .description(description)
        .tag("camera", camera.value())
        .register(registry);
  }

  void read(long nanos) {
    read.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    List.of(read, skipped, errors).forEach(registry::remove);
  }
}
