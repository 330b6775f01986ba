package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node whose cameras fall silent, come back, or were never there. */
class LostCameraTest {
  @TempDir Path folder;

  private static JsonNode reports(Api api) throws Exception {
    return api.get("/api/v1/reports").expect(200).json().get("reports");
  }

  private static boolean lost(JsonNode message, String camera, String phase) {
    return message.get("event").asText().equals("alert")
        && message.at("/alert/camera").asText().equals(camera)
        && message.at("/alert/type").asText().equals("signal-lost")
        && message.at("/alert/phase").asText().equals(phase);
  }

  @Test
  void aCameraThatStopsIsReportedWithItsLastPictureAndClosedWhenItReturns() throws Exception {
    try (CameraSimulator simulator = StartedNode.simulator("path");
        Node node =
            StartedNode.start(
                folder,
                """
                storage: {post-roll: 1s}
                cameras:
                  - id: path
                    url: %s
                    rules: [{id: signal, type: signal-lost, for: 5s}]
                """
                    .formatted(simulator.address("path")))) {
      Api api = LoggedIn.api(node);
      try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
        try (Api.Listener live = api.listen("/api/v1/cameras/path/live", "LiveMessage")) {
          live.await(message -> message.get("type").asText().equals("observation"));
        }
        if (!reports(api).isEmpty()) {
          // The machine took so long to connect that the camera was lost before.
          events.await(message -> lost(message, "path", "closed"));
        }
        simulator.misbehave("path", Fault.parse("stall"));
        JsonNode opened = events.await(message -> lost(message, "path", "opened")).get("alert");
        assertThat(opened.get("reason").asText()).contains("no picture for", "limit: 5 s");
        simulator.behave("path");
        List<JsonNode> reports = new ArrayList<>();
        List<JsonNode> closed = new ArrayList<>();
        events.await(
            message -> {
              if (lost(message, "path", "closed")) {
                closed.add(message.get("alert"));
              } else if (message.at("/report/evidence").size() > 1) {
                reports.add(message.get("report"));
              }
              return !closed.isEmpty() && !reports.isEmpty();
            });
        assertThat(closed.get(0).get("id")).isEqualTo(opened.get("id"));
        assertThat(reports.get(0).get("alert-id")).isEqualTo(opened.get("id"));
        assertThat(reports.get(0).get("evidence").findValuesAsText("media-type"))
            .as("the last picture there was, and what came before it")
            .contains("image/jpeg");
      }
    }
  }

  @Test
  void aCameraThatWasNeverThereIsReportedWithoutAPicture() throws Exception {
    try (CameraSimulator simulator = StartedNode.simulator("other");
        Node node =
            StartedNode.start(
                folder,
                """
                cameras:
                  - id: nowhere
                    url: %s-not
                    rules: [{id: signal, type: signal-lost, for: 2s}]
                """
                    .formatted(simulator.address("other")))) {
      Api api = LoggedIn.api(node);
      try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
        JsonNode report =
            events
                .await(
                    message ->
                        message.get("event").asText().equals("report")
                            && message.at("/report/camera").asText().equals("nowhere"))
                .get("report");
        assertThat(report.get("type").asText()).isEqualTo("signal-lost");
        assertThat(report.get("evidence")).isEmpty();
      }
    }
  }
}
