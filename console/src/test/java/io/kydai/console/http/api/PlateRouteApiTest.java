package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Alerts;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateRouteApiTest {
  private static final String PLATE = "75F100041";

  @TempDir Path folder;
  private DeskServer desk;
  private Instant now;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    now = Instant.now();
    camera("gate", "\"place\": {\"lat\": 16.46, \"lon\": 107.59}");
    camera("park", "\"place\": {\"lat\": 16.50, \"lon\": 107.59}");
    camera("lane", "\"place\": {\"lat\": 16.48, \"lon\": 107.59, \"address\": \"Lê Lợi\"}");
    camera("attic", "\"groups\": []");
    // They came in otherwise than they happened.
    receive("a3", "park", 30, PLATE);
    receive("a1", "gate", 600, PLATE);
    receive("a2", "lane", 60, PLATE);
    receive("a4", "attic", 10, PLATE);
    receive("b1", "gate", 20, "51F12345");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void camera(String id, String more) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\", %s}".formatted(id, more))
        .expect(201);
  }

  private void receive(String id, String camera, int secondsAgo, String plate) {
    Alert like = Alerts.read(DeskServer.alert(id), plate, 0.9);
    Timestamp start = new Timestamp(MediaTime.ZERO, now.minusSeconds(secondsAgo));
    desk.reports.receive(
        new Alert(
            AlertId.of(id),
            new Alert.Origin(new CameraId(camera), RuleId.of("red"), "red-light"),
            like.phase(),
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            like.participants(),
            new Alert.Finding("over the line", Map.of())),
        List.of());
  }

  private String query(String plate, String reason) {
    return "/api/v1/search/route?plate=%s&from=%s&until=%s&reason=%s"
        .formatted(plate, now.minusSeconds(3600), now.plusSeconds(3600), reason);
  }

  @Test
  void readingsAreInTheOrderOfTheirTimesAndJumpsAreMarked() throws Exception {
    JsonNode route = desk.api.get(query("75-F1.00041", "CV%20123")).expect(200).json();
    assertThat(route.get("plate").asText()).isEqualTo(PLATE);
    assertThat(route.get("more").asBoolean()).isFalse();
    JsonNode reads = route.get("reads");
    assertThat(reads.findValuesAsText("camera")).containsExactly("gate", "lane", "park", "attic");
    assertThat(reads.get(0).has("leg")).isFalse();
    // 2.2 km in 540 s, then 2.2 km in 30 s.
    assertThat(reads.get(1).get("leg").get("implausible").asBoolean()).isFalse();
    assertThat(reads.get(1).get("where").get("address").asText()).isEqualTo("Lê Lợi");
    assertThat(reads.get(2).get("leg").get("implausible").asBoolean()).isTrue();
    assertThat(reads.get(2).get("leg").get("kilometres-per-hour").asDouble()).isBetween(260., 270.);
    assertThat(reads.get(3).has("leg")).as("no place").isFalse();
    assertThat(reads.get(3).get("confidence").asDouble()).isEqualTo(0.9);
    AuditEntry entry = entry();
    assertThat(entry.json())
        .contains("\"reason\":\"CV 123\"", "\"plate\":\"75F100041\"", "\"reads\":4");
  }

  private AuditEntry entry() {
    desk.groups.save();
    return desk.audit
        .list(new AuditFilter(null, null, null, AuditEventType.PLATE_TRACED, null, null, 50, null))
        .entries()
        .get(0);
  }

  @Test
  void itWantsAReasonAWholePlateAndASpanWithABound() throws Exception {
    assertThat(field(query(PLATE, "%20"))).isEqualTo("reason");
    assertThat(field(query("75F1*", "x"))).isEqualTo("plate");
    assertThat(field(query("!", "x"))).isEqualTo("plate");
    String span = "/api/v1/search/route?plate=" + PLATE + "&reason=x&from=%s&until=%s";
    assertThat(field(span.formatted(now, now))).isEqualTo("until");
    assertThat(field(span.formatted(now, now.plus(Duration.ofDays(32))))).isEqualTo("until");
    desk.api.get("/api/v1/search/route?plate=" + PLATE + "&reason=x").expect(400);
  }

  private String field(String path) throws Exception {
    return desk.api.get(path).expect(400).json().get("field").asText();
  }

  @Test
  void onlyAnInvestigatorFollowsAPlateAndOnlyOverTheOwnCameras() throws Exception {
    assertThat(
            person("lan", Role.INVESTIGATOR)
                .get(query(PLATE, "x"))
                .is(200)
                .json()
                .get("reads")
                .findValuesAsText("camera"))
        .containsExactly("gate", "lane");
    person("hoa", Role.OPERATOR).get(query(PLATE, "x")).is(403);
    person("tam", Role.REVIEWER).get(query(PLATE, "x")).is(403);
  }

  private PersonClient person(String name, Role role) throws Exception {
    desk.directory.add(
        name,
        name,
        null,
        List.of(
            new Grant(role, Scope.of(new CameraId("gate")), null, null),
            new Grant(role, Scope.of(new CameraId("lane")), null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient client = new PersonClient(desk.address);
    client.logIn(Map.of("name", name, "password", LoggedIn.PASSWORD)).is(200);
    return client;
  }
}
