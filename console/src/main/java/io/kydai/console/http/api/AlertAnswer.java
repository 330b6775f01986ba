package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.reports.PlateJson;
import java.util.Map;
import java.util.TreeMap;

/** Alerts as the contract has them. */
public final class AlertAnswer {
  private AlertAnswer() {}

  /** The contract's {@code Alert}. */
  public static ObjectNode of(Alert alert) {
    ObjectNode json =
        Json.object()
            .put("id", alert.id())
            .put("camera", alert.camera().value())
            .put("rule", alert.rule())
            .put("type", alert.type())
            .put("phase", ErrorText.dashed(alert.phase()))
            .put("start-media-time", alert.startMediaTime())
            .put("end-media-time", alert.endMediaTime())
            .put("started-at", alert.startedAt().toString())
            .put("ended-at", alert.endedAt().toString());
    ArrayNode tracks = json.putArray("tracks");
    alert.tracks().forEach(tracks::add);
    alert
        .region()
        .ifPresent(
            box ->
                json.putArray("region")
                    .add(box.left())
                    .add(box.top())
                    .add(box.right())
                    .add(box.bottom()));
    json.put("reason", alert.reason());
    json.set("measures", measures(alert.measures()));
    if (!alert.plates().isEmpty()) {
      json.set("plates", PlateJson.write(alert.plates()));
    }
    return json;
  }

  /** In the order of their names; what is no number in JSON is left out. */
  static ObjectNode measures(Map<String, Double> measures) {
    ObjectNode json = Json.object();
    new TreeMap<>(measures)
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                json.put(name, value);
              }
            });
    return json;
  }
}
