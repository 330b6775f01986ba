package io.kydai.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads captures in pcap format (little-endian, Ethernet, IPv4). */
public final class Capture {
  private static final int ETHERNET = 14;

  private Capture() {}

  /** The payloads of UDP datagrams, or of TCP segments with that source port, in their order. */
  public static List<ByteBuf> payloads(Path file, int sourcePort) throws IOException {
    ByteBuf in = Unpooled.wrappedBuffer(Files.readAllBytes(file));
    in.skipBytes(24);
    List<ByteBuf> payloads = new ArrayList<>();
    long next = -1;
    while (in.isReadable()) {
      in.skipBytes(8);
      int size = in.readIntLE();
      in.skipBytes(4);
      ByteBuf ip = in.readSlice(size).slice(ETHERNET, size - ETHERNET);
      ip.writerIndex(ip.getUnsignedShort(2));
      int at = 4 * (ip.getByte(0) & 0x0f);
      boolean tcp = ip.getByte(9) == 6;
      if (ip.getUnsignedShort(at) != sourcePort) {
        continue;
      }
      int header = tcp ? 4 * (ip.getUnsignedByte(at + 12) >> 4) : 8;
      ByteBuf payload = ip.slice(at + header, ip.writerIndex() - at - header);
      if (tcp && payload.isReadable()) {
        long number = ip.getUnsignedInt(at + 4);
        if (next >= 0 && number != next) {
          throw new IOException("segments are missing or out of order in " + file);
        }
        next = number + payload.readableBytes() & 0xffff_ffffL;
      }
      if (payload.isReadable()) {
        payloads.add(payload);
      }
    }
    return payloads;
  }
}
