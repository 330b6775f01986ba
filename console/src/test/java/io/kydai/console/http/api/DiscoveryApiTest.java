package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import io.kydai.ingest.simulator.onvif.SimulatedProfile;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
public class DiscoveryApiTest {
  private static final String STREAMS = "/api/v1/discovery/streams";

  @TempDir Path folder;
  private OnvifSimulator camera;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    camera = camera("Gate 7").clock(ahead).start();
    desk = new DeskServer(folder, camera.discovery());
    api = desk.api;
  }

  public static OnvifSimulator.Builder camera(String name) {
    return OnvifSimulator.builder()
        .name(name)
        .media2()
        .ptz()
        .usernameToken("admin", "s3cret")
        .profile(profile("main", "H265", 2560, 1440))
        .profile(profile("sub", "H264", 640, 360))
        .profile(profile("tiny?user=admin&password=s3cret&channel=1", "H264", 160, 120));
  }

  private static SimulatedProfile profile(String path, String encoding, int width, int height) {
    String token = path.replaceAll("\\?.*", "");
    return new SimulatedProfile(
        token,
        token,
        encoding,
        width,
        height,
        25,
        URI.create("rtsp://admin:s3cret@192.168.1.10:554/" + path));
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
    camera.close();
  }

  private String question(String user, String password) {
    return "{\"address\": \"%s\", \"user\": \"%s\", \"password\": \"%s\"}"
        .formatted(camera.address(), user, password);
  }

  @Test
  void whatAnswersIsListedWithTheCamerasThatAreConfiguredThere() throws Exception {
    JsonNode before = api.get("/api/v1/discovery").expect(200).json().at("/found/0");
    assertThat(before.get("name").asText()).isEqualTo("Gate 7");
    assertThat(before.get("hardware").asText()).isEqualTo("sim");
    assertThat(before.get("address").asText()).isEqualTo(camera.address().toString());
    assertThat(before.get("cameras")).isEmpty();

    add("");
    JsonNode after = api.get("/api/v1/discovery").expect(200).json().at("/found/0");
    assertThat(after.at("/cameras/0").asText()).isEqualTo("gate");
  }

  private void add(String more) throws Exception {
    api.json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate\", \"url\": \"rtsp://admin:s3cret@127.0.0.1:1/x\"" + more + "}")
        .expect(201);
  }

  @Test
  void aCamerasStreamsAreShownWithoutItsPassword() throws Exception {
    Api.Answer answer = api.json("POST", STREAMS, question("admin", "s3cret")).expect(200);

    assertThat(new String(answer.body(), "UTF-8")).doesNotContain("s3cret");
    JsonNode streams = answer.json().get("streams");
    assertThat(List.of("main", "sub", "other")).isEqualTo(streams.findValuesAsText("role"));
    assertThat(streams.at("/0/url").asText()).isEqualTo("rtsp://127.0.0.1:554/main");
    assertThat(streams.at("/2/url").asText())
        .isEqualTo("rtsp://127.0.0.1:554/tiny?user=***&password=***&channel=1");
    assertThat(streams.at("/0/encoding").asText()).isEqualTo("H265");
    assertThat(answer.json().get("ptz").asBoolean()).isTrue();
    assertThat(answer.json().get("snapshot").asBoolean()).isTrue();
    double hours = answer.json().get("clock-offset-seconds").asDouble() / 3600;
    assertThat(Math.round(hours)).isEqualTo(1);
  }

  @Test
  void aRefusedLogInNamesThePasswordAndDoesNotRepeatIt() throws Exception {
    Api.Answer answer = api.json("POST", STREAMS, question("admin", "wr0ng")).expect(400);

    assertThat(answer.json().get("field").asText()).isEqualTo("password");
    assertThat(answer.json().get("detail").asText())
        .contains("The camera refused the log-in")
        .doesNotContain("wr0ng");
    assertThat(
            api.json("POST", STREAMS, question("", "")).expect(400).json().get("detail").asText())
        .contains("asks for a user and a password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GetSystemDateAndTime", "GetServices", "GetDeviceInformation", "GetSnapshotUri"})
  void anOperationThatIsKeptForAdministratorsCostsOnlyWhatItWouldHaveTold(String operation)
      throws Exception {
    try (OnvifSimulator restricted = camera("Gate 8").refusing(operation).start()) {
      String question =
          "{\"address\": \"%s\", \"user\": \"admin\", \"password\": \"s3cret\"}"
              .formatted(restricted.address());

      JsonNode offer = api.json("POST", STREAMS, question).expect(200).json();

      // Without GetServices, Media 2 is not found, and Media 1 knows no H.265.
      assertThat(offer.get("streams").findValuesAsText("url"))
          .hasSize(operation.equals("GetServices") ? 2 : 3);
      assertThat(offer.get("snapshot").asBoolean()).isEqualTo(!operation.equals("GetSnapshotUri"));
      assertThat(offer.at("/model").asText().isEmpty())
          .isEqualTo(operation.equals("GetDeviceInformation"));
    }
  }

  @Test
  void aRefusedStreamAddressLeavesTheStreamWithoutOne() throws Exception {
    try (OnvifSimulator restricted = camera("Gate 9").refusing("GetStreamUri").start()) {
      String question =
          "{\"address\": \"%s\", \"user\": \"admin\", \"password\": \"s3cret\"}"
              .formatted(restricted.address());

      JsonNode offer = api.json("POST", STREAMS, question).expect(200).json();

      assertThat(offer.get("streams")).hasSize(3);
      assertThat(offer.get("streams").findValuesAsText("url")).isEmpty();
      assertThat(offer.get("snapshot").asBoolean()).isTrue();
    }
  }

  @Test
  void whatDoesNotAnswerIsSaidSo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String nobody = "{\"address\": \"127.0.0.1:%d\"}".formatted(port);

    assertThat(api.json("POST", STREAMS, nobody).expect(504).json().get("detail").asText())
        .contains("127.0.0.1:" + port + " cannot be connected to");
    String console = "{\"address\": \"%s\"}".formatted(desk.address.getAuthority());
    api.json("POST", STREAMS, console).expect(502);
  }

  @Test
  void aQuestionThatIsWrongIsRefusedByTheNameOfItsField() throws Exception {
    for (String wrong :
        List.of(
            "{}",
            "{\"address\": 7}",
            "{\"address\": \"file:///etc/passwd\"}",
            "{\"address\": \"http://a:s3cret@b/\"}",
            "{\"address\": \"http://\"}",
            "{\"address\": \"a b\"}")) {
      JsonNode problem = api.json("POST", STREAMS, wrong).expect(400).json();
      assertThat(problem.get("field").asText()).as(wrong).isEqualTo("address");
      assertThat(problem.get("detail").asText()).doesNotContain("s3cret");
    }
    assertThat(
            api.json("POST", STREAMS, "{\"address\": \"h\", \"pass\": \"x\"}")
                .expect(400)
                .json()
                .get("field")
                .asText())
        .isEqualTo("pass");
    assertThat(
            api.json("POST", STREAMS, "{\"address\": \"https://h/\", \"fingerprint\": \"12\"}")
                .expect(400)
                .json()
                .get("field")
                .asText())
        .isEqualTo("fingerprint");
  }

  @Test
  void aCameraIsMovedStoppedAndSentToAPreset() throws Exception {
    add(", \"onvif\": \"" + camera.address() + "\"");
    String ptz = "/api/v1/cameras/gate/ptz";

    assertThat(api.get(ptz).expect(200).json().at("/presets/0/name").asText()).isEqualTo("Gate");
    api.json("POST", ptz, "{\"move\": {\"pan\": -0.5, \"zoom\": 1}}").expect(204);
    api.json("POST", ptz, "{\"stop\": true}").expect(204);
    api.json("POST", ptz, "{\"preset\": \"1\"}").expect(204);
    assertThat(camera.done())
        .containsExactly("ContinuousMove -0.500 0.000 1.000", "Stop", "GotoPreset 1");

    assertThat(
            api.json("POST", ptz, "{\"preset\": \"9\"}").expect(502).json().get("detail").asText())
        .contains("The requested preset token does not exist");
    for (String wrong :
        List.of(
            "{}",
            "{\"move\": {\"pan\": 2}}",
            "{\"move\": {\"roll\": 1}}",
            "{\"move\": 1}",
            "{\"stop\": false}",
            "{\"stop\": true, \"preset\": \"1\"}",
            "{\"preset\": \"\"}")) {
      api.json("POST", ptz, wrong).expect(400);
    }
  }

  @Test
  void aCameraWithoutOnvifIsNotMoved() throws Exception {
    add("");

    assertThat(
            api.json("POST", "/api/v1/cameras/gate/ptz", "{\"stop\": true}")
                .expect(409)
                .json()
                .get("detail")
                .asText())
        .contains("no 'onvif'");
    api.get("/api/v1/cameras/none/ptz").expect(404);
  }

  @Test
  void theCamerasPasswordGoesToNoOtherHost() throws Exception {
    add(
        ", \"onvif\": \"http://localhost:%d/onvif/device_service\""
            .formatted(camera.address().getPort()));

    assertThat(
            api.json("POST", "/api/v1/cameras/gate/ptz", "{\"stop\": true}")
                .expect(502)
                .json()
                .get("detail")
                .asText())
        .contains("asks for a user and a password");
    api.get("/api/v1/cameras/gate/ptz").expect(502);
  }

  @Test
  void aCameraThatDoesNotAnswerIsNotMoved() throws Exception {
    add(", \"onvif\": \"" + camera.address() + "\"");
    camera.close();

    api.json("POST", "/api/v1/cameras/gate/ptz", "{\"stop\": true}").expect(504);
    api.get("/api/v1/cameras/gate/ptz").expect(504);
  }
}
