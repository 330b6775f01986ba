package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.rtp.packet.RtpBytes;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs NAL units of H.264 (RFC 6184) or H.265 (RFC 7798) into RTP packets in one of the ways that
 * ingest takes, for tests.
 */
public final class NalPackets {
  /** How. */
  public enum Mode {
    /** A packet for each NAL unit, whatever its size. */
    SINGLE,

    /** As many NAL units in a packet as fit: STAP-A, AP. */
    AGGREGATED,

    /** Pieces of 100 bytes: FU-A, FU. */
    FRAGMENTED
  }

  private static final int PIECE = 100;
  private static final int AGGREGATE = 1400;

  private final boolean h265;
  private final Mode mode;
  private int sequence;

  public NalPackets(boolean h265, Mode mode) {
    this.h265 = h265;
    this.mode = mode;
  }

  /** The packets of an access unit. */
  public List<ByteBuf> of(List<byte[]> nals, long timestamp) {
    List<byte[]> payloads =
        switch (mode) {
          case SINGLE -> nals;
          case AGGREGATED -> aggregated(nals);
          case FRAGMENTED -> nals.stream().flatMap(nal -> fragments(nal).stream()).toList();
        };
    List<ByteBuf> packets = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      boolean last = i == payloads.size() - 1;
      packets.add(RtpBytes.packet(sequence++ & 0xffff, timestamp, last, payloads.get(i)));
    }
    return packets;
  }

  private List<byte[]> aggregated(List<byte[]> nals) {
    List<byte[]> payloads = new ArrayList<>();
    List<byte[]> together = new ArrayList<>();
    int size = 0;
    for (byte[] nal : nals) {
      if (size + nal.length > AGGREGATE) {
        flush(together, payloads);
        size = 0;
      }
      together.add(nal);
      size += nal.length;
    }
    flush(together, payloads);
    return payloads;
  }

  private void flush(List<byte[]> together, List<byte[]> payloads) {
    if (together.size() == 1) {
      payloads.add(together.get(0));
    } else if (together.size() > 1) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(h265 ? new byte[] {48 << 1, 1} : new byte[] {0x60 | 24});
      for (byte[] nal : together) {
        packet.write(nal.length >> 8);
        packet.write(nal.length);
        packet.writeBytes(nal);
      }
      payloads.add(packet.toByteArray());
    }
    together.clear();
  }

  private List<byte[]> fragments(byte[] nal) {
    if (nal.length <= PIECE) {
      return List.of(nal);
    }
    List<byte[]> payloads = new ArrayList<>();
    int header = h265 ? 2 : 1;
    for (int at = header; at < nal.length; at += PIECE) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      int flags = (at == header ? 0x80 : 0) | (at + PIECE >= nal.length ? 0x40 : 0);
      if (h265) {
        packet.write(nal[0] & 0x81 | 49 << 1);
        packet.write(nal[1]);
        packet.write(flags | nal[0] >> 1 & 0x3f);
      } else {
        packet.write(nal[0] & 0xe0 | 28);
        packet.write(flags | nal[0] & 0x1f);
      }
      packet.writeBytes(Arrays.copyOfRange(nal, at, Math.min(nal.length, at + PIECE)));
      payloads.add(packet.toByteArray());
    }
    return payloads;
  }
}
