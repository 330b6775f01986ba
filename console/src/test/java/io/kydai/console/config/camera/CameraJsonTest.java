package io.kydai.console.config.camera;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.budget.Attention;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CameraJsonTest {
  private static final String WHOLE =
      """
      {"id": "gate", "name": "Gate", "url": "rtsp://u:p@cam/1?x=1",
       "place": {"lat": 10.5, "lon": 106, "address": "here"}, "purpose": "safety",
       "retention-days": 7,
       "scene": {"lines": [{"id": "l", "from": [0, 0.5], "to": [1, 0.5]}],
                 "zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1]]}]},
       "rules": [{"id": "r", "type": "intrusion", "zone": "z", "classes": ["person"],
                  "schedule": ["mon-fri 22:00-05:00"], "for": 1.5}]}
      """;

  private static CameraConfig read(String json) {
    return CameraJson.read(json.getBytes(UTF_8));
  }

  private static ConfigProblem mistake(String json) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(json));
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0);
  }

  @Test
  void whatIsStoredComesBackTheSame() {
    CameraConfig camera = read(WHOLE);
    assertThat(CameraJson.fromStorage(CameraJson.toStorage(camera))).isEqualTo(camera);
    assertThat(camera.rules().get(0).settings())
        .isEqualTo(
            Map.of(
                "zone",
                "z",
                "classes",
                List.of("person"),
                "schedule",
                List.of("mon-fri 22:00-05:00"),
                "for",
                1.5));
  }

  @Test
  void theStoredTextStaysAsItIs() {
    assertThat(CameraJson.toStorage(read(WHOLE)))
        .isEqualTo(
            """
            {"id":"gate","name":"Gate","url":"rtsp://u:p@cam/1?x=1","place":{"lat":10.5,\
            "lon":106.0,"address":"here"},"purpose":"safety","retention-days":7,\
            "scene":{"lines":[{"id":"l","from":[0.0,0.5],"to":[1.0,0.5]}],"zones":[{"id":"z",\
            "polygon":[[0.0,0.0],[1.0,0.0],[1.0,1.0]]}]},"rules":[{"id":"r","type":"intrusion",\
            "classes":["person"],"for":1.5,"schedule":["mon-fri 22:00-05:00"],"zone":"z"}]}""");
  }

  @Test
  void howCloselyItIsLookedAtComesBackTheSame() {
    for (String analysis :
        List.of(
            "{\"priority\": \"low\"}",
            "{\"priority\": 4.5, \"idle-fps\": 0.5}",
            "{\"idle-fps\": \"off\"}")) {
      CameraConfig camera =
          read("{\"id\": \"a\", \"url\": \"rtsp://cam/1\", \"analysis\": " + analysis + "}");
      assertThat(camera.attention()).isNotEqualTo(Attention.DEFAULT);
      assertThat(CameraJson.fromStorage(CameraJson.toStorage(camera))).isEqualTo(camera);
    }
  }

  @Test
  void theGroundAndTheUsesOfZonesComeBackTheSame() {
    String scene =
        """
        {"id": "a", "url": "rtsp://cam/1", "scene": {
          "zones": [
            {"id": "l", "polygon": [[0, 0], [1, 0], [1, 1]], "use": "lane",
             "direction": [[0.5, 0.9], [0.5, 0.1]]},
            {"id": "i", "polygon": [[0, 0], [1, 0], [1, 1]], "use": "ignore"},
            {"id": "f", "polygon": [[0, 0], [1, 0], [1, 1]], "use": "far"}],
          "calibration": %s}}
        """;
    for (String calibration :
        List.of(
            """
            {"points": [{"image": [0, 0], "metres": [0, 50]}, {"image": [1, 0], "metres": [50, 50]},
             {"image": [1, 1], "metres": [50, 0]}, {"image": [0, 1], "metres": [0, 0.5]}]}""",
            """
            {"points": [{"image": [0, 0], "wgs84": [10.771, 106.7]},
             {"image": [1, 0], "wgs84": [10.771, 106.701]},
             {"image": [1, 1], "wgs84": [10.77, 106.701]},
             {"image": [0, 1], "wgs84": [10.77, 106.7]}]}""",
            """
            {"lane": {"left": [[0.3, 0.9], [0.45, 0.5]], "right": [[0.7, 0.9], [0.55, 0.5]],
             "width": 3.5, "length": 12}}""")) {
      CameraConfig camera = read(scene.formatted(calibration));
      assertThat(camera.scene().calibration()).isNotNull();
      assertThat(CameraJson.fromStorage(CameraJson.toStorage(camera))).isEqualTo(camera);
    }
  }

  @Test
  void answersHideUserAndPassword() {
    assertThat(CameraJson.write(read(WHOLE))).containsEntry("url", "rtsp://cam/1?x=***");
  }

  @Test
  void aShownCameraCanBeSentBack() throws Exception {
    CameraConfig camera = read(WHOLE);
    CameraConfig back = read(new ObjectMapper().writeValueAsString(CameraJson.write(camera)));
    assertThat(back.withUrl(camera.url())).isEqualTo(camera);
  }

  @Test
  void theIdMayComeFromTheAddress() {
    byte[] body = "{\"url\": \"rtsp://cam/1\"}".getBytes(UTF_8);
    assertThat(CameraJson.read(new CameraId("a"), body).id()).isEqualTo(new CameraId("a"));
    byte[] other = "{\"id\": \"b\", \"url\": \"rtsp://cam/1\"}".getBytes(UTF_8);
    assertThatThrownBy(() -> CameraJson.read(new CameraId("a"), other))
        .hasMessage("id: the same id as in the address, 'a', is expected");
  }

  @Test
  void mistakesHavePointers() {
    ConfigProblem problem =
        mistake(
            "{\"id\":\"a\",\"url\":\"rtsp://c/\",\"scene\":{\"lines\":[{\"id\":\"l\",\"from\":[0,2],\"to\":[1,1]}]}}");
    assertThat(problem.pointer()).isEqualTo("/scene/lines/0/from/1");
    assertThat(problem.key()).isEqualTo("scene.lines[0].from[1]");
    assertThat(problem.message()).isEqualTo("2 is not in 0 to 1");
    assertThat(mistake("{\"id\":\"a\",\"url\":\"rtsp://c/\",\"a/b\":1}").pointer())
        .isEqualTo("/a~1b");
    assertThat(mistake("{\"id\":\"a\",\"id\":\"a\",\"url\":\"rtsp://c/\"}").message())
        .isEqualTo("the key is given twice");
  }

  @Test
  void nobodyOutsideMayReferToTheNodesSecrets() {
    assertThat(mistake("{\"id\":\"a\",\"url\":\"rtsp://evil/${HOME}\"}").message())
        .contains("are permitted in the file only");
    assertThat(mistake("{\"id\":\"a\",\"url\":\"file:/etc/passwd\"}").message())
        .contains("are permitted in the file only");
  }

  @Test
  void malformedBodiesAreRefusedWithoutRepeatingThem() {
    assertThat(mistake("{\"url\": \"rtsp://u:hunter2@c/\"").message())
        .startsWith("not JSON at line 1")
        .doesNotContain("hunter2");
    assertThat(mistake("").message()).contains("a JSON object is expected");
    assertThat(mistake("[1]").message()).isEqualTo("keys with values are expected, not a list");
    assertThat(mistake("{} {}").message()).contains("after");
    assertThat(mistake("[".repeat(50_000)).message()).startsWith("not JSON");
    assertThat(mistake(" ".repeat((1 << 20) + 1)).message()).contains("1 MiB");
  }
}
