package io.kydai.ingest.rtp;

import io.kydai.ingest.clock.SenderClock;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.CompoundPacket;
import io.kydai.ingest.rtcp.ReceptionReport;
import io.kydai.ingest.rtcp.SenderReport;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * One connection's video: takes its RTP and RTCP packets, puts them in order and counts what is
 * missing. While packets wait for others it keeps references to them, which {@link #close} gives
 * back; {@link ReorderBuffer} has the limits.
 */
public final class VideoReceiver implements AutoCloseable {
  private final int payloadType;
  private final LongSupplier arrivalClock;
  private final PacketCounter meter;
  private final ReceptionStatistics reception;
  private final SenderClock senderClock;
  private final ReorderBuffer order;
  private long received;
  private long lost;
  private boolean closed;

  /** As the other constructor, for timestamps of 90 kHz, by the system's own clock. */
  public VideoReceiver(int payloadType, Depacketizer depacketizer) {
    this(
        payloadType,
        MediaTime.TICKS_PER_SECOND,
        System::nanoTime,
        PacketCounter.NONE,
        depacketizer);
  }

  /**
   * @param payloadType as the session description gives it; other packets are passed over
   * @param clockRate of the timestamps, in ticks per second
   * @param arrivalClock in nanoseconds, never backwards
   */
  public VideoReceiver(
      int payloadType,
      int clockRate,
      LongSupplier arrivalClock,
      PacketCounter meter,
      Depacketizer depacketizer) {
    this.payloadType = payloadType;
    this.arrivalClock = arrivalClock;
    this.meter = meter;
    reception = new ReceptionStatistics(clockRate);
    senderClock = new SenderClock(clockRate);
    order =
        new ReorderBuffer(
            meter,
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
  }

  /** The transport may change the packets' order, as UDP does: they wait for each other. */
  public void expectReordering() {
    order.expectReordering();
  }

  /**
   * Takes an RTP packet, borrowed. What is no RTP packet is counted as lost.
   *
   * @throws MediaException when the connection is not worth going on with
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    if (closed) {
      return;
    }
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isEmpty()) {
      lost++;
      meter.lost(1);
      return;
    }
    if (parsed.get().payloadType() == payloadType) {
      long now = arrivalClock.getAsLong();
      reception.count(parsed.get(), now);
      order.offer(parsed.get(), bytes, now);
    }
  }

  /** When {@link #expire} is to be called, by the arrival clock, unless packets come before. */
  public OptionalLong waitsUntil() {
    return order.waits()
        ? OptionalLong.of(order.oldest() + ReorderBuffer.MAX_WAIT)
        : OptionalLong.empty();
  }

  /**
   * Gives up packets that were waited for long enough.
   *
   * @throws MediaException as for {@link #rtp}
   */
  public void expire() throws MediaException {
    order.expire(arrivalClock.getAsLong());
  }

  /**
   * Takes a compound RTCP packet, borrowed.
   *
   * @param now on the wall
   * @throws MediaException when the camera says that the stream ends
   */
  public void rtcp(ByteBuf bytes, Instant now) throws MediaException {
    boolean[] ended = new boolean[1];
    long arrival = arrivalClock.getAsLong();
    CompoundPacket.read(
        bytes,
        new CompoundPacket.Listener() {
          @Override
          public void onSenderReport(SenderReport report) {
            senderClock.accept(report, arrival, now);
            reception.reported(report, arrival);
          }

          @Override
          public void onGoodbye(int ssrc) {
            ended[0] |= order.started() && ssrc == order.ssrc();
          }
        });
    if (ended[0]) {
      throw new MediaException("ends the stream (RTCP BYE)");
    }
  }

  /** When the picture of that timestamp was taken, if the camera's reports can be believed. */
  public Optional<Instant> reported(long timestamp) {
    return senderClock.wallClock(order.ssrc(), timestamp, arrivalClock.getAsLong());
  }

  /** How far the camera's clock is before ours; empty where it does not say. */
  public Optional<Duration> clockOffset() {
    return senderClock.offset();
  }

  /** How packets arrived since this was asked before; empty before the first one. */
  Optional<ReceptionReport> reception() {
    return reception.started()
        ? Optional.of(reception.report(arrivalClock.getAsLong()))
        : Optional.empty();
  }

  /** The source that is heard now. */
  int ssrc() {
    return order.ssrc();
  }

  /** Video packets taken so far. */
  public long received() {
    return received;
  }

  /** Packets missing so far. */
  public long lost() {
    return lost;
  }

  /** Gives back what waits; nothing is taken after. */
  @Override
  public void close() {
    closed = true;
    order.close();
  }
}
