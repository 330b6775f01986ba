package io.kydai.ingest.simulator.message;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decodes a client's bytes into {@link Request}s and interleaved RTCP packets (RFC 2326, section
 * 10.12). Bodies, and responses to the camera's own requests, are skipped.
 *
 * <table>
 * <caption>Limits; beyond them the connection is closed</caption>
 * <tr><td>request line and headers together</td><td>16 KiB</td></tr>
 * <tr><td>headers</td><td>64</td></tr>
 * <tr><td>body</td><td>64 KiB</td></tr>
 * <tr><td>frame of RTCP</td><td>1,500 bytes; a longer one is skipped</td></tr>
 * </table>
 */
public final class RequestDecoder extends ByteToMessageDecoder {
  private static final int MAX_HEAD = 16 << 10;
  private static final int MAX_HEADERS = 64;
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_RTCP = 1500;

  private int skip;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int skipped = Math.min(skip, in.readableBytes());
    in.skipBytes(skipped);
    skip -= skipped;
    if (skip > 0 || !in.isReadable()) {
      return;
    }
    if (in.getByte(in.readerIndex()) == '$') {
      frame(in, out);
      return;
    }
    int end = endOfHead(in);
    if (end < 0) {
      if (in.readableBytes() > MAX_HEAD) {
        throw new TooLongFrameException("a request's head is larger than " + MAX_HEAD + " bytes");
      }
      return;
    }
    String head = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.UTF_8);
    in.readerIndex(end);
    Request request = parse(head.strip());
    skip = bodyLength(request);
    if (!request.method().startsWith("RTSP/")) {
      out.add(request);
    }
  }

  private void frame(ByteBuf in, List<Object> out) {
    if (in.readableBytes() < 4) {
      return;
    }
    int channel = in.getUnsignedByte(in.readerIndex() + 1);
    int length = in.getUnsignedShort(in.readerIndex() + 2);
    // Clients use the odd channels for RTCP.
    if (channel % 2 == 0 || length > MAX_RTCP) {
      skip = 4 + length;
    } else if (in.readableBytes() >= 4 + length) {
      byte[] rtcp = new byte[length];
      in.skipBytes(4).readBytes(rtcp);
      out.add(new ClientMessage.Rtcp(channel, rtcp));
    }
  }

  private static int endOfHead(ByteBuf in) {
    int limit = Math.min(in.writerIndex(), in.readerIndex() + MAX_HEAD);
    for (int i = in.readerIndex(); i + 3 < limit; i++) {
      if (in.getInt(i) == 0x0d0a0d0a) {
        return i + 4;
      }
    }
    return -1;
  }

  private static Request parse(String head) {
    String[] lines = head.split("\r\n");
    String[] start = lines[0].split(" ");
    boolean answer = start.length > 1 && start[0].startsWith("RTSP/");
    boolean request = start.length == 3 && start[2].startsWith("RTSP/");
    if (!answer && !request || lines.length > MAX_HEADERS + 1) {
      throw new CorruptedFrameException("not an RTSP request");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new CorruptedFrameException("not a header");
      }
      String name = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.put(name, lines[i].substring(colon + 1).strip());
    }
    return new Request(start[0], start[1], Map.copyOf(headers));
  }

  private static int bodyLength(Request request) {
    String length = request.header("content-length");
    if (length.isEmpty()) {
      return 0;
    }
    if (!length.matches("[0-9]{1,6}") || Integer.parseInt(length) > MAX_BODY) {
      throw new TooLongFrameException("a body is larger than " + MAX_BODY + " bytes");
    }
    return Integer.parseInt(length);
  }
}
