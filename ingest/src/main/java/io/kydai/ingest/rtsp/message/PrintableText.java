package io.kydai.ingest.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;

/**
 * Makes text and bytes from a camera safe to show in a message: bounded in length and printable.
 */
public final class PrintableText {
  private static final int MAX_BYTES = 16;

  private PrintableText() {}

  /**
   * Returns the text cut to {@code limit} characters, with each character that is not printable
   * ASCII replaced by {@code ?}.
   */
  public static String of(String text, int limit) {
    String cut = text.length() > limit ? text.substring(0, limit) + "..." : text;
    return cut.replaceAll("[^ -~]", "?");
  }

  /**
   * Returns the message of an exception from the operating system or a library, such as "Connection
   * reset", of at most 100 characters; its class name when it has none.
   */
  public static String of(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .map(message -> of(message, 100))
        .orElse(cause.getClass().getSimpleName());
  }

  /**
   * Returns the next bytes of the buffer, at most 16, as hexadecimal digits and as text. Does not
   * move the reader index.
   */
  static String firstBytes(ByteBuf in) {
    int count = Math.min(MAX_BYTES, in.readableBytes());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) in.getUnsignedByte(in.readerIndex() + i));
    }
    return ByteBufUtil.hexDump(in, in.readerIndex(), count)
        + " (\""
        + text.toString().replaceAll("[^ -~]", ".")
        + "\")";
  }
}
