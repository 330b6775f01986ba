package io.kydai.ingest.rtcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the compound packets of a receiver: a receiver report and the canonical name (RFC 3550,
 * sections 6.4.2 and 6.5), followed by feedback when a key frame is requested. Each packet has
 * about 60 bytes plus the name and is owned by the caller.
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
   * Creates a writer for one receiver.
   *
   * @param ssrc the receiver's synchronisation source
   * @param name the receiver's canonical name (CNAME), which does not change with the SSRC; at most
   *     255 ASCII characters
   * @throws IllegalArgumentException when the name is longer
   */
  public ReceiverPackets(int ssrc, String name) {
    this.ssrc = ssrc;
    this.name = name.getBytes(US_ASCII);
    if (this.name.length > MAX_NAME) {
      throw new IllegalArgumentException("a name has at most " + MAX_NAME + " bytes");
    }
  }

  /**
   * Returns a receiver report.
   *
   * @param reception the report block; null when no packet has arrived yet, which gives a report
   *     without a block
   */
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
    // One chunk: SSRC, one item, and 1 to 4 zero bytes up to a multiple of four.
    int padding = 4 - (2 + name.length) % 4;
    header(out, 1, CompoundPacket.DESCRIPTION, (4 + 2 + name.length + padding) / 4);
    return out.writeByte(CANONICAL_NAME).writeByte(name.length).writeBytes(name).writeZero(padding);
  }

  /**
   * Returns a receiver report with a Picture Loss Indication (RFC 4585, section 6.3.1).
   *
   * @param reception as for {@link #report}
   * @param source the SSRC of the camera's video
   */
  public ByteBuf pictureLoss(@Nullable ReceptionReport reception, int source) {
    ByteBuf out = report(reception);
    return header(out, PICTURE_LOSS, CompoundPacket.PAYLOAD_FEEDBACK, 2).writeInt(source);
  }

  /**
   * Returns a receiver report with a Full Intra Request (RFC 5104, section 4.3.1), with a new
   * sequence number in each call.
   *
   * @param reception as for {@link #report}
   * @param source the SSRC of the camera's video
   */
  public ByteBuf fullIntraRequest(@Nullable ReceptionReport reception, int source) {
    ByteBuf out = report(reception);
    header(out, FULL_INTRA_REQUEST, CompoundPacket.PAYLOAD_FEEDBACK, 4).writeInt(0);
    return out.writeInt(source).writeByte(requests++).writeMedium(0);
  }

  /**
   * Writes a packet's header and the receiver's SSRC.
   *
   * @param words the number of 32-bit words after the first, the SSRC included
   */
  private ByteBuf header(ByteBuf out, int count, int type, int words) {
    return out.writeByte(2 << 6 | count).writeByte(type).writeShort(words).writeInt(ssrc);
  }
}
