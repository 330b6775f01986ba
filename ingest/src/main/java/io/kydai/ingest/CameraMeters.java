package io.kydai.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A camera's metrics, {@code kydai.ingest.*}, tagged with its id. Closing removes them. */
final class CameraMeters implements AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Counter units;
  private final Counter bytes;
  private final Counter reconnects;
  private final Counter lostPackets;
  private final Counter skippedBytes;
  private volatile CameraState state = CameraState.CONNECTING;

  CameraMeters(MeterRegistry registry, CameraId camera) {
    this.registry = registry;
    units = counter(camera, "kydai.ingest.access.units", "Access units received");
    bytes = counter(camera, "kydai.ingest.bytes", "Bytes of the access units received");
    reconnects = counter(camera, "kydai.ingest.reconnects", "Connections opened again");
    lostPackets = counter(camera, "kydai.ingest.lost.packets", "RTP packets that did not arrive");
    skippedBytes =
        counter(camera, "kydai.ingest.skipped.bytes", "Bytes that were no message and no frame");
    for (CameraState one : CameraState.values()) {
      meters.add(
          Gauge.builder("kydai.ingest.state", this, meters -> meters.state == one ? 1 : 0)
              .description("1 for the state that the camera is in, 0 for the others")
              .tag("camera", camera.value())
              .tag("state", one.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  private Counter counter(CameraId camera, String name, String description) {
    Counter counter =
        Counter.builder(name)
            .description(description)
            .tag("camera", camera.value())
            .register(registry);
    meters.add(counter);
    return counter;
  }

  void unit(int size) {
    units.increment();
    bytes.increment(size);
  }

  void reconnect() {
    reconnects.increment();
  }

  void lost(long packets) {
    lostPackets.increment(packets);
  }

  void skipped(int count) {
    skippedBytes.increment(count);
  }

  void state(CameraState now) {
    state = now;
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
