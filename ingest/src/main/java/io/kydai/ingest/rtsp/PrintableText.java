package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;

/** Makes a camera's bytes fit to be shown in a sentence. */
final class PrintableText {
  private static final int MAX_BYTES = 16;

  private PrintableText() {}

  /** Cuts to a length and replaces what does not print. */
  static String of(String text, int limit) {
    String cut = text.length() > limit ? text.substring(0, limit) + "..." : text;
    return cut.replaceAll("[^ -~]", "?");
  }

  /** What went wrong below us, such as "Connection reset". */
  static String of(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .map(message -> of(message, 100))
        .orElse(cause.getClass().getSimpleName());
  }

  /** The next bytes, at most 16, as hexadecimal digits and as text. */
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
