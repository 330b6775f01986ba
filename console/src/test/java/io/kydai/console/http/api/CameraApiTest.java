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

class CameraApiTest {
  private static final String GATE =
      """
      {"id": "gate", "name": "Cổng", "url": "rtsp://viewer:s3cret@127.0.0.1:1/gate",
       "place": {"lat": 16.46, "lon": 107.59, "address": "Huế"},
       "purpose": "safety", "retention-days": 7,
       "scene": {"lines": [{"id": "v", "from": [0.5, 0], "to": [0.5, 1]}],
                 "zones": [{"id": "square", "polygon": [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]}]},
       "rules": [{"id": "c", "type": "line-count", "line": "v"}]}
      """;

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void allThatIsWrongInABodyIsSaidAtOnceAndNothingOfItsValues() throws Exception {
    String body =
        """
        {"id": "gate", "url": "rtsp://viewer:s3cret@127.0.0.1/ 1", "nme": "Gate",
         "retention-days": 0,
         "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 7]]}]}}
        """;

    JsonNode problem = api.json("POST", "/api/v1/cameras", body).expect(400).json();

    assertThat(problem.get("field").asText()).isEqualTo("url");
    assertThat(problem.get("detail").asText())
        .contains("url: Expected: a text without spaces.")
        .contains("retention-days: Expected: a whole number from 1 to 3650.")
        .contains("scene.zones[0].polygon: Expected: a list from 3 to 100 entries.")
        .contains("scene.zones[0].polygon[1][1]: Expected: a number from 0 to 1.")
        .doesNotContain("s3cret")
        .doesNotContain("name: ");
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() throws Exception {
    JsonNode missing = api.json("POST", "/api/v1/cameras", "{\"id\": \"gate\"}").expect(400).json();
    assertThat(missing.get("field").asText()).isEqualTo("url");
    assertThat(missing.get("detail").asText()).startsWith("Missing.");

    JsonNode unknown =
        api.json("POST", "/api/v1/cameras", GATE.replace("\"name\"", "\"nme\"")).expect(400).json();
    assertThat(unknown.get("field").asText()).isEqualTo("nme");
    assertThat(unknown.get("detail").asText()).startsWith("This key is unknown.").contains("name");
  }

  @Test
  void aReplacementMayLeaveTheIdToThePath() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE).expect(201);

    JsonNode replaced =
        api.json("PUT", "/api/v1/cameras/gate", "{\"url\": \"rtsp://127.0.0.1:1/new\"}")
            .expect(200)
            .json();

    assertThat(replaced.get("id").asText()).isEqualTo("gate");
    assertThat(replaced.get("url").asText()).endsWith("/new");
  }

  @Test
  void aCameraIsAddedSeenReplacedAndRemoved() throws Exception {
    Api.Answer added = api.json("POST", "/api/v1/cameras", GATE).expect(201);
    assertThat(added.header("Location")).isEqualTo("/api/v1/cameras/gate");
    assertThat(api.get("/api/v1/cameras").expect(200).json().get("cameras")).hasSize(1);

    JsonNode seen = api.get("/api/v1/cameras/gate").expect(200).json();
    assertThat(seen.get("name").asText()).isEqualTo("Cổng");
    assertThat(seen.at("/scene/lines/0/to/1").asDouble()).isEqualTo(1);
    assertThat(seen.at("/status/state").asText()).isEqualTo("connecting");

    String renamed = GATE.replace("Cổng", "Gate");
    assertThat(
            api.json("PUT", "/api/v1/cameras/gate", renamed)
                .expect(200)
                .json()
                .get("name")
                .asText())
        .isEqualTo("Gate");

    api.delete("/api/v1/cameras/gate").expect(204);
    api.get("/api/v1/cameras/gate").expect(404);
    api.delete("/api/v1/cameras/gate").expect(404);
    api.json("PUT", "/api/v1/cameras/gate", GATE).expect(404);
  }

  @Test
  void ofTwoWhoChangeACameraAtOnceTheSecondIsToldSo() throws Exception {
    String version = version(api.json("POST", "/api/v1/cameras", GATE).expect(201));
    assertThat(version(api.get("/api/v1/cameras/gate").expect(200))).isEqualTo(version);

    String first =
        GATE.replace("Cổng", "Gate").replaceFirst("\\{", "{\"version\": \"" + version + "\",");
    String second = first.replace("Gate", "Door");
    assertThat(version(api.json("PUT", "/api/v1/cameras/gate", first).expect(200)))
        .isNotEqualTo(version);
    JsonNode refused = api.json("PUT", "/api/v1/cameras/gate", second).expect(409).json();
    assertThat(refused.get("changed-by").asText()).isNotEmpty();
    assertThat(Instant.parse(refused.get("changed-at").asText())).isBefore(Instant.now());
    assertThat(refused.get("detail").asText())
        .contains("gate", "changed", "by " + refused.get("changed-by").asText());
    assertThat(api.get("/api/v1/cameras/gate").json().get("name").asText()).isEqualTo("Gate");
    // Who gives no version replaces what there is.
    api.json("PUT", "/api/v1/cameras/gate", GATE).expect(200);
    assertThat(version(api.get("/api/v1/cameras/gate"))).isEqualTo(version);

    String wrong = GATE.replaceFirst("\\{", "{\"version\": 7,");
    assertThat(
            api.json("PUT", "/api/v1/cameras/gate", wrong).expect(400).json().get("field").asText())
        .isEqualTo("version");
  }

  private static String version(Api.Answer camera) {
    return camera.json().get("version").asText();
  }

  @Test
  void whatWasAddedIsThereAfterARestart() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE).expect(201);

    desk.close();
    desk = new DeskServer(folder);

    assertThat(desk.api.get("/api/v1/cameras/gate").expect(200).json().get("purpose").asText())
        .isEqualTo("safety");
  }

  @Test
  void noAnswerShowsAPassword() throws Exception {
    Api.Answer added = api.json("POST", "/api/v1/cameras", GATE).expect(201);

    assertThat(added.json().get("url").asText()).isEqualTo("rtsp://127.0.0.1:1/gate");
    assertThat(new String(added.body(), "UTF-8")).doesNotContain("s3cret").doesNotContain("viewer");
    Api.Answer refused =
        api.json(
                "POST", "/api/v1/cameras", GATE.replace("rtsp://", "http://").replace("gate", "g2"))
            .expect(400);
    assertThat(new String(refused.body(), "UTF-8")).doesNotContain("s3cret");
    assertThat(refused.json().get("field").asText()).isEqualTo("url");
  }

  @Test
  void twoCamerasCannotHaveOneId() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE).expect(201);

    assertThat(api.json("POST", "/api/v1/cameras", GATE).expect(409).json().get("detail").asText())
        .contains("gate");
  }

  @Test
  void aSceneThatIsWrongIsRefusedByTheNameOfItsField() throws Exception {
    String crossed = GATE.replace("[0.5, 0.9]", "[0.9, 0.9], [0.1, 0.8], [0.5, 0]");
    assertThat(
            api.json("POST", "/api/v1/cameras", crossed).expect(400).json().get("field").asText())
        .contains("scene.zones[0]");

    String unknownLine = GATE.replace("\"line\": \"v\"", "\"line\": \"w\"");
    assertThat(
            api.json("POST", "/api/v1/cameras", unknownLine)
                .expect(400)
                .json()
                .get("field")
                .asText())
        .contains("rules[0]");

    String misspelt = GATE.replace("retention-days", "retention-day");
    JsonNode problem = api.json("POST", "/api/v1/cameras", misspelt).expect(400).json();
    assertThat(problem.get("field").asText()).isEqualTo("retention-day");
  }

  @Test
  void listenersHearOfChanges() throws Exception {
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      api.json("POST", "/api/v1/cameras", GATE).expect(201);
      JsonNode added = events.await(message -> message.get("event").asText().equals("camera"));
      assertThat(added.at("/camera/id").asText()).isEqualTo("gate");

      api.delete("/api/v1/cameras/gate").expect(204);
      JsonNode removed =
          events.await(message -> !message.get("event").asText().equals("heartbeat"));
      assertThat(removed.get("event").asText()).isEqualTo("camera-removed");
      assertThat(removed.get("id").asText()).isEqualTo("gate");
    }
  }

  @Test
  void aPictureThatIsNotThereYetIsAskedForLater() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE).expect(201);

    Api.Answer answer = api.get("/api/v1/cameras/gate/snapshot.jpg?annotated=true").expect(503);

    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.json().get("detail").asText()).contains("gate");
    api.get("/api/v1/cameras/none/snapshot.jpg").expect(404);
    api.get("/api/v1/cameras/gate/counts").expect(200);
  }

  @Test
  void movementsAreAddedUpOverThePiecesOfTimeThatWereAskedFor() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE).expect(201);
    String counts = "/api/v1/cameras/gate/counts";
    assertThat(api.get(counts).expect(200).json().at("/movements/0/counts")).hasSize(2);
    assertThat(api.get(counts + "?per=15").expect(200).json().at("/movements/0").toString())
        .isEqualTo(
            "{\"rule\":\"turns\",\"counts\":[{\"from\":\"2026-11-23T07:00:00Z\","
                + "\"origin\":\"north\",\"destination\":\"east\",\"class\":\"car\","
                + "\"count\":5}]}");
    assertThat(api.get(counts).json().at("/lines/0/counts")).hasSize(2);
    assertThat(api.get(counts + "?per=15").expect(200).json().at("/lines/0/counts").toString())
        .isEqualTo(
            "[{\"from\":\"2026-11-23T07:00:00Z\",\"class\":\"car\",\"forward\":4,\"backward\":2}]");
    api.get(counts + "?per=7").expect(400);
  }
}
