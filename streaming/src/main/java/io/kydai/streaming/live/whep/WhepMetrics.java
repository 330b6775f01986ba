package io.kydai.streaming.live.whep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What is counted of sessions. */
final class WhepMetrics {
  private static final double WHOLE = 256;
  private static final double BITS = 8;

  private final Counter bytes;
  private final Counter packets;
  private final Counter again;
  private final Counter dropped;
  private final Counter unsent;
  private final Counter keyFrames;
  private final DistributionSummary lost;
  private final DistributionSummary way;

  WhepMetrics(MeterRegistry registry, IntSupplier sessions) {
    // The reference is strong, because nothing else refers to the method reference.
    Gauge.builder("kydai.streaming.whep.sessions", sessions, IntSupplier::getAsInt)
        .description("Viewers of live video by WebRTC, connected or connecting")
        .strongReference(true)
        .register(registry);
    bytes =
        Counter.builder("kydai.streaming.whep.sent")
            .description("Bytes of RTP that were sent by WebRTC, those sent again included")
            .baseUnit("bytes")
            .register(registry);
    packets =
        counter(registry, "kydai.streaming.whep.packets", "Packets of RTP, without repeated ones");
    again =
        counter(
            registry,
            "kydai.streaming.whep.packets.repeated",
            "Packets that a browser had not got and that were sent again");
    unsent =
        counter(
            registry,
            "kydai.streaming.whep.packets.unsent",
            "Packets that the node's socket had no room for; browsers ask for them again");
    dropped =
        counter(
            registry,
            "kydai.streaming.whep.datagrams.dropped",
            "Datagrams that came in and belong to no session, or are not authentic");
    keyFrames =
        counter(
            registry,
            "kydai.streaming.whep.key.frames.wanted",
            "Requests of browsers for a key frame, after a loss that was not mended");
    lost =
        DistributionSummary.builder("kydai.streaming.whep.loss")
            .description("Share of packets that a browser reports as lost, 0 to 1, each report")
            .baseUnit("ratio")
            .register(registry);
    way =
        DistributionSummary.builder("kydai.streaming.whep.way")
            .description(
                "What the way to a browser is estimated to carry in a second, each of its messages"
                    + " about the arrival of packets")
            .baseUnit("bytes")
            .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  void sent(int size) {
    packets.increment();
    bytes.increment(size);
  }

  void sentAgain(int size) {
    again.increment();
    bytes.increment(size);
  }

  void unsent() {
    unsent.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void keyFrameWanted() {
    keyFrames.increment();
  }

  void estimated(long bitsPerSecond) {
    way.record(bitsPerSecond / BITS);
  }

  /**
   * @param fraction 1/256
   */
  void lost(int fraction) {
    lost.record(fraction / WHOLE);
  }
}
