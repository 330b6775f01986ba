package io.kydai.ingest.rtp;

import io.kydai.ingest.rtcp.KeyFrameFeedback;
import io.kydai.ingest.rtcp.ReceiverPackets;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What one connection tells its camera: how it receives, every 5 s, give or take a half so that a
 * thousand cameras' reports do not come together (RFC 3550, section 6.3.1, for two members); and
 * that it wants a key frame, at once but not within two seconds of the time before.
 *
 * <p>Some cameras end a session from which they hear no reports.
 */
public final class ReceiverReports implements AutoCloseable {
  static final long INTERVAL = 5_000_000_000L;
  static final long REQUEST_INTERVAL = 2_000_000_000L;

  private final VideoReceiver receiver;
  private final KeyFrameFeedback feedback;
  private final EventExecutor loop;
  private final RtcpSink sink;
  private final ReceiverPackets packets;
  private final RandomGenerator random;
  private Future<?> next;
  private boolean requested;
  private long requestedAt;

  /**
   * @param loop on which everything here happens
   * @param name ours, the same for every camera (RFC 3550, section 6.5.1)
   */
  public ReceiverReports(
      VideoReceiver receiver,
      KeyFrameFeedback feedback,
      EventExecutor loop,
      String name,
      RtcpSink sink) {
    this.receiver = receiver;
    this.feedback = feedback;
    this.loop = loop;
    this.sink = sink;
    random = ThreadLocalRandom.current();
    packets = new ReceiverPackets(random.nextInt(), name);
    // The first one comes after half the time.
    next = schedule(INTERVAL / 2);
  }

  private Future<?> schedule(long mean) {
    long wait = mean / 2 + random.nextLong(mean);
    return loop.schedule(this::report, wait, TimeUnit.NANOSECONDS);
  }

  private void report() {
    sink.send(packets.report(receiver.reception().orElse(null)));
    next = schedule(INTERVAL);
  }

  /** Asks for a key frame, unless it has just done so or the camera does not offer it. */
  public void requestKeyFrame() {
    long now = loop.ticker().nanoTime();
    if (feedback == KeyFrameFeedback.NONE
        || receiver.received() == 0
        || requested && now - requestedAt < REQUEST_INTERVAL) {
      return;
    }
    requested = true;
    requestedAt = now;
    sink.send(
        feedback == KeyFrameFeedback.PICTURE_LOSS
            ? packets.pictureLoss(receiver.reception().orElse(null), receiver.ssrc())
            : packets.fullIntraRequest(receiver.reception().orElse(null), receiver.ssrc()));
  }

  @Override
  public void close() {
    next.cancel(false);
  }
}
