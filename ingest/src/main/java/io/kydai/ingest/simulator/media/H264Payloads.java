package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts H.264 NAL units into RTP payloads (RFC 6184, sections 5.6 to 5.8). */
public final class H264Payloads {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private H264Payloads() {}

  /**
   * Returns the payloads of one picture, in sending order.
   *
   * @throws IllegalArgumentException when a NAL unit does not fit into a payload and fragments are
   *     not allowed
   */
  public static List<byte[]> of(List<byte[]> nals, Packetization how) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < nals.size(); ) {
      int together = how.aggregates() ? together(nals, i, how.largest()) : 1;
      if (together > 1) {
        payloads.add(aggregate(nals.subList(i, i + together)));
      } else if (nals.get(i).length <= how.largest()) {
        payloads.add(nals.get(i));
      } else if (how.fragments()) {
        fragment(nals.get(i), how.largest(), payloads);
      } else {
        throw new IllegalArgumentException(
            "packetization mode 0 cannot send a NAL unit of "
                + nals.get(i).length
                + " bytes: a packet holds "
                + how.largest());
      }
      i += together;
    }
    return List.copyOf(payloads);
  }

  private static int together(List<byte[]> nals, int from, int largest) {
    int size = 1;
    int count = 0;
    while (from + count < nals.size() && size + 2 + nals.get(from + count).length <= largest) {
      size += 2 + nals.get(from + count).length;
      count++;
    }
    return Math.max(1, count);
  }

  /** Returns a STAP-A (section 5.7.1), with the highest NRI and any F bit of its NAL units. */
  private static byte[] aggregate(List<byte[]> nals) {
    ByteBuffer packet = ByteBuffer.allocate(1 + nals.stream().mapToInt(n -> 2 + n.length).sum());
    int importance = nals.stream().mapToInt(nal -> nal[0] & 0x60).max().orElse(0);
    int forbidden = nals.stream().mapToInt(nal -> nal[0] & 0x80).max().orElse(0);
    packet.put((byte) (forbidden | importance | STAP_A));
    nals.forEach(nal -> packet.putShort((short) nal.length).put(nal));
    return packet.array();
  }

  /** Adds the FU-A payloads of a NAL unit (section 5.8). */
  private static void fragment(byte[] nal, int largest, List<byte[]> payloads) {
    for (int at = 1; at < nal.length; ) {
      int length = Math.min(largest - 2, nal.length - at);
      boolean last = at + length == nal.length;
      int header = nal[0] & 0x1f | (at == 1 ? 0x80 : 0) | (last ? 0x40 : 0);
      payloads.add(
          ByteBuffer.allocate(2 + length)
              .put((byte) (nal[0] & 0xe0 | FU_A))
              .put((byte) header)
              .put(nal, at, length)
              .array());
      at += length;
    }
  }
}
