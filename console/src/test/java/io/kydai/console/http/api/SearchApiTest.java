package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
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
import io.kydai.ingest.source.CameraId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchApiTest {
  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    camera("gate", "\"groups\": [\"north\"], \"place\": {\"lat\": 16.46, \"lon\": 107.59}");
    camera("park", "\"groups\": [\"south\"], \"place\": {\"lat\": 10.77, \"lon\": 106.7}");
    desk.api
        .json(
            "PUT",
            "/api/v1/areas/hue",
            "{\"name\": \"Huế\", \"polygon\": [[16, 107], [17, 107], [17, 108], [16, 108]]}")
        .expect(200);
    receive("a1", "gate", "6 người", "75F100041");
    receive("a2", "park", "=cmd|' /C calc'!A0", "51F12345");
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

  private void receive(String id, String camera, String reason, String plate) {
    Alert like = Alerts.read(DeskServer.alert(id), plate, 0.9);
    desk.reports.receive(
        new Alert(
            AlertId.of(id),
            new Alert.Origin(new CameraId(camera), RuleId.of("crowd"), "crowding"),
            like.phase(),
            like.span(),
            like.participants(),
            new Alert.Finding(reason, Map.of())),
        List.of());
  }

  private List<String> found(String query) throws Exception {
    return desk.api.get("/api/v1/search?" + query).expect(200).json().findValuesAsText("alert-id");
  }

  private List<AuditEntry> entries(AuditEventType type) {
    desk.groups.save();
    return desk.audit.list(new AuditFilter(null, null, null, type, null, null, 50, null)).entries();
  }

  @Test
  void groupsAndAreasStandForTheirCameras() throws Exception {
    assertThat(found("")).containsExactly("a2", "a1");
    assertThat(found("group=north")).containsExactly("a1");
    assertThat(found("area=hue")).containsExactly("a1");
    assertThat(found("area=hue&group=south")).isEmpty();
    String drawn = "polygon=16.4,107.5,16.5,107.5,16.5,107.7,16.4,107.7";
    assertThat(found(drawn)).containsExactly("a1");
    assertThat(found(drawn + "&group=south")).isEmpty();
    assertThat(found("polygon=-10,-20,-10,20.5,10,0")).isEmpty();
    for (String wrong :
        List.of(
            "1,2,3,4", "1,2,3,4,x,5", "91,0,0,1,1,1", "0,181,0,1,1,1", "1,1,".repeat(50) + "1,1")) {
      assertThat(
              desk.api
                  .get("/api/v1/search?polygon=" + wrong)
                  .expect(400)
                  .json()
                  .get("field")
                  .asText())
          .as(wrong)
          .isEqualTo("polygon");
    }
    assertThat(found("camera=park&group=south")).containsExactly("a2");
    assertThat(found("text=nguoi&order=oldest")).containsExactly("a1");
    JsonNode page = desk.api.get("/api/v1/search?limit=1").expect(200).json();
    assertThat(found("limit=1&cursor=" + page.get("next").asText())).containsExactly("a1");
    assertThat(desk.api.get("/api/v1/search?area=none").expect(400).json().get("field").asText())
        .isEqualTo("area");
  }

  @Test
  void aPlateIsLookedForWithAReasonThatTheAuditHas() throws Exception {
    assertThat(desk.api.get("/api/v1/search?plate=75F1*").expect(400).json().get("field").asText())
        .isEqualTo("reason");
    assertThat(desk.api.get("/api/v1/search?plate=*&reason=x").expect(400).json().get("field"))
        .hasToString("\"plate\"");
    assertThat(found("plate=75-F1*&reason=So%20123")).containsExactly("a1");
    desk.groups.close();
    AuditEntry entry =
        desk.audit
            .list(
                new AuditFilter(
                    null, null, null, AuditEventType.REPORT_SEARCHED, null, null, 50, null))
            .entries()
            .get(0);
    assertThat(entry.json()).contains("\"reason\":\"So 123\"", "\"plate\":\"75-F1*\"");
  }

  @Test
  void aFileHasNoFormulasAndNoReportThatMayNotBeSeenAndIsInTheAudit() throws Exception {
    String file =
        new String(
            desk.api.get("/api/v1/search/export?reason=case").expect(200).body(),
            StandardCharsets.UTF_8);
    assertThat(file).startsWith("\ufeffid,received-at").contains(",'=cmd|").contains(",75F100041,");
    assertThat(entries(AuditEventType.REPORTS_EXPORTED)).hasSize(1);
    desk.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.REVIEWER, Scope.of(new CameraId("gate")), null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient lan = new PersonClient(desk.address);
    lan.logIn(Map.of("name", "lan", "password", LoggedIn.PASSWORD)).is(200);
    assertThat(lan.get("/api/v1/search").is(200).json().findValuesAsText("camera"))
        .containsExactly("gate");
    assertThat(lan.get("/api/v1/search?camera=park").is(200).json().get("reports")).isEmpty();
  }

  @Test
  void searchesAreSavedForTheirOwnerAlone() throws Exception {
    PersonClient admin = new PersonClient(desk.address);
    admin.logIn(Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD)).is(200);
    Map<String, Object> week =
        Map.of("name", "Tuần này", "filter", Map.of("span", "168", "type", "crowding"));
    JsonNode saved = admin.post("/api/v1/saved-searches", week).is(201).json();
    assertThat(admin.post("/api/v1/saved-searches", week).is(400).text("field")).isEqualTo("name");
    admin
        .post("/api/v1/saved-searches", Map.of("name", "x", "filter", Map.of("colour", "red")))
        .is(400);
    JsonNode list = admin.get("/api/v1/saved-searches").is(200).json().get("searches");
    assertThat(list).hasSize(1);
    assertThat(list.get(0).get("filter")).hasToString("{\"span\":\"168\",\"type\":\"crowding\"}");
    desk.directory.add(
        "lan", "Lan", null, List.of(), LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
    PersonClient lan = new PersonClient(desk.address);
    lan.logIn(Map.of("name", "lan", "password", LoggedIn.PASSWORD)).is(200);
    String path = "/api/v1/saved-searches/" + saved.get("id").asText();
    assertThat(lan.get("/api/v1/saved-searches").is(200).json().get("searches")).isEmpty();
    lan.delete(path, Map.of()).is(404);
    admin.delete(path, Map.of()).is(204);
    assertThat(admin.get("/api/v1/saved-searches").is(200).json().get("searches")).isEmpty();
    assertThat(entries(AuditEventType.SEARCH_SAVED)).hasSize(1);
    assertThat(entries(AuditEventType.SEARCH_REMOVED)).hasSize(1);
    desk.api.get("/api/v1/saved-searches").expect(409);
  }

  @Test
  void hostileNamesOfSearchesAreKeptAsTextOrRefused() throws Exception {
    PersonClient admin = new PersonClient(desk.address);
    admin.logIn(Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD)).is(200);
    for (String refused : List.of(" ", "\u0000", "a\u0000b", "a\nb", "x".repeat(101))) {
      admin.post("/api/v1/saved-searches", Map.of("name", refused, "filter", Map.of())).is(400);
    }
    List<String> kept =
        List.of(
            "<img src=x onerror=alert(1)>",
            "'; DROP TABLE saved_search; --",
            ":account <list> ${x} %s",
            "=cmd|' /C calc'!A0",
            "\u202elive",
            "Đường Lê Lợi 🚓");
    for (String name : kept) {
      admin
          .post("/api/v1/saved-searches", Map.of("name", name, "filter", Map.of("text", name)))
          .is(201);
    }
    JsonNode searches = admin.get("/api/v1/saved-searches").is(200).json().get("searches");
    assertThat(searches.findValuesAsText("name")).isEqualTo(kept);
    assertThat(searches.findValuesAsText("text")).isEqualTo(kept);
  }

  @Test
  void noConditionBringsTheDatabaseToAFault() throws Exception {
    for (String value : List.of("%00", "a%00b", "%C3%28", "%ED%A0%80", "%27%3B--", "%25%5F")) {
      for (String path : List.of("search", "search/export", "reports", "incidents", "desk/late")) {
        for (String name :
            List.of("text", "agency", "type", "camera", "group", "plate", "cursor")) {
          String asked = "/api/v1/" + path + "?reason=x&" + name + "=" + value;
          assertThat(desk.api.get(asked).status()).as(asked).isIn(200, 400);
        }
      }
    }
    desk.api.get("/api/v1/reports/%00/comments").expect(404);
    desk.api.json("PUT", "/api/v1/areas/x", "{\"name\": \"a\\u0000\"}").expect(400);
  }

  @Test
  void searchesGoWithTheirAccountAndHaveABound() throws Exception {
    desk.directory.add(
        "lan", "Lan", null, List.of(), LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
    PersonClient lan = new PersonClient(desk.address);
    JsonNode session =
        lan.logIn(Map.of("name", "lan", "password", LoggedIn.PASSWORD)).is(200).json();
    for (int i = 0; i < 50; i++) {
      lan.post("/api/v1/saved-searches", Map.of("name", "s" + i, "filter", Map.of())).is(201);
    }
    lan.post("/api/v1/saved-searches", Map.of("name", "one more", "filter", Map.of())).is(400);
    String account = session.get("account").get("id").asText();
    desk.api.json("DELETE", "/api/v1/accounts/" + account, "").expect(204);
  }
}
