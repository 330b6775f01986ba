package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.http.Api;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console's pages ask of cameras: pausing, copying, importing, testing, trying rules. */
@Timeout(60)
class CameraWorkApiTest {
  private static final String CAMERAS = "/api/v1/cameras";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    for (String id : List.of("gate", "park")) {
      api.json(
              "POST",
              CAMERAS,
              """
              {"id": "%s", "url": "rtsp://admin:s3cret@127.0.0.1:1/%s", "groups": ["%s"],
               "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
               "rules": [{"id": "c", "type": "crowding", "zone": "z", "people": %d}]}
              """
                  .formatted(id, id, id, id.equals("gate") ? 3 : 9))
          .expect(201);
    }
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private List<String> audited() {
    return desk.audit.list(AuditFilter.all(100)).entries().stream()
        .map(entry -> entry.type())
        .toList();
  }

  @Test
  void a_fault_is_handed_to_somebody_until_it_is_taken_back_or_mended() throws Exception {
    String gate = CAMERAS + "/gate/handover";
    JsonNode handed =
        api.json("PUT", gate, "{\"to\": \" Điện lực \", \"note\": \"tủ điện cháy\"}")
            .expect(200)
            .json();
    assertThat(handed.at("/status/handed-over/to").asText()).isEqualTo("Điện lực");
    assertThat(handed.at("/status/handed-over/by").asText()).isEqualTo("operator");
    assertThat(
            api.get(CAMERAS).expect(200).json().at("/cameras/0/status/handed-over/note").asText())
        .isEqualTo("tủ điện cháy");
    JsonNode back = api.delete(gate + "?cause=taken-back").expect(200).json();
    assertThat(back.at("/status").has("handed-over")).isFalse();
    assertThat(audited()).contains("camera.handed-over", "camera.handover-ended");
    api.delete(gate + "?cause=bored").expect(400);
    api.json("PUT", gate, "{\"to\": \"  \"}").expect(400);
    api.json("PUT", gate, "{\"note\": \"x\"}").expect(400);
  }

  @Test
  void a_paused_camera_says_so_until_it_goes_on() throws Exception {
    String until = Instant.now().plusSeconds(3600).toString();
    JsonNode paused =
        api.json(
                "PUT",
                CAMERAS + "/gate/pause",
                "{\"reason\": \"cột đèn\", \"until\": \"" + until + "\"}")
            .expect(200)
            .json();
    assertThat(paused.at("/status/paused/reason").asText()).isEqualTo("cột đèn");
    assertThat(api.get(CAMERAS).expect(200).json().at("/cameras/0/status/paused/until").asText())
        .startsWith(until.substring(0, 19));

    JsonNode resumed = api.delete(CAMERAS + "/gate/pause").expect(200).json();
    assertThat(resumed.at("/status").has("paused")).isFalse();
    api.json("PUT", CAMERAS + "/gate/pause", "{\"until\": \"2020-01-01T00:00:00Z\"}").expect(400);
    api.json("PUT", CAMERAS + "/none/pause", "{}").expect(404);
    api.json("POST", CAMERAS + "/gate/retry", "{}").expect(204);
  }

  @Test
  void settings_are_copied_to_all_or_to_none() throws Exception {
    api.json(
            "POST",
            CAMERAS + "/gate/copy-settings",
            "{\"to\": [\"park\", \"none\"], \"keys\": [\"rules\"]}")
        .expect(400);
    assertThat(api.get(CAMERAS + "/park").json().at("/rules/0/people").asInt()).isEqualTo(9);

    api.json(
            "POST",
            CAMERAS + "/gate/copy-settings",
            "{\"to\": [\"park\"], \"keys\": [\"rules\", \"groups\"]}")
        .expect(200);
    JsonNode park = api.get(CAMERAS + "/park").json();
    assertThat(park.at("/rules/0/people").asInt()).isEqualTo(3);
    assertThat(park.at("/groups/0").asText()).isEqualTo("gate");
    assertThat(park.at("/url").asText()).endsWith("/park");
  }

  private Api.Answer table(String format, boolean apply, String... lines) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("format", format).put("apply", apply);
    ArrayNode array = body.putArray("lines");
    List.of(lines).forEach(array::add);
    return api.json("POST", "/api/v1/camera-imports", body.toString());
  }

  @Test
  void a_table_is_previewed_and_then_imported_all_or_none() throws Exception {
    String[] wrong = {"id,name,url", "one,One,rtsp://10.0.0.1/x", "two,Two,nonsense"};
    JsonNode plan = table("csv", true, wrong).expect(200).json();
    assertThat(plan.get("applied").asBoolean()).isFalse();
    assertThat(plan.at("/rows/1/mistakes/0/line").asInt()).isEqualTo(3);
    assertThat(plan.at("/rows/1/mistakes/0/column").asText()).isEqualTo("url");
    api.get(CAMERAS + "/one").expect(404);

    String[] right = {"id,name,url", "one,One,rtsp://10.0.0.1/x", "gate,Renamed,"};
    assertThat(table("csv", false, right).json().get("added").asInt()).isEqualTo(1);
    api.get(CAMERAS + "/one").expect(404);
    JsonNode done = table("csv", true, right).expect(200).json();
    assertThat(done.get("applied").asBoolean()).isTrue();
    assertThat(done.get("changed").asInt()).isEqualTo(1);
    assertThat(api.get(CAMERAS + "/gate").json().get("name").asText()).isEqualTo("Renamed");
    assertThat(api.get(CAMERAS + "/gate").json().at("/rules/0/people").asInt()).isEqualTo(3);
    api.get(CAMERAS + "/one").expect(200);
    assertThat(audited()).contains("cameras.imported", "camera.added", "camera.changed");
  }

  @Test
  void an_export_has_no_password_and_is_imported_without_a_change() throws Exception {
    String yaml = new String(api.get("/api/v1/camera-exports").expect(200).body(), "UTF-8");
    assertThat(yaml).contains("id: gate").doesNotContain("s3cret").doesNotContain("admin");
    JsonNode plan = table("yaml", true, yaml.split("\n")).expect(200).json();
    assertThat(plan.get("wrong").asInt()).isZero();
    assertThat(plan.get("changed").asInt()).isZero();

    String csv =
        new String(
            api.get("/api/v1/camera-exports?format=csv&of=all").expect(200).body(),
            StandardCharsets.UTF_8);
    assertThat(csv.lines().toList()).hasSize(3);
    assertThat(csv).doesNotContain("s3cret");
  }

  @Test
  void the_test_of_an_address_prefers_the_small_stream() throws Exception {
    String main = "rtsp://admin:pa%20ss@10.0.0.9:554/cam/realmonitor?channel=1&subtype=0";
    for (String url : List.of(main, main.replace("subtype=0", "subtype=1"))) {
      desk.tested.put(
          url, new TestedStream(url, null, "", null, 25, Duration.ofMillis(900), new byte[] {1}));
    }
    Api.Answer answer =
        api.json(
                "POST",
                "/api/v1/camera-tests",
                "{\"address\": \"rtsp://10.0.0.9:554/cam/realmonitor?channel=1&subtype=0\","
                    + " \"user\": \"admin\", \"password\": \"pa ss\"}")
            .expect(200);

    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("pa ss");
    JsonNode json = answer.json();
    assertThat(json.at("/streams/0/role").asText()).isEqualTo("sub");
    assertThat(json.at("/streams/0/url").asText()).endsWith("subtype=1");
    assertThat(json.has("fault")).isFalse();
    assertThat(json.get("picture").asText()).isEqualTo("AQ==");
    assertThat(json.get("first-picture-ms").asInt()).isEqualTo(900);
  }

  @Test
  void a_tunnel_through_http_is_held_to_the_rule_of_http() throws Exception {
    JsonNode json =
        api.json(
                "POST",
                "/api/v1/camera-tests",
                "{\"address\": \"rtsp://127.0.0.1:9200/_cat\", \"transport\": \"http\"}")
            .expect(200)
            .json();
    assertThat(json.at("/fault/code").asText()).isEqualTo("address-refused");
  }

  @Test
  void a_password_in_an_address_is_not_in_the_audit() throws Exception {
    api.json("POST", "/api/v1/camera-tests", "{\"address\": \"RTSP://admin:secret@127.0.0.1:1/x\"}")
        .expect(200);
    assertThat(api.get("/api/v1/audit?type=camera.tested").expect(200).json().toString())
        .contains("127.0.0.1")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://127.0.0.1:1/x, connection-refused, check-rtsp-enabled",
    "rtsp://169.254.169.254/x, address-refused, correct-address",
    "http://169.254.169.254/onvif/device_service, address-refused, correct-address",
    "http://127.0.0.1:8080/healthz, address-refused, correct-address",
    "http://[fd00:ec2::254]/onvif/device_service, address-refused, correct-address",
    "rtsp://0.0.0.0/x, address-refused, correct-address"
  })
  void a_fault_is_a_code_and_what_to_do(String address, String code, String remedy)
      throws Exception {
    JsonNode json =
        api.json("POST", "/api/v1/camera-tests", "{\"address\": \"" + address + "\"}")
            .expect(200)
            .json();
    assertThat(json.at("/fault/code").asText()).isEqualTo(code);
    assertThat(json.at("/fault/remedy").asText()).isEqualTo(remedy);
  }

  @Test
  void a_name_is_refused_when_one_of_its_addresses_is() throws Exception {
    InetAddress metadata = InetAddress.getByName("169.254.169.254");
    InetAddress camera = InetAddress.getByName("192.168.1.10");
    CameraAddressRule rule = new CameraAddressRule(host -> new InetAddress[] {camera, metadata});
    assertThat(rule.allows(URI.create("rtsp://camera/x"))).isFalse();
    CameraAddressRule private_ = new CameraAddressRule(host -> new InetAddress[] {camera});
    assertThat(private_.allows(URI.create("http://camera/onvif"))).isTrue();
  }

  @Test
  void a_trial_says_how_often_the_rule_would_have_alerted() throws Exception {
    for (int i = 0; i < 100; i++) {
      Track track = new Track(1, "person", 0.9f, new Box(0.4f, 0.4f, 0.5f, 0.6f), true, 0);
      desk.seen.add(
          new Observation(
              new CameraId("gate"),
              i * 9000L,
              Instant.now().minusSeconds(60).plusMillis(i * 100L),
              1280,
              720,
              List.of(track)));
    }
    JsonNode trial =
        api.json(
                "POST",
                CAMERAS + "/gate/trial",
                """
                {"rule": {"id": "c", "type": "intrusion", "zone": "new"}, "hours": 6,
                 "scene": {"zones": [{"id": "new", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]}}
                """)
            .expect(200)
            .json();
    assertThat(trial.get("possible").asBoolean()).isTrue();
    assertThat(trial.get("alerts").asInt()).isEqualTo(1);
    assertThat(trial.get("observed-seconds").asInt()).isEqualTo(9);
    assertThat(trial.at("/found/0/boxes/0/0").asDouble()).isEqualTo(0.4);

    JsonNode not =
        api.json(
                "POST",
                CAMERAS + "/gate/trial",
                "{\"rule\": {\"id\": \"c\", \"type\": \"tamper\"}}")
            .expect(200)
            .json();
    assertThat(not.get("cause").asText()).isEqualTo("needs-picture");
    api.json(
            "POST",
            CAMERAS + "/gate/trial",
            "{\"rule\": {\"id\": \"c\", \"type\": \"crowding\", \"zone\": \"nowhere\"}}")
        .expect(400);
  }

  @Test
  void every_template_is_a_valid_scene_with_rules_of_known_types() throws Exception {
    JsonNode templates = api.get("/api/v1/rule-templates").expect(200).json().get("templates");
    assertThat(templates.size()).isGreaterThanOrEqualTo(6);
    for (JsonNode template : templates) {
      ObjectNode camera = JSON.createObjectNode().put("id", "x").put("url", "rtsp://h/x");
      ObjectNode scene = camera.putObject("scene");
      for (JsonNode drawn : template.get("draw")) {
        ObjectNode item = drawn.deepCopy();
        String kind = item.remove("as").asText() + "s";
        scene.withArray(kind).add(item);
      }
      camera.set("rules", template.get("rules"));
      assertThat(CameraJson.read(camera.toString().getBytes(StandardCharsets.UTF_8)).rules())
          .as(template.get("id").asText())
          .allSatisfy(
              rule -> {
                RuleType type = RuleTypes.all().get(rule.type());
                assertThat(type.allParameters())
                    .extracting(parameter -> parameter.name())
                    .containsAll(rule.settings().keySet());
              });
    }
  }
}
