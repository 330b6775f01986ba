package io.kydai.ingest.rtp;

import io.kydai.ingest.clock.SenderClock;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.CompoundPacket;
import io.kydai.ingest.rtcp.ReceptionReport;
import io.kydai.ingest.rtcp.SenderReport;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Receives the RTP and RTCP packets of the video track on one connection, follows one source of the
 * RTP packets ({@link SourceSelection}), passes its packets in order to a {@link Depacketizer}, and
 * counts missing ones. It holds references to packets that wait for missing ones, within the limits
 * of {@link ReorderBuffer}; {@link #close} releases them.
 */
public final class VideoReceiver implements AutoCloseable {
  private final int payloadType;
  private final LongSupplier arrivalClock;
  private final PacketCounter counter;
  private final ReceptionStatistics reception;
  private final SenderClock senderClock;
  private final ReorderBuffer reorderBuffer;
  private final SourceSelection source;
  private long received;
  private long lost;
  private boolean closed;

  /** Creates a receiver for timestamps of 90 kHz that uses the system clock and no counter. */
  public VideoReceiver(int payloadType, Depacketizer depacketizer) {
    this(
        payloadType,
        MediaTime.TICKS_PER_SECOND,
        System::nanoTime,
        PacketCounter.NONE,
        depacketizer);
  }

  /**
   * Creates a receiver for one connection.
   *
   * @param payloadType the payload type in the session description; other packets are ignored
   * @param clockRate the rate of the timestamps, in ticks per second
   * @param arrivalClock a monotonic clock in nanoseconds
   * @param counter counts lost, reordered, late, duplicate and foreign packets
   * @param depacketizer receives the packets in order
   */
  public VideoReceiver(
      int payloadType,
      int clockRate,
      LongSupplier arrivalClock,
      PacketCounter counter,
      Depacketizer depacketizer) {
    this.payloadType = payloadType;
    this.arrivalClock = arrivalClock;
    this.counter = counter;
    reception = new ReceptionStatistics(clockRate);
    senderClock = new SenderClock(clockRate);
    reorderBuffer =
        new ReorderBuffer(
            counter,
            new ReorderBuffer.Sink() {
              @Override
              public void onMissing(long packets) {
                lost += packets;
                depacketizer.lost();
              }

              @Override
              public void onPacket(RtpPacket packet) throws MediaException {
                received++;
                depacketizer.accept(packet);
              }
            });
    source = new SourceSelection(counter, reorderBuffer);
  }

  /** Sets the source (SSRC) that the camera announced for this track. */
  public void announced(int ssrc) {
    source.announced(ssrc);
  }

  /**
   * Makes packets wait for missing ones. To be called when the transport may change the order of
   * packets, as UDP does.
   */
  public void expectReordering() {
    reorderBuffer.expectReordering();
  }

  /**
   * Processes an RTP packet, which is borrowed until the call returns. Bytes that are not an RTP
   * packet are counted as a lost packet.
   *
   * @throws MediaException when the stream cannot be processed any further
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    if (closed) {
      return;
    }
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isEmpty()) {
      lost++;
      counter.lost(1);
      return;
    }
    if (parsed.get().payloadType() == payloadType) {
      long now = arrivalClock.getAsLong();
      source.offer(parsed.get(), bytes, now);
      if (parsed.get().ssrc() == reorderBuffer.ssrc()) {
        reception.count(parsed.get(), now);
      }
    }
  }

  /**
   * Returns the time of the arrival clock at which {@link #expire} is to be called when no packet
   * arrives before; empty when no packet waits.
   */
  public OptionalLong waitsUntil() {
    return reorderBuffer.waits()
        ? OptionalLong.of(reorderBuffer.oldest() + ReorderBuffer.MAX_WAIT)
        : OptionalLong.empty();
  }

  /**
   * Counts missing packets as lost that were waited for too long, and delivers those after them.
   *
   * @throws MediaException as for {@link #rtp}
   */
  public void expire() throws MediaException {
    reorderBuffer.expire(arrivalClock.getAsLong());
  }

  /**
   * Processes a compound RTCP packet, which is borrowed until the call returns.
   *
   * @param now the wall-clock time
   * @throws MediaException when the camera ends the stream (BYE)
   */
  public void rtcp(ByteBuf bytes, Instant now) throws MediaException {
    boolean[] ended = new boolean[1];
    long arrival = arrivalClock.getAsLong();
    CompoundPacket.read(
        bytes,
        new CompoundPacket.Listener() {
          @Override
          public void onSenderReport(SenderReport report) {
            if (!source.isOther(report.ssrc())) {
              senderClock.accept(report, arrival, now);
            }
            reception.onSenderReport(report, arrival);
          }

          @Override
          public void onGoodbye(int ssrc) {
            ended[0] |= reorderBuffer.started() && ssrc == reorderBuffer.ssrc();
          }
        });
    if (ended[0]) {
      throw new MediaException("ends the stream (RTCP BYE)");
    }
  }

  /**
   * Returns the time at which the picture of an RTP timestamp was taken, by the camera's sender
   * reports; empty when there are none or they are implausible.
   */
  public Optional<Instant> reported(long timestamp) {
    return senderClock.wallClock(reorderBuffer.ssrc(), timestamp, arrivalClock.getAsLong());
  }

  /** As {@link #reported}, also while the camera's clock is wrong. */
  public Optional<Instant> cameraTime(long timestamp) {
    return senderClock.cameraTime(reorderBuffer.ssrc(), timestamp, arrivalClock.getAsLong());
  }

  /**
   * Returns how far the camera's clock is ahead of this machine's clock; empty without usable
   * sender reports.
   */
  public Optional<Duration> clockOffset() {
    return senderClock.offset();
  }

  /** Returns the report block for the time since the last call; empty before the first packet. */
  Optional<ReceptionReport> reception() {
    return reception.started()
        ? Optional.of(reception.report(arrivalClock.getAsLong()))
        : Optional.empty();
  }

  /** Returns the SSRC of the current source. */
  int ssrc() {
    return reorderBuffer.ssrc();
  }

  /** Returns the number of video packets that were delivered so far. */
  public long received() {
    return received;
  }

  /** Returns the number of packets that were lost so far. */
  public long lost() {
    return lost;
  }

  /** Releases the waiting packets. Packets that arrive later are ignored. */
  @Override
  public void close() {
    closed = true;
    reorderBuffer.close();
  }
}
