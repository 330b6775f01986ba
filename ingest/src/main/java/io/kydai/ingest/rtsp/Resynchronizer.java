package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Finds where a connection's bytes make sense again, after some that are neither a message nor a
 * frame: as when a camera sent less of a packet than it announced.
 */
final class Resynchronizer {
  private static final byte[] ANSWER = "RTSP/1.".getBytes(StandardCharsets.US_ASCII);

  /** A frame's head and the first byte of its packet. */
  private static final int FRAME_START = 5;

  /** The shortest packet is a receiver report without a block (RFC 3550, section 6.4.2). */
  private static final int MIN_PACKET = 8;

  private Resynchronizer() {}

  /**
   * The first place where an answer begins, or a frame with an RTP or RTCP packet; or where one may
   * begin of which not enough has come. The end when there is none.
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

  /** Whether enough has come to be sure of the place that was found. */
  static boolean isCertain(ByteBuf in, int at) {
    int needed = in.getByte(at) == '$' ? FRAME_START : ANSWER.length;
    return in.writerIndex() - at >= needed;
  }

  private static boolean isFrame(ByteBuf in, int at, IntPredicate channels) {
    int there = in.writerIndex() - at;
    return (there < 2 || channels.test(in.getUnsignedByte(at + 1)))
        && (there < 4 || in.getUnsignedShort(at + 2) >= MIN_PACKET)
        && (there < FRAME_START || in.getUnsignedByte(at + 4) >> 6 == 2);
  }

  private static boolean isAnswer(ByteBuf in, int at) {
    int there = Math.min(ANSWER.length, in.writerIndex() - at);
    for (int i = 0; i < there; i++) {
      if (in.getByte(at + i) != ANSWER[i]) {
        return false;
      }
    }
    return true;
  }
}
