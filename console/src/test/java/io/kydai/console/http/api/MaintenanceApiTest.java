package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.Api;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of cameras are in their own list, and nowhere in the work of the desk. */
class MaintenanceApiTest {
  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/gate\"}")
        .expect(201);
    // Each of these is for all types.
    put(
        "deadlines",
        """
        {"version": 0, "zone": "UTC", "calendars": [], "rules": [{"id": "r", "stage": "check",
         "within": "PT1H", "remind": "PT0S", "escalate": "PT0S", "source": "", "verified": false}]}
        """);
    put("second-look", "{\"version\": 0, \"types\": [\"tamper\", \"crowding\"]}");
    put(
        "messages",
        """
        {"version": 0, "clip-wait": "PT45S", "pictures": false, "rules": [
          {"id": "all", "occasions": ["incident"], "groups": [], "areas": [],
           "channels": ["email"], "urgent-breaks-quiet": false,
           "to": {"accounts": [], "roles": ["reviewer"], "shifts": [], "camera-people": false,
                  "officers": false}}]}
        """);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void put(String setting, String body) throws Exception {
    api.json("PUT", "/api/v1/desk/" + setting, body).expect(200);
  }

  private int rows(String table) {
    return desk.database()
        .inSnapshot(
            db -> db.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one());
  }

  private JsonNode items() throws Exception {
    return api.get("/api/v1/cameras/gate").expect(200).json().at("/status/maintenance");
  }

  @Test
  void aFaultOfACameraIsNoWorkOfTheDesk() throws Exception {
    Report fault = desk.receive(Alerts.tamper("t1", Alert.Phase.OPENED, 20, "detail"));
    JsonNode counts = api.get("/api/v1/incidents").expect(200).json();
    for (String tab : List.of("to-check", "with-agency", "done", "mine")) {
      JsonNode page = api.get("/api/v1/incidents?tab=" + tab).expect(200).json();
      assertThat(page.get("incidents")).as(tab).isEmpty();
      assertThat(page.get("counts")).isEqualTo(counts.get("counts"));
    }
    assertThat(counts.get("counts").findValuesAsText("to-check")).allMatch("0"::equals);
    assertThat(rows("incident")).isZero();
    assertThat(rows("report_deadline")).isZero();
    assertThat(rows("message")).isZero();
    assertThat(api.get("/api/v1/reports?state=received").json().get("reports")).isEmpty();

    String path = "/api/v1/reports/" + fault.id();
    JsonNode whole = api.get(path).expect(200).json();
    assertThat(whole.get("state").asText()).isEqualTo("maintenance");
    assertThat(whole.get("actions")).isEmpty();
    assertThat(whole.has("incident")).isFalse();
    api.json("POST", path + "/verify", "{}").expect(409);
    api.json("POST", path + "/reject", "{\"reason\": \"x\"}").expect(409);
    api.json("POST", path + "/assign", "{\"agency\": \"x\"}").expect(409);
    api.json("POST", path + "/close", "{\"reason\": \"x\"}").expect(409);

    // The same settings are for what happens in front of the camera.
    Report crowd = desk.receive(Alerts.opened("c1"));
    assertThat(rows("incident")).isOne();
    assertThat(rows("report_deadline")).isOne();
    assertThat(rows("message")).isOne();
    api.json(
            "PUT",
            "/api/v1/reports/" + crowd.id() + "/parent",
            "{\"parent\": \"%s\"}".formatted(fault.id()))
        .expect(409);
  }

  @Test
  void itIsAtItsCameraWithSinceWhenItsPictureAndWhatToDoWhileItLasts() throws Exception {
    assertThat(items().isMissingNode()).isTrue();
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      Report fault = desk.receive(Alerts.tamper("t1", Alert.Phase.OPENED, 20, "detail"));
      desk.add("t1", "t1.jpg", new byte[] {1, 2, 3});
      JsonNode told =
          events.await(
              message ->
                  message.get("event").asText().equals("camera")
                      && message.at("/camera/status/maintenance/0").has("picture"));
      JsonNode item = items().get(0);
      assertThat(told.at("/camera/status/maintenance/0")).isEqualTo(item);
      assertThat(item.get("report").asText()).isEqualTo(fault.id().value());
      assertThat(item.get("rule").asText()).isEqualTo("view");
      assertThat(item.get("fault").asText()).isEqualTo("covered");
      assertThat(item.get("remedy").asText()).isEqualTo("clean-lens");
      assertThat(item.get("since").asText()).isEqualTo(Alerts.START.toString());
      assertThat(api.get(item.get("picture").asText()).expect(200).body())
          .isEqualTo(new byte[] {1, 2, 3});

      desk.reports.update(Alerts.tamper("t1", Alert.Phase.UPDATED, 40, "likeness"));
      assertThat(items().get(0).get("fault").asText()).isEqualTo("moved");
      desk.reports.update(Alerts.tamper("t1", Alert.Phase.CLOSED, 60, "likeness"));
      events.await(
          message ->
              message.get("event").asText().equals("camera")
                  && message.at("/camera/status/maintenance").isMissingNode());
      assertThat(items().isMissingNode()).isTrue();
      for (String found :
          List.of(
              "/api/v1/reports?state=maintenance",
              "/api/v1/search?state=maintenance&text=tamper")) {
        assertThat(api.get(found).expect(200).json().at("/reports/0/id").asText())
            .as(found)
            .isEqualTo(fault.id().value());
      }
    }
  }

  @Test
  void otherSystemsHearOfItAsOfWhatIsReceived() {
    desk.webhooks.configure(
        List.of(
            new WebhookConfig(
                URI.create("http://127.0.0.1:1/hook"),
                Secret.of("0123456789abcdef"),
                new TreeSet<>(List.of("report.received")))));
    desk.receive(Alerts.tamper("t1", Alert.Phase.OPENED, 20, "detail"));
    String body =
        desk.database()
            .inSnapshot(db -> db.createQuery("SELECT body FROM outbox").mapTo(String.class).one());
    assertThat(body)
        .contains("io.kydai.report.received.v1", "\"type\":\"tamper\"")
        .contains("\"state\":\"maintenance\"");
  }
}
