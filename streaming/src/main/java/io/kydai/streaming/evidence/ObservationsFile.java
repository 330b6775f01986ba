package io.kydai.streaming.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.json.ObservationJson;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * Writes {@code observations.json}, which has the alert as it opened, the clip's extent in media
 * time (second 0 of the clip is {@code clip.startMediaTime}, 1/90000 s) with the gaps in it, and
 * every observation of that extent. {@code docs/evidence.md} describes it.
 */
final class ObservationsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObservationsFile() {}

  static void write(EvidenceClip clip, WritableByteChannel out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(Channels.newOutputStream(out))) {
      json.writeStartObject();
      json.writeFieldName("alert");
      json.writeTree(alert(clip.alert()));
      if (!clip.units().isEmpty()) {
        json.writeFieldName("clip");
        json.writeTree(extent(clip.units()));
      }
      json.writeArrayFieldStart("observations");
      for (Observation observation : clip.observations()) {
        json.writeTree(ObservationJson.of(observation));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static ObjectNode alert(Alert alert) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", alert.id().value()).put("camera", alert.camera().value());
    node.put("rule", alert.rule().value()).put("type", alert.type()).put("reason", alert.reason());
    node.put("startMediaTime", alert.startMediaTime());
    node.put("startedAt", alert.startedAt().toString());
    node.set("tracks", JSON.valueToTree(alert.tracks()));
    node.set("measures", JSON.valueToTree(alert.measures()));
    return node;
  }

  private static ObjectNode extent(List<AccessUnit> units) {
    ObjectNode node = JSON.createObjectNode();
    node.put("startMediaTime", units.get(0).mediaTime());
    node.put("endMediaTime", units.stream().mapToLong(AccessUnit::mediaTime).max().getAsLong());
    node.put("startedAt", units.get(0).wallClock().toString());
    node.put("pictures", units.size());
    gaps(units, node.putArray("gaps"));
    return node;
  }

  /** Lists where the camera's stream broke off: from the last picture before to the first after. */
  private static void gaps(List<AccessUnit> units, ArrayNode gaps) {
    for (int i = 1; i < units.size(); i++) {
      AccessUnit before = units.get(i - 1);
      AccessUnit after = units.get(i);
      if (after.discontinuity() || after.sequence() != before.sequence() + 1) {
        gaps.addObject()
            .put("fromMediaTime", before.mediaTime())
            .put("toMediaTime", after.mediaTime());
      }
    }
  }
}
