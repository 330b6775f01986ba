package io.kydai.streaming.live.websocket;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.LiveObservation;

/** The JSON texts of the live WebSocket, as {@code docs/live.md} describes them. */
final class LiveMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LiveMessages() {}

  static String init(CodecParameters parameters) {
    ObjectNode message = message("init");
    // No browser has a name for JPEG in MP4: one that reads ours finds out that it cannot play it.
    message.put("codec", parameters.mediaSourceName().orElse("jpeg"));
    message.put("width", parameters.width()).put("height", parameters.height());
    return message.put("timescale", MediaTime.TICKS_PER_SECOND).toString();
  }

  static String gap(long mediaTime) {
    return message("gap").put("mediaTime", mediaTime).toString();
  }

  static String end() {
    return message("end").toString();
  }

  /** The observation's own object, which all subscribers share, with its type in front. */
  static String observation(LiveObservation observation) {
    return "{\"type\":\"observation\"," + observation.json().substring(1);
  }

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
