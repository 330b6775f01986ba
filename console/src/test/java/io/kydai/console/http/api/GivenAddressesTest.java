package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.http.Api;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody makes the node ask what is no camera, and an import tells nothing of other cameras. */
class GivenAddressesTest {
  private static final String CAMERAS = "/api/v1/cameras";

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", CAMERAS, camera("gate", "rtsp://127.0.0.1:1/x", "")).expect(201);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String camera(String id, String url, String more) {
    return "{\"id\": \"%s\", \"url\": \"%s\", \"groups\": [\"%s\"]%s}".formatted(id, url, id, more);
  }

  @Test
  void a_host_with_letters_of_a_language_is_a_host_and_a_wrong_character_is_named()
      throws Exception {
    api.json("POST", CAMERAS, camera("name", "rtsp://máy-ảnh.vn/s", "")).expect(201);
    assertThat(
            api.json("POST", CAMERAS, camera("caret", "rtsp://cam^2.local/s", ""))
                .expect(400)
                .json()
                .toString())
        .contains("url", "a host may not have the character '^'");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://169.254.169.254/x, '', url",
    "rtsp://[fd00:ec2::254]/x, '', url",
    "rtsp://0.0.0.0/x, '', url",
    "rtsp://127.0.0.1:9200/x, ', \"transport\": \"http\"', url",
    "rtsp://10.0.0.9/x, ', \"second-url\": \"rtsp://169.254.169.254/x\"', second-url",
    "rtsp://127.0.0.1/x, ', \"onvif\": \"http://127.0.0.1:9200/_cat\"', onvif",
    "rtsp://10.0.0.9/x, ', \"onvif\": \"http://localhost:9200/_cat\"', onvif",
    "rtsp://10.0.0.9/x, ', \"onvif\": \"http://169.254.169.254/latest\"', onvif"
  })
  void a_camera_is_neither_added_nor_replaced_with_an_address_that_none_has(
      String url, String more, String field) throws Exception {
    String text = api.json("POST", CAMERAS, camera("new", url, more)).expect(400).json().toString();
    assertThat(text).contains("\"field\":\"" + field + "\"");
    api.json("PUT", CAMERAS + "/gate", camera("gate", url, more)).expect(400);
    assertThat(api.get(CAMERAS + "/gate").json().get("url").asText()).endsWith("127.0.0.1:1/x");
  }

  @Test
  void an_import_is_held_to_the_same_rule() throws Exception {
    JsonNode plan =
        imported(api, "id,url,onvif", "one,rtsp://169.254.169.254/x,", "two,rtsp://10.0.0.1/x,")
            .expect(200)
            .json();
    assertThat(plan.get("applied").asBoolean()).isFalse();
    assertThat(plan.at("/rows/0/mistakes/0/column").asText()).isEqualTo("url");
    assertThat(plan.at("/rows/1/action").asText()).isEqualTo("add");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:9200/onvif/device_service?pretty",
        "http://127.0.0.1:9200/onvif/device_service/../_cat",
        "http://localhost:9200/_cat",
        "http://[::1]:9200/"
      })
  void a_question_for_streams_is_held_to_the_same_rule(String address) throws Exception {
    JsonNode problem =
        api.json("POST", "/api/v1/discovery/streams", "{\"address\": \"" + address + "\"}")
            .expect(400)
            .json();
    assertThat(problem.get("field").asText()).isEqualTo("address");
    assertThat(problem.get("detail").asText()).contains("an address that a camera can have");
  }

  @Test
  void names_are_not_looked_up_where_a_camera_is_given_one() {
    CameraAddressRule rule =
        new CameraAddressRule(
            host -> {
              throw new AssertionError(host);
            });
    assertThat(rule.allowsAsWritten(URI.create("rtsp://camera.example/x"))).isTrue();
    CameraAddressRule own =
        new CameraAddressRule(host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    assertThat(own.allowsAsWritten(URI.create("http://LOCALHOST/x"))).isFalse();
  }

  @Test
  void an_import_does_not_tell_what_a_camera_is_that_one_may_not_configure() throws Exception {
    Api other = ofGroup("park");
    String hidden = imported(other, "id,name", "gate,G").expect(200).json().get("rows").toString();
    String unknown = imported(other, "id,name", "nope,G").expect(200).json().get("rows").toString();
    assertThat(hidden.replace("gate", "nope")).isEqualTo(unknown);
  }

  /** A program that configures the cameras of a group. */
  private Api ofGroup(String group) {
    return new Api(
        desk.address,
        desk.directory
            .addToken(
                group,
                Set.of(Permission.LIVE, Permission.CONFIGURE_CAMERAS),
                new Scope(false, Set.of(), Set.of(group), Set.of()),
                null,
                Actor.SYSTEM,
                RequestOrigin.NONE)
            .secret());
  }

  @Test
  void the_past_of_a_removed_camera_is_not_had_by_taking_its_id() throws Exception {
    desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "picture");
    api.delete(CAMERAS + "/gate").expect(204);
    Api park = ofGroup("park");
    String same = "{\"id\": \"gate\", \"url\": \"rtsp://10.0.0.1/x\", \"groups\": [\"park\"]}";

    assertThat(park.json("POST", CAMERAS, same).expect(409).json().get("detail").asText())
        .contains("another id");
    JsonNode plan =
        imported(park, "id,url,groups", "gate,rtsp://10.0.0.1/x,park").expect(200).json();
    assertThat(plan.at("/rows/0/mistakes/0/code").asText()).isEqualTo("not-allowed");
    park.json("POST", CAMERAS, same.replace("gate", "fresh")).expect(201);
    api.json("POST", CAMERAS, same).expect(201);
  }

  private static Api.Answer imported(Api api, String... lines) throws Exception {
    String list = "\"" + String.join("\", \"", lines) + "\"";
    return api.json(
        "POST",
        "/api/v1/camera-imports",
        "{\"format\": \"csv\", \"apply\": true, \"lines\": [" + list + "]}");
  }
}
