package io.kydai.streaming.recording;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.RecordedStream;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics of recording. Safe for many threads. */
final class RecordingMetrics {
  private final MeterRegistry registry;

  RecordingMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers a stream's metrics, which closing removes. */
  Stream stream(RecordedStream stream) {
    return new Stream(registry, stream);
  }

  /** One stream's counters. */
  static final class Stream implements AutoCloseable {
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final RecordedStream stream;
    private final Counter bytes;
    private final Counter refused;
    private final Counter failures;
    private final Map<Gap.Reason, Counter> gaps = new EnumMap<>(Gap.Reason.class);

    private Stream(MeterRegistry registry, RecordedStream stream) {
      this.registry = registry;
      this.stream = stream;
      bytes = counter("bytes", "bytes of pictures handed to the recordings' disk");
      refused =
          counter("refused.bytes", "bytes of pictures not recorded because the disk was slow");
      failures = counter("failures", "times that the disk refused to write a recording");
      for (Gap.Reason reason : Gap.Reason.values()) {
        gaps.put(
            reason,
            counter(
                "gaps",
                "gaps in a camera's recording by their reason",
                "reason",
                reason.name().toLowerCase(Locale.ROOT)));
      }
    }

    private Counter counter(String name, String description, String... tags) {
      Counter counter =
          Counter.builder("kydai.recording." + name)
              .description(description)
              .tag("camera", stream.camera().value())
              .tag("stream", stream.role().name().toLowerCase(Locale.ROOT))
              .tags(tags)
              .register(registry);
      meters.add(counter);
      return counter;
    }

    void recorded(long count) {
      bytes.increment(count);
    }

    void refused(long count) {
      refused.increment(count);
    }

    void failed() {
      failures.increment();
    }

    void gap(Gap.Reason reason) {
      requireNonNull(gaps.get(reason)).increment();
    }

    @Override
    public void close() {
      meters.forEach(registry::remove);
    }
  }
}
