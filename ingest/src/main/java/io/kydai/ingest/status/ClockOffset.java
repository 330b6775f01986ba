package io.kydai.ingest.status;

import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** How far a camera's clock is ahead of this machine's, by the camera's RTCP sender reports. */
public final class ClockOffset {
  /** The gauge's name; its tag {@code camera} is the camera's id. */
  public static final String METER = "kydai.ingest.clock.offset";

  private ClockOffset() {}

  /** Returns the offset in seconds; empty while a camera has sent no usable report. */
  public static Optional<Double> seconds(MeterRegistry metrics, CameraId camera) {
    return Optional.ofNullable(metrics.find(METER).tag("camera", camera.value()).gauge())
        .map(Gauge::value)
        .filter(Double::isFinite);
  }
}
