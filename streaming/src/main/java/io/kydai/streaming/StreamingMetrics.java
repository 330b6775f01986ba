package io.kydai.streaming;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceTally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * The metrics of one camera, {@code kydai.streaming.*} with the tag {@code camera}. Counters count
 * from 0 since the camera was added; closing removes them from the registry. Safe for many threads.
 */
final class StreamingMetrics implements EvidenceTally, AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final String camera;
  private final Counter unitsDropped;
  private final Counter observationsDropped;
  private final Counter fragmentsDropped;
  private final Counter evidenceBytes;
  private final Map<Outcome, Counter> clips = new EnumMap<>(Outcome.class);

  StreamingMetrics(MeterRegistry registry, CameraId camera) {
    this.registry = registry;
    this.camera = camera.value();
    unitsDropped =
        counter("units.dropped", "access units dropped because the camera's queue was full");
    observationsDropped =
        counter("observations.dropped", "observations dropped because the camera's queue was full");
    fragmentsDropped = counter("fragments.dropped", "fragments that slow viewers lost");
    evidenceBytes = counter("evidence.bytes", "bytes of evidence written");
    for (Outcome outcome : Outcome.values()) {
      clips.put(
          outcome,
          counter(
              "clips",
              "clips by what became of them",
              "outcome",
              outcome.name().toLowerCase(Locale.ROOT)));
    }
  }

  private Counter counter(String name, String description, String... tags) {
    Counter counter =
        Counter.builder("kydai.streaming." + name)
            .description(description)
            .tag("camera", camera)
            .tags(tags)
            .register(registry);
    meters.add(counter);
    return counter;
  }

  /** Registers the gauge of subscribers, which asks the supplier on any thread. */
  void viewers(IntSupplier viewers) {
    meters.add(
        Gauge.builder("kydai.streaming.viewers", viewers, IntSupplier::getAsInt)
            .description("viewers of the camera's live stream")
            .tag("camera", camera)
            .strongReference(true)
            .register(registry));
  }

  /** Registers the gauge of the second stream, which asks the supplier on any thread. */
  void secondStream(BooleanSupplier received) {
    meters.add(
        Gauge.builder("kydai.streaming.second.stream", received, of -> of.getAsBoolean() ? 1 : 0)
            .description("1 while the camera's second stream is received, which is on demand")
            .tag("camera", camera)
            .strongReference(true)
            .register(registry));
  }

  void unitDropped() {
    unitsDropped.increment();
  }

  void observationDropped() {
    observationsDropped.increment();
  }

  void fragmentsDropped(int count) {
    fragmentsDropped.increment(count);
  }

  @Override
  public void clip(Outcome outcome) {
    requireNonNull(clips.get(outcome)).increment();
  }

  @Override
  public void written(long bytes) {
    evidenceBytes.increment(bytes);
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
