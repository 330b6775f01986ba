package io.kydai.streaming.live.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's requests, and the interleaved packets between them (RFC 2326, section 10.12),
 * which are counted and dropped as they come.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a line</td><td>{@value #MOST_LINE} bytes</td><td>414</td></tr>
 * <tr><td>a request's lines</td><td>{@value #MOST_HEAD} bytes, {@value #MOST_HEADERS}
 *     headers</td><td>400</td></tr>
 * <tr><td>its body, which is skipped</td><td>{@value #MOST_BODY} bytes</td><td>413</td></tr>
 * </table>
 *
 * After an answer of 400, 413, 414 or 505 to the bytes themselves nothing more is read.
 */
public final class RequestDecoder extends ByteToMessageDecoder {
  public static final int MOST_LINE = 4 * 1024;
  public static final int MOST_HEAD = 16 * 1024;
  public static final int MOST_HEADERS = 64;
  public static final int MOST_BODY = 4 * 1024;

  private static final Pattern LINE =
      Pattern.compile("([A-Z_]{1,32}) ([!-~]{1," + MOST_LINE + "}) RTSP/(\\d\\.\\d)");
  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
  private static final int FRAME_HEAD = 4;

  private int skip;
  private boolean packetAhead;
  private boolean broken;
  private @Nullable Request withBody;

  /** What is read of the request that is coming; null between requests. */
  private @Nullable Head head;

  private static final class Head {
    final Matcher line;
    final Map<String, String> headers = new HashMap<>();
    int bytes;
    int count;

    Head(Matcher line) {
      this.line = line;
    }
  }

  /** A request that cannot be answered otherwise. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final Status status;

    RefusedException(Status status) {
      super(status.line(), null, false, false);
      this.status = status;
    }
  }

  /** Returns whether a message has begun and is not whole yet. */
  public boolean isWithinMessage() {
    return head != null || withBody != null || packetAhead || actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      step(in, out);
    } catch (RefusedException e) {
      broken = true;
      head = null;
      withBody = null;
      in.skipBytes(in.readableBytes());
      out.add(new ClientMessage.Refused(e.status));
    }
  }

  private void step(ByteBuf in, List<Object> out) throws RefusedException {
    if (!packetAhead && withBody == null) {
      begin(in);
    }
    Request request = withBody;
    if (!packetAhead && request == null) {
      return;
    }
    int now = Math.min(skip, in.readableBytes());
    in.skipBytes(now);
    skip -= now;
    if (skip == 0) {
      out.add(request == null ? new ClientMessage.Packet() : new ClientMessage.Asked(request));
      packetAhead = false;
      withBody = null;
    }
  }

  private void begin(ByteBuf in) throws RefusedException {
    if (head != null || in.getByte(in.readerIndex()) != '$') {
      lines(in);
    } else if (in.readableBytes() >= FRAME_HEAD) {
      skip = in.getUnsignedShort(in.readerIndex() + 2);
      packetAhead = true;
      in.skipBytes(FRAME_HEAD);
    }
  }

  /** Reads the lines that are whole. */
  private void lines(ByteBuf in) throws RefusedException {
    while (withBody == null) {
      int length = in.bytesBefore((byte) '\n');
      if (length > MOST_LINE || length < 0 && in.readableBytes() > MOST_LINE) {
        throw new RefusedException(Status.URI_TOO_LONG);
      }
      if (length < 0) {
        return;
      }
      String line = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
      in.skipBytes(1);
      if (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      take(line);
      if (head == null && withBody == null) {
        return; // An empty line between requests; a packet may stand behind it.
      }
    }
  }

  private void take(String line) throws RefusedException {
    Head reading = head;
    if (reading == null) {
      if (!line.isEmpty()) {
        head = first(line);
      }
    } else if (line.isEmpty()) {
      head = null;
      end(reading);
    } else {
      header(reading, line);
    }
  }

  private static Head first(String line) throws RefusedException {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new RefusedException(Status.BAD_REQUEST);
    }
    if (!matcher.group(3).equals("1.0")) {
      throw new RefusedException(Status.VERSION_NOT_SUPPORTED);
    }
    return new Head(matcher);
  }

  private static void header(Head reading, String line) throws RefusedException {
    reading.bytes += line.length();
    reading.count++;
    Matcher matcher = HEADER.matcher(line);
    if (reading.bytes > MOST_HEAD || reading.count > MOST_HEADERS || !matcher.matches()) {
      throw new RefusedException(Status.BAD_REQUEST);
    }
    String value = matcher.group(2).strip();
    if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f)) {
      throw new RefusedException(Status.BAD_REQUEST);
    }
    reading.headers.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
  }

  private void end(Head reading) throws RefusedException {
    String length = reading.headers.getOrDefault("content-length", "0");
    if (!length.matches("\\d{1,18}")) {
      throw new RefusedException(Status.BAD_REQUEST);
    }
    if (Long.parseLong(length) > MOST_BODY) {
      throw new RefusedException(Status.BODY_TOO_LARGE);
    }
    skip = Integer.parseInt(length);
    withBody = new Request(reading.line.group(1), reading.line.group(2), reading.headers, skip);
  }
}
