package io.kydai.streaming.live.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveObservation;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The JSON texts of the live WebSocket, as {@code docs/live.md} describes them. */
final class LiveMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LiveMessages() {}

  /**
   * The message in front of an initialisation segment.
   *
   * @param codec as browsers name it (RFC 6381)
   * @param width in pixels, as is {@code height}
   * @param timescale ticks of media time in a second
   */
  private record Init(String type, String codec, int width, int height, int timescale) {}

  /**
   * The message in front of a key frame before which fragments are missing.
   *
   * @param mediaTime of that key frame, 1/90000 s
   */
  private record Gap(String type, long mediaTime) {}

  /**
   * How observations' times are found on a stream that is not the analysed one.
   *
   * @param by {@code sender-reports}, {@code arrival} or {@code none}
   * @param offset 1/90000 s, to be added to a picture's media time
   */
  private record Alignment(String type, String by, long offset) {}

  /** The message after which nothing comes. */
  private record End(String type) {}

  static String init(CodecParameters parameters) {
    // No browser has a name for JPEG in MP4: one that reads ours finds out that it cannot play it.
    String codec = parameters.mediaSourceName().orElse("jpeg");
    return text(
        new Init(
            "init", codec, parameters.width(), parameters.height(), MediaTime.TICKS_PER_SECOND));
  }

  static String gap(long mediaTime) {
    return text(new Gap("gap", mediaTime));
  }

  static String alignment(LiveEvent.Alignment alignment) {
    String by = alignment.basis().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return text(new Alignment("alignment", by, alignment.offset()));
  }

  static String end() {
    return text(new End("end"));
  }

  /** The observation's own object, which all subscribers share, with its type in front. */
  static String observation(LiveObservation observation) {
    return "{\"type\":\"observation\"," + observation.json().substring(1);
  }

  private static String text(Record message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
