package io.kydai.console.config.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.flow.LaneSuggestion;
import io.kydai.analytics.flow.Suggestions;

/**
 * Suggested lanes as JSON: each has a zone, a line and a rule with the keys of the configuration
 * file, to be put into a camera as they are.
 */
public final class SuggestionsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SuggestionsJson() {}

  /** The contract's {@code Suggestions}. */
  public static ObjectNode write(Suggestions suggestions) {
    ObjectNode json = MAPPER.createObjectNode().put("enough", suggestions.enough());
    json.put("tracks", rounded(suggestions.tracks(), 10)).put("needed", suggestions.needed());
    ArrayNode lanes = json.putArray("lanes");
    for (LaneSuggestion lane : suggestions.lanes()) {
      ObjectNode node = lanes.addObject();
      node.set("zone", CameraJson.json(SceneKeys.ZONE.write(lane.zone())));
      node.set("line", CameraJson.json(SceneKeys.LINE.write(lane.line())));
      node.putObject("rule")
          .put("id", "count-" + lane.zone().id())
          .put("type", "line-count")
          .put("line", lane.line().id());
      node.put("tracks", rounded(lane.tracks(), 10));
      node.put("confidence", rounded(lane.confidence(), 100));
    }
    return json;
  }

  private static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
