package io.kydai.streaming;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.ReceivedUnits;
import io.kydai.ingest.rtp.nal.NalPackets;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Clips of H.265 and motion JPEG that went through RTP and ingest, so that these are access units
 * as cameras give them.
 */
public final class ReceivedClips {
  private ReceivedClips() {}

  /** The access units of numbered files of 320 x 176 pixels, {@code 001.jpg} first, 25 a second. */
  public static List<AccessUnit> jpeg(Path folder, int count) throws Exception {
    ReceivedUnits received = new ReceivedUnits("JPEG", Map.of());
    for (int i = 1; i <= count; i++) {
      byte[] jpeg = Files.readAllBytes(folder.resolve(String.format("%03d.jpg", i)));
      ByteBuf packet = RtpBytes.packet(i - 1, i * 3600L, true, payload(jpeg));
      received.rtp(packet);
      packet.release();
    }
    return received.units();
  }

  /** A whole picture as one payload (RFC 2435), its quantisation tables in-band. */
  private static byte[] payload(byte[] jpeg) {
    List<byte[]> tables = new ArrayList<>();
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xda) {
      int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
      if ((jpeg[at + 1] & 0xff) == 0xdb) {
        for (int table = at + 4; table < at + 2 + length; table += 65) {
          tables.add(Arrays.copyOfRange(jpeg, table + 1, table + 65));
        }
      }
      at += 2 + length;
    }
    at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    ByteBuffer out = ByteBuffer.allocate(8 + 4 + 128 + jpeg.length - at);
    out.putInt(0).put(new byte[] {1, (byte) 255, 320 / 8, 176 / 8}).putInt(128);
    out.put(tables.get(0)).put(tables.get(tables.size() - 1)).put(jpeg, at, jpeg.length - at);
    return out.array();
  }

  /** The access units of a byte stream (H.265, annex B) with delimiters, 25 pictures a second. */
  public static List<AccessUnit> h265(byte[] stream) throws Exception {
    ReceivedUnits received = new ReceivedUnits("H265", Map.of());
    NalPackets packets = new NalPackets(true, NalPackets.Mode.SINGLE);
    List<byte[]> unit = new ArrayList<>();
    long timestamp = 0;
    for (byte[] nal : nals(stream)) {
      boolean delimiter = (nal[0] >> 1 & 0x3f) == 35;
      if (delimiter && !unit.isEmpty()) {
        send(packets.of(unit, timestamp), received);
        timestamp += 3600;
        unit.clear();
      }
      unit.add(nal);
    }
    send(packets.of(unit, timestamp), received);
    return received.units();
  }

  private static void send(List<ByteBuf> packets, ReceivedUnits to) throws Exception {
    for (ByteBuf packet : packets) {
      to.rtp(packet);
      packet.release();
    }
  }

  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= stream.length; i++) {
      boolean end = i == stream.length;
      boolean code =
          i + 2 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (start >= 0 && (end || code)) {
        int stop = i;
        while (stop > start && stream[stop - 1] == 0) {
          stop--;
        }
        nals.add(Arrays.copyOfRange(stream, start, stop));
        start = -1;
      }
      if (code) {
        start = i + 3;
        i += 2;
      }
    }
    return nals;
  }
}
