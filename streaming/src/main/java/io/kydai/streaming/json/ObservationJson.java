package io.kydai.streaming.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An observation as JSON, in the form that the live stream and the evidence have in common and that
 * {@code docs/live.md} describes to authors of viewers.
 *
 * @param mediaTime 1/90000 s
 * @param wallClock ISO 8601, UTC
 * @param width in pixels, as is {@code height}
 * @param propagated true where the picture was not analysed and the boxes were moved on to it;
 *     absent otherwise
 */
public record ObservationJson(
    long mediaTime,
    String wallClock,
    int width,
    int height,
    List<TrackJson> tracks,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean propagated) {
  private static final ObjectWriter WRITER = new ObjectMapper().writerFor(ObservationJson.class);

  /**
   * A track on the observation's frame.
   *
   * @param score 0..1, to four decimals
   * @param box left, top, right and bottom in parts of the picture, 0..1, to four decimals: a
   *     ten-thousandth of a picture is less than a pixel
   * @param seen whether a detection supports it on this frame
   * @param riders of a two-wheeler; null where none were distinguished
   * @param scenery true where it is taken for a part of the view; null where it is not
   */
  public record TrackJson(
      long id,
      String label,
      double score,
      List<Double> box,
      boolean seen,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer riders,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean scenery) {
    private static TrackJson of(Track track) {
      Box box = track.box();
      return new TrackJson(
          track.id(),
          track.label(),
          rounded(track.score()),
          List.of(
              rounded(box.left()), rounded(box.top()), rounded(box.right()), rounded(box.bottom())),
          track.seen(),
          track.riders() > 0 ? track.riders() : null,
          track.scenery() ? Boolean.TRUE : null);
    }
  }

  /** Returns an observation in this form. */
  public static ObservationJson of(Observation observation) {
    return new ObservationJson(
        observation.mediaTime(),
        observation.wallClock().toString(),
        observation.width(),
        observation.height(),
        observation.tracks().stream().map(TrackJson::of).toList(),
        observation.propagated());
  }

  /** Returns the JSON object as a text. */
  public String text() {
    try {
      return WRITER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rounded(float value) {
    return Math.round(value * 10_000.0) / 10_000.0;
  }
}
