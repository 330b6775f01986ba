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
 * The contract's {@code Suggestions}: lanes with the keys of the configuration file, to be put into
 * a camera as they are.
 *
 * @param enough whether there were enough tracks to suggest anything
 * @param tracks the number of tracks, to one decimal since the past fades
 * @param needed the least number of tracks
 */
public record SuggestionsJson(boolean enough, double tracks, int needed, List<Lane> lanes) {
  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  /**
   * A suggested lane.
   *
   * @param zone as the configuration writes it, as is {@code line}
   * @param tracks the number of tracks that went along it, to one decimal
   * @param confidence 0..1, to two decimals
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

  /** The rule that counts what crosses a suggested line. */
  record Rule(String id, String type, String line) {}

  /** Returns suggestions in the form of the contract. */
  public static SuggestionsJson of(Suggestions suggestions) {
    return new SuggestionsJson(
        suggestions.enough(),
        rounded(suggestions.tracks(), 10),
        suggestions.needed(),
        suggestions.lanes().stream().map(Lane::of).toList());
  }

  /** Returns the same as a text with line breaks, for a file that a person reads. */
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
