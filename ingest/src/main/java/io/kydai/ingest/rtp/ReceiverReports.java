package io.kydai.ingest.rtp;

import io.kydai.ingest.rtcp.KeyFrameFeedback;
import io.kydai.ingest.rtcp.ReceiverPackets;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Sends the RTCP packets of one connection to its camera. Receiver reports are sent every 2.5 s to
 * 7.5 s, at random so that the reports to many cameras are spread out (RFC 3550, section 6.3.1, for
 * two members). Requests for a key frame are sent at once, but at most one in 2 s.
 *
 * <p>Some cameras end a session when they receive no reports.
 */
public final class ReceiverReports implements AutoCloseable {
  /** The mean interval between reports in nanoseconds. */
  static final long INTERVAL = 5_000_000_000L;

  /** The shortest interval between key frame requests in nanoseconds. */
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
   * Starts to send reports, until {@link #close}.
   *
   * @param receiver the video track that the reports are about
   * @param feedback the key frame request that the camera supports
   * @param loop the camera's event loop, on which all methods are called
   * @param name the canonical name (CNAME) of this receiver, the same for every camera (RFC 3550,
   *     section 6.5.1)
   * @param sink receives the packets
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
    // The first report is sent after half the interval.
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

  /**
   * Requests a key frame. Does nothing when the camera does not support it, when no packet has
   * arrived yet, or within 2 s of the last request.
   */
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
