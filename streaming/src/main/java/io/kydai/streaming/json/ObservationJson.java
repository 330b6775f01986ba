package io.kydai.streaming.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;

/**
 * Writes observations as JSON, in the form that the live stream and the evidence have in common and
 * that {@code docs/live.md} describes to authors of viewers.
 */
public final class ObservationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObservationJson() {}

  /**
   * An observation as an object: {@code mediaTime} (1/90000 s), {@code wallClock} (ISO 8601, UTC),
   * {@code width} and {@code height} (pixels), and {@code tracks} with boxes in parts of the
   * picture, 0..1.
   */
  public static ObjectNode of(Observation observation) {
    return into(JSON.createObjectNode(), observation);
  }

  /**
   * Adds an observation's fields to an object.
   *
   * @return the object that was given
   */
  public static ObjectNode into(ObjectNode node, Observation observation) {
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
}
