package io.kydai.console.config.camera;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.kydai.analytics.flow.LaneSuggestion;
import io.kydai.analytics.flow.Suggestions;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The schema {@code Suggestions} of {@code openapi.json}: suggested lanes with the keys of the
 * configuration file, which can be added to a camera without change.
 *
 * @param enough whether there were enough tracks for suggestions
 * @param tracks the number of tracks, to one decimal because older tracks have less weight
 * @param needed the minimum number of tracks
 * @param lanes the suggested lanes
 */
public record SuggestionsJson(boolean enough, double tracks, int needed, List<Lane> lanes) {
  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  /**
   * A suggested lane.
   *
   * @param zone the zone in the form of the configuration
   * @param line the line in the form of the configuration
   * @param rule the rule that counts crossings of the line
   * @param tracks the number of tracks along the lane, to one decimal
   * @param confidence the confidence, 0..1, to two decimals
   */
  record Lane(
      Map<String, Object> zone,
      Map<String, Object> line,
      Rule rule,
      double tracks,
      double confidence) {
    private static Lane of(LaneSuggestion lane) {
      return new Lane(
          SceneKeys.ZONE.write(lane.zone()),
          SceneKeys.LINE.write(lane.line()),
          new Rule("count-" + lane.zone().id(), "line-count", lane.line().id()),
          rounded(lane.tracks(), 10),
          rounded(lane.confidence(), 100));
    }
  }

  /** The rule that counts crossings of a suggested line. */
  record Rule(String id, String type, String line) {}

  /** Returns suggestions in the form of the contract. */
  public static SuggestionsJson of(Suggestions suggestions) {
    return new SuggestionsJson(
        suggestions.enough(),
        rounded(suggestions.tracks(), 10),
        suggestions.needed(),
        suggestions.lanes().stream().map(Lane::of).toList());
  }

  /** Returns the JSON text with line breaks and indentation. */
  public String text() {
    try {
      return WRITER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }
}
