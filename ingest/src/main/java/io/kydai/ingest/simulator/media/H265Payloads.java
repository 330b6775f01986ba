package io.kydai.ingest.simulator.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts H.265 NAL units into RTP payloads (RFC 7798, section 4.4). Decoding order numbers are
 * counted from 0 over all pictures.
 */
public final class H265Payloads {
  private static final int AP = 48;
  private static final int FU = 49;
  private static final int PACI = 50;

  /** The length of the header of NAL units and payloads: type, layer id and temporal id. */
  private static final int HEADER = 2;

  private final Packetization how;
  private final int donl;
  private final int largest;
  private int number;

  /** Creates the packetisation of one clip. */
  public H265Payloads(Packetization how) {
    this.how = how;
    this.donl = how.decodingOrderNumbers() ? 2 : 0;
    this.largest = how.largest() - (how.paci() ? 5 : 0);
  }

  /** Returns the payloads of one picture, in sending order. */
  public List<byte[]> of(List<byte[]> nals) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < nals.size(); ) {
      int together = how.aggregates() ? together(nals, i) : 1;
      if (together > 1) {
        payloads.add(aggregate(nals.subList(i, i + together)));
      } else if (nals.get(i).length + donl <= largest) {
        payloads.add(single(nals.get(i)));
      } else {
        fragment(nals.get(i), payloads);
      }
      i += together;
      number += together;
    }
    return how.paci() ? payloads.stream().map(H265Payloads::wrapped).toList() : payloads;
  }

  private byte[] single(byte[] nal) {
    ByteBuffer packet = ByteBuffer.allocate(nal.length + donl).put(nal, 0, HEADER);
    if (donl > 0) {
      packet.putShort((short) number);
    }
    return packet.put(nal, HEADER, nal.length - HEADER).array();
  }

  private int together(List<byte[]> nals, int from) {
    int size = HEADER + donl;
    int count = 0;
    while (from + count < nals.size()) {
      size += 2 + nals.get(from + count).length + (donl > 0 && count > 0 ? 1 : 0);
      if (size > largest) {
        break;
      }
      count++;
    }
    return Math.max(1, count);
  }

  /**
   * Returns an aggregation packet (section 4.4.2), with the lowest layer and temporal id of its NAL
   * units.
   */
  private byte[] aggregate(List<byte[]> nals) {
    int size = HEADER + donl + nals.stream().mapToInt(nal -> 2 + nal.length).sum();
    ByteBuffer packet = ByteBuffer.allocate(size + (donl > 0 ? nals.size() - 1 : 0));
    int temporal = nals.stream().mapToInt(nal -> nal[1] & 7).min().orElse(1);
    packet.put((byte) (AP << 1)).put((byte) temporal);
    for (int i = 0; i < nals.size(); i++) {
      if (donl > 0 && i == 0) {
        packet.putShort((short) number);
      } else if (donl > 0) {
        packet.put(
            (byte) 0); // DOND is the difference to the number of the NAL unit before, less one.
      }
      packet.putShort((short) nals.get(i).length).put(nals.get(i));
    }
    return packet.array();
  }

  /**
   * Adds the fragmentation units of a NAL unit (section 4.4.3); the first alone has a decoding
   * order number.
   */
  private void fragment(byte[] nal, List<byte[]> payloads) {
    int type = H265Grammar.type(nal);
    for (int at = HEADER; at < nal.length; ) {
      boolean first = at == HEADER;
      int own = HEADER + 1 + (first ? donl : 0);
      int length = Math.min(largest - own, nal.length - at);
      boolean last = at + length == nal.length;
      ByteBuffer packet = ByteBuffer.allocate(own + length);
      packet.put(header(FU, nal)).put((byte) (type | (first ? 0x80 : 0) | (last ? 0x40 : 0)));
      if (first && donl > 0) {
        packet.putShort((short) number);
      }
      payloads.add(packet.put(nal, at, length).array());
      at += length;
    }
  }

  /**
   * Returns a PACI packet (section 4.4.4): the payload's type moves into {@code cType}, and three
   * zero bytes of temporal scalability control information precede the payload.
   */
  private static byte[] wrapped(byte[] payload) {
    int contained = H265Grammar.type(payload);
    return ByteBuffer.allocate(payload.length + 5)
        .put(header(PACI, payload))
        .putShort((short) (contained << 9 | 3 << 4 | 0b1000))
        .put(new byte[3])
        .put(Arrays.copyOfRange(payload, HEADER, payload.length))
        .array();
  }

  private static byte[] header(int type, byte[] of) {
    return new byte[] {(byte) (of[0] & 0x81 | type << 1), of[1]};
  }
}
