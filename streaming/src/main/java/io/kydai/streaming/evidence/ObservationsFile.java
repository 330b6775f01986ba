package io.kydai.streaming.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.json.ObservationJson;
import io.kydai.streaming.signedvideo.SignedVideo;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code observations.json}, which has the alert as it opened, the clip's extent in media
 * time (second 0 of the clip is {@code clip.startMediaTime}, 1/90000 s) with the gaps in it and
 * what the camera signed of it, and every observation of that extent. {@code docs/evidence.md}
 * describes it.
 */
final class ObservationsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObservationsFile() {}

  /** Returns the file's content, of which one observation at a time is in memory as JSON. */
  static EvidenceFolder.Content of(EvidenceClip clip, SignedVideo signed) {
    return out -> write(clip, signed, out);
  }

  private static void write(EvidenceClip clip, SignedVideo signed, WritableByteChannel out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(Channels.newOutputStream(out))) {
      json.writeStartObject();
      json.writePOJOField("alert", AlertJson.of(clip.alert()));
      if (!clip.units().isEmpty()) {
        json.writePOJOField("clip", ExtentJson.of(clip.units(), signed));
      }
      json.writeArrayFieldStart("observations");
      for (Observation observation : clip.observations()) {
        json.writePOJO(ObservationJson.of(observation));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /**
   * The alert as it opened.
   *
   * @param startMediaTime when its event began, 1/90000 s
   * @param startedAt the same on the wall clock, ISO 8601 in UTC
   */
  private record AlertJson(
      String id,
      String camera,
      String rule,
      String type,
      String reason,
      long startMediaTime,
      String startedAt,
      List<Long> tracks,
      Map<String, Double> measures) {
    static AlertJson of(Alert alert) {
      Alert.Origin origin = alert.origin();
      Timestamp start = alert.span().start();
      return new AlertJson(
          alert.id().value(),
          origin.camera().value(),
          origin.rule().value(),
          origin.type(),
          alert.finding().reason(),
          start.mediaTime().ticks(),
          start.wallClock().toString(),
          alert.participants().tracks(),
          alert.finding().measures());
    }
  }

  /**
   * The clip's extent.
   *
   * @param startMediaTime of its first picture, 1/90000 s, as is {@code endMediaTime} of its last
   * @param startedAt {@code startMediaTime} on the wall clock, ISO 8601 in UTC
   * @param pictures how many there are
   * @param signedVideo what the camera's own signatures say
   */
  private record ExtentJson(
      long startMediaTime,
      long endMediaTime,
      String startedAt,
      int pictures,
      List<GapJson> gaps,
      Map<String, Object> signedVideo) {
    static ExtentJson of(List<AccessUnit> units, SignedVideo signed) {
      return new ExtentJson(
          units.get(0).mediaTime(),
          units.stream().mapToLong(AccessUnit::mediaTime).max().getAsLong(),
          units.get(0).wallClock().toString(),
          units.size(),
          GapJson.between(units),
          signed.json());
    }
  }

  /**
   * A place where the camera's stream broke off.
   *
   * @param fromMediaTime of the last picture before it, 1/90000 s
   * @param toMediaTime of the first picture after it, 1/90000 s
   */
  private record GapJson(long fromMediaTime, long toMediaTime) {
    static List<GapJson> between(List<AccessUnit> units) {
      List<GapJson> gaps = new ArrayList<>();
      for (int i = 1; i < units.size(); i++) {
        AccessUnit before = units.get(i - 1);
        AccessUnit after = units.get(i);
        if (after.discontinuity() || after.sequence() != before.sequence() + 1) {
          gaps.add(new GapJson(before.mediaTime(), after.mediaTime()));
        }
      }
      return gaps;
    }
  }
}
