package io.kydai.ingest.rtp;

import io.kydai.ingest.clock.SenderClock;
import io.kydai.ingest.rtcp.CompoundPacket;
import io.kydai.ingest.rtcp.SenderReport;
import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Receives the RTP packets of one audio or metadata track on one connection, passes them in order
 * to a {@link Depacketizer} and reports missing ones to it. Bytes that are not an RTP packet and
 * packets of another payload type are ignored.
 */
public final class TrackReceiver {
  private final int payloadType;
  private final LongSupplier arrivalClock;
  private final SourceSelection source;
  private final ReorderBuffer reorderBuffer;
  private final SenderClock senderClock;

  /**
   * Creates a receiver for one track.
   *
   * @param payloadType the payload type in the session description
   * @param clockRate the rate of the timestamps, in ticks per second
   * @param arrivalClock a monotonic clock in nanoseconds
   */
  public TrackReceiver(
      int payloadType, int clockRate, LongSupplier arrivalClock, Depacketizer depacketizer) {
    this.payloadType = payloadType;
    this.arrivalClock = arrivalClock;
    // Packets do not wait in it, so that it has nothing to release.
    senderClock = new SenderClock(clockRate);
    reorderBuffer =
        new ReorderBuffer(
            PacketCounter.NONE,
            new ReorderBuffer.Sink() {
              @Override
              public void onMissing(long packets) {
                depacketizer.lost();
              }

              @Override
              public void onPacket(RtpPacket packet) throws MediaException {
                depacketizer.accept(packet);
              }
            });
    source = new SourceSelection(PacketCounter.NONE, reorderBuffer);
  }

  /** Sets the source (SSRC) that the camera announced for this track. */
  public void announced(int ssrc) {
    source.announced(ssrc);
  }

  /**
   * Processes an RTP packet, which is borrowed until the call returns.
   *
   * @throws MediaException when the track cannot be processed any further
   */
  public void rtp(ByteBuf bytes) throws MediaException {
    Optional<RtpPacket> parsed = RtpPacket.parse(bytes);
    if (parsed.isPresent() && parsed.get().payloadType() == payloadType) {
      source.offer(parsed.get(), bytes, arrivalClock.getAsLong());
    }
  }

  /**
   * Processes a compound RTCP packet, of which the sender reports are used. The track's end (BYE)
   * is not that of the session.
   *
   * @param bytes borrowed until the call returns
   * @param now the wall-clock time
   */
  public void rtcp(ByteBuf bytes, Instant now) {
    long arrival = arrivalClock.getAsLong();
    CompoundPacket.read(
        bytes,
        new CompoundPacket.Listener() {
          @Override
          public void onSenderReport(SenderReport report) {
            if (!source.isOther(report.ssrc())) {
              senderClock.accept(report, arrival, now);
            }
          }

          @Override
          public void onGoodbye(int ssrc) {
            // The pictures go on.
          }
        });
  }

  /**
   * Returns the time of an RTP timestamp by the camera's clock, right or wrong; empty where sender
   * reports do not say it.
   */
  public Optional<Instant> cameraTime(long timestamp) {
    return senderClock.cameraTime(reorderBuffer.ssrc(), timestamp, arrivalClock.getAsLong());
  }
}
