package io.kydai.ingest.camera;

import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.ClockOffset;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A camera's metrics, {@code kydai.ingest.*}, tagged with its id. {@link #close} removes them from
 * the registry.
 */
public final class IngestMetrics implements PacketCounter, AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Counter reconnects;
  private final Counter lostPackets;
  private final Counter skippedBytes;
  private final Counter reorderedPackets;
  private final Counter latePackets;
  private final Counter duplicatePackets;
  private final Counter foreignPackets;
  private final Counter damagedUnits;
  private volatile long units;
  private volatile long bytes;
  private volatile double clockOffset = Double.NaN;
  private volatile CameraState state = CameraState.CONNECTING;

  /** Registers the metrics of one camera. */
  public IngestMetrics(MeterRegistry registry, CameraId camera) {
    this.registry = registry;
    counter(camera, "kydai.ingest.access.units", "Access units received", of -> of.units);
    counter(camera, "kydai.ingest.bytes", "Bytes of the access units received", of -> of.bytes);
    reconnects = counter(camera, "kydai.ingest.reconnects", "Connections opened again");
    lostPackets =
        counter(camera, "kydai.ingest.lost.packets", "RTP packets that did not arrive in time");
    skippedBytes =
        counter(
            camera,
            "kydai.ingest.skipped.bytes",
            "Bytes that were neither an RTSP message nor an interleaved frame");
    reorderedPackets =
        counter(
            camera,
            "kydai.ingest.reordered.packets",
            "RTP packets that arrived out of order and were reordered");
    latePackets =
        counter(
            camera,
            "kydai.ingest.late.packets",
            "RTP packets that arrived too late, after they were counted as lost");
    duplicatePackets =
        counter(camera, "kydai.ingest.duplicate.packets", "RTP packets that arrived a second time");
    foreignPackets =
        counter(
            camera,
            "kydai.ingest.foreign.packets",
            "RTP packets of another source (SSRC) than the stream's, which were dropped");
    damagedUnits =
        counter(
            camera,
            "kydai.ingest.damaged.access.units",
            "Access units from a loss up to the next complete key frame");
    meters.add(
        Gauge.builder(ClockOffset.METER, this, meters -> meters.clockOffset)
            .description(
                "The camera's clock minus this machine's clock, by the camera's sender reports")
            .baseUnit("seconds")
            .tag("camera", camera.value())
            .register(registry));
    for (CameraState one : CameraState.values()) {
      meters.add(
          Gauge.builder("kydai.ingest.state", this, meters -> meters.state == one ? 1 : 0)
              .description("1 for the state that the camera is in, 0 for the others")
              .tag("camera", camera.value())
              .tag("state", one.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** Registers a counter whose value is kept here: one that is incremented for each picture. */
  private void counter(
      CameraId camera, String name, String description, ToDoubleFunction<IngestMetrics> value) {
    meters.add(
        FunctionCounter.builder(name, this, value)
            .description(description)
            .tag("camera", camera.value())
            .register(registry));
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

  /** Counts an access unit; to be called on the camera's event loop only. */
  void unit(int size) {
    long unitsBefore = units;
    long bytesBefore = bytes;
    units = unitsBefore + 1;
    bytes = bytesBefore + size;
  }

  void reconnect() {
    reconnects.increment();
  }

  @Override
  public void lost(long packets) {
    lostPackets.increment(packets);
  }

  void skipped(int count) {
    skippedBytes.increment(count);
  }

  @Override
  public void reordered() {
    reorderedPackets.increment();
  }

  @Override
  public void late() {
    latePackets.increment();
  }

  @Override
  public void duplicate() {
    duplicatePackets.increment();
  }

  @Override
  public void foreign(long packets) {
    foreignPackets.increment(packets);
  }

  void damagedUnit() {
    damagedUnits.increment();
  }

  void clockOffset(Duration offset) {
    clockOffset = offset.toNanos() / 1e9;
  }

  void state(CameraState now) {
    state = now;
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
