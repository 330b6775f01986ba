package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.transport.RtpTransport;
import io.netty.buffer.ByteBuf;

/**
 * Passes the RTP and RTCP packets of a session to its observer, from when all tracks are set up
 * until the session ends. Packets that arrive earlier or later, and packets of a track that was
 * left out, are ignored. All methods are called on the session's event loop.
 */
final class SessionPackets implements RtpTransport.Receiver {
  /** The RTCP packet types from sender report to application-defined (RFC 3550, section 12.1). */
  private static final int SENDER_REPORT = 200;

  private static final int APPLICATION_DEFINED = 204;

  private final RtspObserver observer;

  /** The number of tracks; 0 before the beginning and after the end. */
  private int tracks;

  SessionPackets(RtspObserver observer) {
    this.observer = observer;
  }

  /** Begins to pass on the packets of the tracks 0 to {@code count - 1}. */
  void begin(int count) {
    tracks = count;
  }

  /** Returns whether packets of a track are passed on. */
  boolean accepts(int track) {
    return track < tracks;
  }

  /** Ignores all packets from now on. */
  void end() {
    tracks = 0;
  }

  @Override
  public void packet(int track, boolean control, ByteBuf packet) {
    if (!accepts(track)) {
      return;
    }
    if (control || isReport(packet)) {
      observer.onRtcp(track, packet);
    } else {
      observer.onRtp(track, packet);
    }
  }

  /**
   * Returns whether a packet on the RTP channel or port is an RTCP packet, which some cameras send
   * there. The two are told apart by the RTCP packet type, as in RFC 5761, section 4.
   */
  private static boolean isReport(ByteBuf packet) {
    if (packet.readableBytes() < 8) {
      return false;
    }
    int type = packet.getUnsignedByte(packet.readerIndex() + 1);
    return type >= SENDER_REPORT && type <= APPLICATION_DEFINED;
  }
}
