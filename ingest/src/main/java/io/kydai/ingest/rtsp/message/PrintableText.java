package io.kydai.ingest.rtsp.message;

import java.util.Optional;

/** Makes text from a camera safe to show in a message: bounded in length and printable. */
public final class PrintableText {
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
}
