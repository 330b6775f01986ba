package io.kydai.ingest.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * Reads compound RTCP packets (RFC 3550, section 6.1): sender reports and goodbyes. Receiver
 * reports, source descriptions, application-defined packets and unknown types are ignored.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>packets in one compound packet</td><td>{@value #MAX_PACKETS}</td>
 *     <td>the rest is ignored</td></tr>
 * <tr><td>a packet that is incomplete or of another version</td><td></td>
 *     <td>it and the rest are ignored</td></tr>
 * <tr><td>sources in a goodbye</td><td>31, by the format</td><td></td></tr>
 * </table>
 */
public final class CompoundPacket {
  static final int MAX_PACKETS = 16;

  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int DESCRIPTION = 202;
  static final int GOODBYE = 203;
  static final int PAYLOAD_FEEDBACK = 206;

  private static final int SENDER_REPORT_SIZE = 28;

  private CompoundPacket() {}

  /** Receives the contents of a compound packet, in their order. */
  public interface Listener {
    /** Called for each sender report. */
    void onSenderReport(SenderReport report);

    /**
     * Called for each source that a goodbye names.
     *
     * @param ssrc the synchronisation source that ends
     */
    void onGoodbye(int ssrc);
  }

  /** Reads a compound packet, which is borrowed. Its reader index is not moved. */
  public static void read(ByteBuf compound, Listener listener) {
    int at = compound.readerIndex();
    int end = compound.writerIndex();
    for (int i = 0; i < MAX_PACKETS && end - at >= 4; i++) {
      int first = compound.getUnsignedByte(at);
      int size = 4 + 4 * compound.getUnsignedShort(at + 2);
      if (first >> 6 != 2 || size > end - at) {
        return;
      }
      int type = compound.getUnsignedByte(at + 1);
      if (type == SENDER_REPORT && size >= SENDER_REPORT_SIZE) {
        listener.onSenderReport(
            new SenderReport(
                compound.getInt(at + 4),
                compound.getLong(at + 8),
                compound.getUnsignedInt(at + 16)));
      } else if (type == GOODBYE) {
        int sources = Math.min(first & 0x1f, (size - 4) / 4);
        for (int source = 0; source < sources; source++) {
          listener.onGoodbye(compound.getInt(at + 4 + 4 * source));
        }
      }
      at += size;
    }
  }
}
