package io.kydai.ingest.rtcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes our compound packets: a receiver report and our name (RFC 3550, sections 6.4.2 and 6.5)
 * and, where a key frame is wanted, feedback behind them. Each is some 60 bytes, and the caller's.
 */
public final class ReceiverPackets {
  private static final int CANONICAL_NAME = 1;
  private static final int PICTURE_LOSS = 1;
  private static final int FULL_INTRA_REQUEST = 4;
  private static final int MAX_NAME = 255;

  private final int ssrc;
  private final byte[] name;
  private int requests;

  /**
   * @param ssrc ours
   * @param name canonical, which does not change with the SSRC; at most 255 characters of ASCII
   */
  public ReceiverPackets(int ssrc, String name) {
    this.ssrc = ssrc;
    this.name = name.getBytes(US_ASCII);
    if (this.name.length > MAX_NAME) {
      throw new IllegalArgumentException("a name has at most " + MAX_NAME + " bytes");
    }
  }

  /** A report on a source; without a reception report, because nothing came yet, on none. */
  public ByteBuf report(@Nullable ReceptionReport reception) {
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer(96);
    int blocks = reception == null ? 0 : 1;
    header(out, blocks, CompoundPacket.RECEIVER_REPORT, 1 + 6 * blocks);
    if (reception != null) {
      out.writeInt(reception.ssrc()).writeByte(reception.fractionLost());
      out.writeMedium(reception.lostInReport()).writeInt((int) reception.highestSequence());
      out.writeInt((int) reception.jitter()).writeInt((int) reception.lastReport());
      out.writeInt((int) reception.sinceLastReport());
    }
    // One chunk: SSRC, one item, at least one zero byte, all to a multiple of four.
    int padding = 4 - (2 + name.length) % 4;
    header(out, 1, CompoundPacket.DESCRIPTION, (4 + 2 + name.length + padding) / 4);
    return out.writeByte(CANONICAL_NAME).writeByte(name.length).writeBytes(name).writeZero(padding);
  }

  /** The same with a Picture Loss Indication (RFC 4585, section 6.3.1). */
  public ByteBuf pictureLoss(@Nullable ReceptionReport reception, int source) {
    ByteBuf out = report(reception);
    return header(out, PICTURE_LOSS, CompoundPacket.PAYLOAD_FEEDBACK, 2).writeInt(source);
  }

  /** The same with a Full Intra Request (RFC 5104, section 4.3.1), a new one each time. */
  public ByteBuf fullIntraRequest(@Nullable ReceptionReport reception, int source) {
    ByteBuf out = report(reception);
    header(out, FULL_INTRA_REQUEST, CompoundPacket.PAYLOAD_FEEDBACK, 4).writeInt(0);
    return out.writeInt(source).writeByte(requests++).writeMedium(0);
  }

  /**
   * @param words behind the first four bytes, our SSRC being the first
   */
  private ByteBuf header(ByteBuf out, int count, int type, int words) {
    return out.writeByte(2 << 6 | count).writeByte(type).writeShort(words).writeInt(ssrc);
  }
}
