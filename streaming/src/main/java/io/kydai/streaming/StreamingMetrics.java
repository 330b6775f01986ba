package io.kydai.streaming;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceTally;
import io.kydai.streaming.privacy.TranscodePlaces;
import io.kydai.streaming.privacy.TranscodedStream;
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
import org.jspecify.annotations.Nullable;

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

  /** Registers the gauge of the masked stream, which asks the supplier on any thread. */
  void maskedStream(BooleanSupplier encoded) {
    encodedAnew(
        "masked.stream",
        "1 while the camera's pictures are encoded anew with masks and blur, on demand",
        encoded);
  }

  /** Registers the gauge of the transcoded stream, which asks the supplier on any thread. */
  void transcodedStream(BooleanSupplier encoded) {
    encodedAnew(
        "transcoded.stream",
        "1 while the camera's pictures are encoded anew for browsers that cannot play its codec",
        encoded);
  }

  private void encodedAnew(String name, String description, BooleanSupplier encoded) {
    meters.add(
        Gauge.builder("kydai.streaming." + name, encoded, of -> of.getAsBoolean() ? 1 : 0)
            .description(description)
            .tag("camera", camera)
            .strongReference(true)
            .register(registry));
  }

  /** Counts for the masked stream. */
  TranscodedStream.Meters masked() {
    Counter whole =
        counter(
            "masked.blurred.whole",
            "pictures of the masked stream that were blurred as a whole, as no observation was near");
    return new TranscodeMeters(
        whole,
        counter("masked.units.dropped", "access units that the masked stream did not keep up with"),
        counter(
            "masked.failures",
            "times that the encoding of the masked stream failed and its viewers were told the end"));
  }

  /** Counts for the stream of browsers that cannot play the camera's codec; none is blurred. */
  TranscodedStream.Meters transcoded() {
    return new TranscodeMeters(
        null,
        counter(
            "transcoded.units.dropped",
            "access units that the transcoded stream did not keep up with"),
        counter(
            "transcoded.failures",
            "times that the transcoding failed and its viewers were told the end"));
  }

  private final class TranscodeMeters implements TranscodedStream.Meters {
    private final @Nullable Counter whole;
    private final Counter dropped;
    private final Counter failures;

    TranscodeMeters(@Nullable Counter whole, Counter dropped, Counter failures) {
      this.whole = whole;
      this.dropped = dropped;
      this.failures = failures;
    }

    @Override
    public void blurredWhole() {
      if (whole != null) {
        whole.increment();
      }
    }

    @Override
    public void leftOut() {
      dropped.increment();
    }

    @Override
    public void failed() {
      failures.increment();
    }

    @Override
    public void fragmentsDropped(int count) {
      StreamingMetrics.this.fragmentsDropped(count);
    }
  }

  /** Registers the gauges of how many cameras are encoded anew, and may be. */
  static void transcodes(MeterRegistry registry, TranscodePlaces places) {
    Gauge.builder("kydai.streaming.transcodes", places, TranscodePlaces::taken)
        .description(
            "streams that are encoded anew, with masks and blur or for browsers that cannot play the"
                + " camera's codec")
        .strongReference(true)
        .register(registry);
    Gauge.builder("kydai.streaming.transcodes.max", places, TranscodePlaces::most)
        .description("how many streams may be encoded anew at a time")
        .strongReference(true)
        .register(registry);
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
