package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalApiTest {
  private static final String GATE =
      """
      {"id": "gate", "url": "rtsp://127.0.0.1:1/gate",
       "scene": {"lines": [{"id": "v", "from": [0.5, 0], "to": [0.5, 1]}],
                 "zones": [{"id": "head", "polygon": [[0.1, 0.1], [0.2, 0.1], [0.2, 0.4]],
                            "use": "signal"}]},
       "rules": [{"id": "a", "type": "red-light", "line": "v", "signal": "head"},
                 {"id": "b", "type": "red-light", "line": "v", "signal": "north",
                  "external": true}]}
      """;
  private static final String SIGNALS = "/api/v1/cameras/gate/signals";

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", "/api/v1/cameras", GATE).expect(201);
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void aControllersWordIsTakenAndShown() throws Exception {
    JsonNode before = api.get(SIGNALS).expect(200).json().get("signals");
    assertThat(before).hasSize(2);
    assertThat(before.at("/0/signal").asText()).isEqualTo("head");
    assertThat(before.at("/0/lamps/doubt").asText()).isEqualTo("no picture has come");
    assertThat(before.at("/1/state").asText()).isEqualTo("unknown");

    String since = Instant.now().minusSeconds(3).toString();
    String red = "{\"state\": \"red\", \"since\": \"" + since + "\", \"valid-for\": 60}";
    JsonNode told = api.json("PUT", SIGNALS + "/north", red).expect(200).json();
    assertThat(told.get("state").asText()).isEqualTo("red");
    assertThat(told.get("source").asText()).isEqualTo("controller");
    assertThat(told.get("since").asText()).isEqualTo(since);
    api.json("PUT", SIGNALS + "/head", "{\"state\": \"green\"}").expect(200);

    JsonNode after = api.get(SIGNALS).expect(200).json().get("signals");
    assertThat(after.at("/0/told/state").asText()).isEqualTo("green");
    assertThat(after.at("/1/state").asText()).isEqualTo("red");

    String late = red.replace(since, Instant.now().minusSeconds(60).toString());
    api.json("PUT", SIGNALS + "/north", late.replace("red", "green")).expect(409);
    JsonNode unknown =
        api.json("PUT", SIGNALS + "/north", "{\"state\": \"unknown\"}").expect(200).json();
    assertThat(unknown.get("state").asText()).isEqualTo("unknown");
    assertThat(unknown.has("source")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"state\": \"blue\"}|state",
        "{}|state",
        "{\"state\": 1}|state",
        "{\"state\": \"red\", \"valid-for\": 0}|valid-for",
        "{\"state\": \"red\", \"valid-for\": 301}|valid-for",
        "{\"state\": \"red\", \"valid-for\": \"10s\"}|valid-for",
        "{\"state\": \"red\", \"since\": \"2020-01-01T00:00:00Z\"}|since",
        "{\"state\": \"red\", \"since\": \"2999-01-01T00:00:00Z\"}|since",
        "{\"state\": \"red\", \"since\": 5}|since",
        "{\"state\": \"red\", \"colour\": 5}|colour",
      })
  void whatIsWrongIsNamed(String body, String field) throws Exception {
    JsonNode problem = api.json("PUT", SIGNALS + "/north", body).expect(400).json();
    assertThat(problem.get("field").asText()).isEqualTo(field);
  }

  @Test
  void onlyKnownSignalsOfKnownCamerasAreTold() throws Exception {
    String red = "{\"state\": \"red\"}";
    api.json("PUT", SIGNALS + "/south", red).expect(404);
    api.json("PUT", SIGNALS.replace("gate", "door") + "/north", red).expect(404);
    api.get(SIGNALS.replace("gate", "door")).expect(404);
    api.send("PUT", SIGNALS + "/north", red, "Content-Type", "text/plain").expect(415);
    api.send(
            "PUT",
            SIGNALS + "/north",
            red,
            "Content-Type",
            "application/json",
            "Origin",
            "http://elsewhere.example")
        .expect(403);
  }

  @Test
  void aRuleWhoseSignalIsNeitherDrawnNorToldIsRefused() throws Exception {
    String wrong = GATE.replace("\"signal\": \"head\"", "\"signal\": \"haed\"");
    JsonNode problem = api.json("PUT", "/api/v1/cameras/gate", wrong).expect(400).json();
    assertThat(problem.get("field").asText()).contains("rules[0]");
    assertThat(problem.get("detail").asText()).contains("'haed'").contains("use: signal");
  }
}
