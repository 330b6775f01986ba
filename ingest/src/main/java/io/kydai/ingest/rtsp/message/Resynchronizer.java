package io.kydai.ingest.rtsp.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Finds the next message or interleaved frame in a connection's bytes after bytes that are neither,
 * for example when a camera sent fewer bytes of a packet than it announced.
 */
final class Resynchronizer {
  private static final byte[] ANSWER = "RTSP/1.".getBytes(StandardCharsets.US_ASCII);

  /** The length of a frame's header and the first byte of its packet. */
  private static final int FRAME_START = 5;

  /**
   * The length in bytes of the shortest packet, a receiver report without a report block (RFC 3550,
   * section 6.4.2).
   */
  private static final int MIN_PACKET = 8;

  private Resynchronizer() {}

  /**
   * Returns the index in the buffer of the first response or frame with an RTP or RTCP packet, or
   * of the first bytes that may begin one but are too few to decide ({@link #isCertain}). Returns
   * the writer index when there is none.
   *
   * @param channels returns whether a channel number is one of the session's
   */
  static int next(ByteBuf in, IntPredicate channels) {
    for (int at = in.readerIndex(); at < in.writerIndex(); at++) {
      byte b = in.getByte(at);
      if (b == '$' && isFrame(in, at, channels) || b == 'R' && isAnswer(in, at)) {
        return at;
      }
    }
    return in.writerIndex();
  }

  /**
   * Returns whether enough bytes have arrived to be sure of the index that {@link #next} returned.
   */
  static boolean isCertain(ByteBuf in, int at) {
    int needed = in.getByte(at) == '$' ? FRAME_START : ANSWER.length;
    return in.writerIndex() - at >= needed;
  }

  private static boolean isFrame(ByteBuf in, int at, IntPredicate channels) {
    int available = in.writerIndex() - at;
    return (available < 2 || channels.test(in.getUnsignedByte(at + 1)))
        && (available < 4 || in.getUnsignedShort(at + 2) >= MIN_PACKET)
        && (available < FRAME_START || in.getUnsignedByte(at + 4) >> 6 == 2);
  }

  private static boolean isAnswer(ByteBuf in, int at) {
    int available = Math.min(ANSWER.length, in.writerIndex() - at);
    for (int i = 0; i < available; i++) {
      if (in.getByte(at + i) != ANSWER[i]) {
        return false;
      }
    }
    return true;
  }
}
