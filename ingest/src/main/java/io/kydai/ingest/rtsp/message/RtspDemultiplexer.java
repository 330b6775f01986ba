package io.kydai.ingest.rtsp.message;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bytes of a connection into {@link RtspMessage}s, which it fires to the next handler of
 * the pipeline, and interleaved frames, which it passes to a {@link FrameReceiver}. Messages and
 * frames may alternate in any order (RFC 2326, section 10.12); they are delivered in the order of
 * the connection's bytes.
 *
 * <p>The demultiplexer accepts lines that end in a bare LF, header fields that continue on the next
 * line, and blank lines between messages; header lines without a colon are ignored. Bytes that
 * begin with neither {@code $}, {@code RTSP/} nor a method name end the connection. After {@link
 * #enableRecovery} was called, such bytes are skipped instead, up to where a response or a frame
 * may begin.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a line of a header</td><td>8 KiB</td><td>{@link RtspException}</td></tr>
 * <tr><td>a whole header</td><td>64 KiB, 100 fields</td><td>{@link RtspException}</td></tr>
 * <tr><td>a body ({@code Content-Length})</td><td>256 KiB</td><td>{@link RtspException}</td></tr>
 * <tr><td>an interleaved frame</td><td>64 KiB, by its 16-bit length</td>
 *     <td>not possible</td></tr>
 * <tr><td>bytes skipped in a row</td><td>128 KiB</td><td>{@link RtspException}</td></tr>
 * </table>
 *
 * <p>A demultiplexer therefore holds at most 256 KiB plus the bytes of one read of the socket.
 */
public final class RtspDemultiplexer extends ByteToMessageDecoder {
  /** The largest length in bytes of a line of a header. */
  public static final int MAX_LINE = 8 * 1024;

  /** The largest length in bytes of a body. */
  public static final int MAX_BODY = 256 * 1024;

  static final int MAX_FIELDS = 100;
  static final int MAX_HEADER = 64 * 1024;
  static final int MAX_SKIPPED = 128 * 1024;

  /** The length of a frame's header in bytes: {@code $}, the channel, and two bytes of length. */
  private static final int FRAME_HEADER = 4;

  private static final int MAX_METHOD = 20;
  private static final String VERSION = "RTSP/";

  private enum Expecting {
    START,
    FIELDS,
    BODY
  }

  /** Receives the packets of interleaved frames. */
  @FunctionalInterface
  public interface FrameReceiver {
    /**
     * Called for each packet.
     *
     * @param channel the frame's channel number, 0 to 255
     * @param packet a slice of the bytes that were read, which shares their reference count;
     *     borrowed: a receiver that keeps it must retain it
     */
    void frame(int channel, ByteBuf packet);
  }

  private final FrameReceiver receiver;
  private Expecting expecting = Expecting.START;
  private String startLine = "";
  private String field = "";
  private RtspHeaders headers = new RtspHeaders();
  private int headerSize;
  private int bodySize;
  private boolean broken;
  private @Nullable IntPredicate recovery;
  private boolean resynchronizing;
  private int skipped;

  /**
   * Creates a demultiplexer for one connection.
   *
   * @param receiver called on the connection's event loop
   */
  public RtspDemultiplexer(FrameReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * From now on skips bytes that are neither a message nor a frame, and fires a {@link
   * SkippedBytes} each time.
   *
   * @param channels returns whether packets are expected on a channel number
   */
  public void enableRecovery(IntPredicate channels) {
    recovery = channels;
  }

  /**
   * Passes on the frames at the beginning of a read directly when nothing of an earlier read waits
   * for its rest: almost all reads of a playing camera consist of complete frames. The base class
   * collects and decodes everything else. A read is never nested in another one, because no handler
   * of the pipeline asks the channel to read.
   */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!(message instanceof ByteBuf in) || !isBetweenFrames()) {
      super.channelRead(context, message);
      return;
    }
    try {
      frames(context, in);
    } catch (RuntimeException e) {
      in.release();
      throw new DecoderException(e);
    }
    if (!in.isReadable()) {
      in.release();
    } else if (context.isRemoved()) {
      context.fireChannelRead(in);
    } else {
      super.channelRead(context, in);
    }
  }

  private boolean isBetweenFrames() {
    return expecting == Expecting.START
        && !resynchronizing
        && !broken
        && actualReadableBytes() == 0;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws RtspException {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int before = out.size();
    try {
      switch (expecting) {
        case START -> {
          if (resynchronizing) {
            resynchronize(context, in, out);
          } else {
            start(context, in, out);
          }
        }
        case FIELDS -> fields(in, out);
        case BODY -> body(in, out);
      }
      if (out.size() > before && !(out.get(out.size() - 1) instanceof SkippedBytes)) {
        skipped = 0;
      }
    } catch (RtspException e) {
      broken = true;
      throw e;
    }
  }

  /**
   * Reports an incomplete message before the next handlers receive {@code channelInactive}. An
   * exception thrown from here would reach them only after that.
   */
  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      if (in.isReadable()) {
        decode(context, in, out);
      }
      if (!broken && out.isEmpty() && (in.isReadable() || expecting != Expecting.START)) {
        broken = true;
        throw new RtspException("closed the connection in the middle of " + unfinished(in));
      }
    } catch (RtspException e) {
      context.fireExceptionCaught(e);
    }
  }

  private String unfinished(ByteBuf in) {
    if (expecting == Expecting.BODY) {
      return "a message's body (" + in.readableBytes() + " of " + bodySize + " bytes came)";
    }
    if (in.isReadable() && in.getByte(in.readerIndex()) == '$' && in.readableBytes() >= 4) {
      int size = in.getUnsignedShort(in.readerIndex() + 2);
      return "a frame (" + (in.readableBytes() - 4) + " of " + size + " bytes came)";
    }
    return "a message";
  }

  private void start(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws RtspException {
    while (in.isReadable() && isBlank(in.getByte(in.readerIndex()))) {
      in.skipBytes(1);
    }
    if (!in.isReadable()) {
      return;
    }
    if (in.getByte(in.readerIndex()) == '$') {
      frames(context, in);
      return;
    }
    if (!mayBeMessage(in)) {
      if (recovery == null) {
        throw garbage();
      }
      resynchronizing = true;
      resynchronize(context, in, out);
      return;
    }
    String line = line(in);
    if (line != null) {
      startLine = line;
      headers = new RtspHeaders();
      field = "";
      headerSize = 0;
      bodySize = 0;
      expecting = Expecting.FIELDS;
    }
  }

  private void resynchronize(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws RtspException {
    int next = Resynchronizer.next(in, requireNonNull(recovery));
    int count = next - in.readerIndex();
    skipped += count;
    if (skipped > MAX_SKIPPED) {
      throw new RtspException(
          "sends something else than RTSP: no message and no frame in " + skipped + " bytes");
    }
    in.readerIndex(next);
    resynchronizing = !in.isReadable() || !Resynchronizer.isCertain(in, next);
    if (count > 0) {
      // The message or frame is read in the next call, so that it is delivered after SkippedBytes.
      out.add(new SkippedBytes(count));
    } else if (!resynchronizing) {
      start(context, in, out);
    }
  }

  private static boolean isBlank(byte b) {
    return b == '\r' || b == '\n';
  }

  /**
   * Passes on all complete frames that follow each other; a camera sends a picture's packets
   * together.
   */
  private void frames(ChannelHandlerContext context, ByteBuf in) {
    while (in.readableBytes() >= FRAME_HEADER && !context.isRemoved()) {
      int at = in.readerIndex();
      int header = in.getInt(at);
      int size = header & 0xffff;
      if (header >>> 24 != '$' || in.readableBytes() < FRAME_HEADER + size) {
        return;
      }
      in.skipBytes(FRAME_HEADER + size);
      skipped = 0;
      receiver.frame(header >>> 16 & 0xff, in.slice(at + FRAME_HEADER, size));
    }
  }

  /** Returns false as soon as it is certain that the bytes cannot begin a message. */
  private static boolean mayBeMessage(ByteBuf in) {
    int count = Math.min(in.readableBytes(), MAX_METHOD);
    for (int i = 0; i < count; i++) {
      int b = in.getByte(in.readerIndex() + i);
      boolean ofMethod = b >= 'A' && b <= 'Z' || b == '_';
      if (!ofMethod) {
        String word = in.toString(in.readerIndex(), i, StandardCharsets.US_ASCII);
        return b == '/' && word.equals("RTSP") || b == ' ' && i >= 3;
      }
    }
    return count < MAX_METHOD;
  }

  /** The bytes are not quoted: what answers may be no camera, and its words nobody's business. */
  private static RtspException garbage() {
    return new RtspException(
        "sends something else than RTSP: a message or a '$' frame was expected");
  }

  /** Returns the next line without its line end, or null when it has not arrived completely. */
  private static @Nullable String line(ByteBuf in) throws RtspException {
    int length = in.bytesBefore((byte) '\n');
    if (length > MAX_LINE || length < 0 && in.readableBytes() > MAX_LINE) {
      throw new RtspException("sends a header line of more than " + MAX_LINE + " bytes");
    }
    if (length < 0) {
      return null;
    }
    String line = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    in.skipBytes(length + 1);
    // A CR inside the line must not reach a request, where it could end a line.
    return (line.endsWith("\r") ? line.substring(0, line.length() - 1) : line).replace('\r', ' ');
  }

  private void fields(ByteBuf in, List<Object> out) throws RtspException {
    for (String line = line(in); line != null; line = line(in)) {
      headerSize += line.length();
      if (headerSize > MAX_HEADER) {
        throw new RtspException("sends a header of more than " + MAX_HEADER + " bytes");
      }
      if (line.isEmpty()) {
        addField();
        bodySize = contentLength();
        expecting = Expecting.BODY;
        body(in, out);
        return;
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        field += " " + line.strip();
        if (field.length() > MAX_LINE) {
          throw new RtspException("sends a header line of more than " + MAX_LINE + " bytes");
        }
      } else {
        addField();
        field = line;
      }
    }
  }

  private void addField() throws RtspException {
    int colon = field.indexOf(':');
    if (colon > 0) {
      headers.add(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
    }
    field = "";
    if (headers.size() > MAX_FIELDS) {
      throw new RtspException("sends a header of more than " + MAX_FIELDS + " fields");
    }
  }

  private int contentLength() throws RtspException {
    String length = headers.first("Content-Length").orElse("0");
    if (!length.matches("\\d{1,18}")) {
      throw new RtspException(
          "gives a Content-Length that is no number: " + PrintableText.of(length, 20));
    }
    if (Long.parseLong(length) > MAX_BODY) {
      throw new RtspException(
          "announces a body of " + length + " bytes, more than the " + MAX_BODY + " allowed");
    }
    return Integer.parseInt(length);
  }

  private void body(ByteBuf in, List<Object> out) throws RtspException {
    if (in.readableBytes() < bodySize) {
      return;
    }
    byte[] body = new byte[bodySize];
    in.readBytes(body);
    expecting = Expecting.START;
    out.add(message(body));
  }

  private RtspMessage message(byte[] body) throws RtspException {
    String[] words = startLine.strip().split(" +", 3);
    if (words[0].startsWith(VERSION)) {
      if (words.length < 2 || !words[1].matches("[1-9]\\d\\d")) {
        throw new RtspException(
            "sends an answer without a status: " + PrintableText.of(startLine, 40));
      }
      String reason = words.length < 3 ? "" : PrintableText.of(words[2], 60);
      return new RtspMessage.Response(Integer.parseInt(words[1]), reason, headers, body);
    }
    return new RtspMessage.Request(words[0], headers, body);
  }
}
