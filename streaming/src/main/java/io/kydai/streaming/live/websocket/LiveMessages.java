package io.kydai.streaming.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.models.detection.Box;

/** The JSON texts of a live stream; {@code docs/live.md} describes them to who writes a viewer. */
public final class LiveMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LiveMessages() {}

  static String init(CodecParameters parameters) {
    ObjectNode message = message("init");
    // No browser has a name for JPEG in MP4; that it does not know ours is what is to be found out.
    message.put("codec", parameters.mediaSourceName().orElse("jpeg"));
    message.put("width", parameters.width()).put("height", parameters.height());
    return message.put("timescale", AccessUnit.TICKS_PER_SECOND).toString();
  }

  static String gap(long mediaTime) {
    return message("gap").put("mediaTime", mediaTime).toString();
  }

  static String end() {
    return message("end").toString();
  }

  static String observation(Observation observation) {
    ObjectNode message = message("observation");
    message.setAll(json(observation));
    return message.toString();
  }

  /** An observation as the live stream and the evidence have it. */
  public static ObjectNode json(Observation observation) {
    ObjectNode node = JSON.createObjectNode();
    node.put("mediaTime", observation.mediaTime());
    node.put("wallClock", observation.wallClock().toString());
    node.put("width", observation.width()).put("height", observation.height());
    ArrayNode tracks = node.putArray("tracks");
    for (Track track : observation.tracks()) {
      ObjectNode item = tracks.addObject();
      item.put("id", track.id()).put("label", track.label()).put("score", rounded(track.score()));
      Box box = track.box();
      item.putArray("box")
          .add(rounded(box.left()))
          .add(rounded(box.top()))
          .add(rounded(box.right()))
          .add(rounded(box.bottom()));
      item.put("seen", track.seen());
      if (track.riders() > 0) {
        item.put("riders", track.riders());
      }
    }
    return node;
  }

  /** A ten-thousandth of a picture is less than a pixel: more digits would only be longer. */
  private static double rounded(float value) {
    return Math.round(value * 10_000.0) / 10_000.0;
  }

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
