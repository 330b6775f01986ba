package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.MediaTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentApiTest {
  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "url": "rtsp://127.0.0.1/",
             "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
             "rules": [{"id": "crowd", "type": "crowding", "zone": "z", "people": 5}]}
            """)
        .expect(201);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void severalReportsOfARowAreDecidedTogether() throws Exception {
    Report one = desk.receive("a1", "a.jpg", "x");
    Report two = desk.receive("a2", "b.jpg", "x");
    api.json("PUT", "/api/v1/reports/" + two.id() + "/claim", "{}").expect(200);
    JsonNode page = api.get("/api/v1/incidents").expect(200).json();
    JsonNode row = page.at("/incidents/0");
    assertThat(page.get("incidents")).hasSize(1);
    assertThat(row.get("reports").asInt()).isEqualTo(2);
    assertThat(row.get("priority").asText()).isEqualTo("high");
    assertThat(row.at("/claim/holder").asText()).isEqualTo("operator");
    assertThat(page.at("/counts/to-check").asInt()).isEqualTo(1);
    assertThat(page.at("/counts/mine").asInt()).isEqualTo(1);
    assertThat(api.get("/api/v1/incidents?tab=mine").json().get("incidents")).hasSize(1);

    JsonNode whole = api.get("/api/v1/incidents/" + one.id()).expect(200).json();
    assertThat(whole.get("items").findValuesAsText("id"))
        .containsExactly(two.id().value(), one.id().value());
    String both =
        """
        {"action": "reject", "reason": "a flag", "reports":
          [{"id": "%s", "version": 1}, {"id": "%s", "version": %d}]}""";
    api.json("POST", "/api/v1/decisions", both.formatted(one.id(), two.id(), 2)).expect(409);
    JsonNode done =
        api.json("POST", "/api/v1/decisions", both.formatted(one.id(), two.id(), 1))
            .expect(200)
            .json();
    assertThat(done.get("reports").findValuesAsText("state"))
        .containsExactly("rejected", "rejected");
    assertThat(api.get("/api/v1/incidents?tab=done").json().at("/incidents/0/done").asInt())
        .isEqualTo(2);
    JsonNode verdicts = api.get("/api/v1/verdicts").expect(200).json().at("/rules/0");
    assertThat(verdicts.get("rejected-share").asDouble()).isEqualTo(1);
    api.get("/api/v1/incidents/01ARZ3NDEKTSV4RRFFQ69G5FAV").expect(404);
    api.get("/api/v1/incidents?tab=all").expect(400);
  }

  @Test
  void aRowHasAPictureOfItsLastReport() throws Exception {
    desk.receive("a1", "a.jpg", "x");
    Report two = desk.receive("a2", "b.jpg", "x");
    String picture =
        api.get("/api/v1/incidents").expect(200).json().at("/incidents/0/picture").asText();
    assertThat(picture).isEqualTo("/api/v1/reports/" + two.id() + "/evidence/b.jpg");
    api.get(picture).expect(200);
    desk.receive("c1", "yard", Instant.parse("2026-11-22T08:00:00Z"));
    JsonNode bare = api.get("/api/v1/incidents?camera=yard").json().at("/incidents/0");
    assertThat(bare.has("picture")).isFalse();
  }

  @Test
  void aReviewerIsToldWhereAReportWouldGo() throws Exception {
    Report one = desk.receive("a1", "a.jpg", "x");
    String path = "/api/v1/reports/" + one.id() + "/route";
    assertThat(api.get(path).expect(200).json()).as("no table is set").isEmpty();
    api.json(
            "PUT",
            "/api/v1/desk/agencies",
            "{\"version\": 0, \"agencies\": [{\"id\": \"ward\", \"name\": \"Ward\"}]}")
        .expect(200);
    api.json(
            "PUT",
            "/api/v1/desk/routing",
            """
            {"version": 0, "zone": "Asia/Ho_Chi_Minh", "desk": "ward",
             "rules": [{"id": "crowds", "types": ["crowding"], "agency": "ward"}]}
            """)
        .expect(200);
    JsonNode route = api.get(path).expect(200).json().get("route");
    assertThat(route.get("agency").asText()).isEqualTo("ward");
    assertThat(route.get("rule").asText()).isEqualTo("crowds");
    JsonNode after =
        api.json("POST", "/api/v1/reports/" + one.id() + "/verify", "{}").expect(200).json();
    assertThat(after.get("agency").asText()).isEqualTo(route.get("agency").asText());
    assertThat(api.get(path).expect(200).json()).as("it is there").isEmpty();
  }

  @Test
  void aRuleIsMutedForATimeAndTheMuteIsShown() throws Exception {
    String path = "/api/v1/cameras/gate/rules/crowd/mute";
    Instant until = Instant.now().plus(Duration.ofHours(1));
    String body = "{\"until\": \"%s\", \"reason\": \"road works\"}";
    api.json("PUT", path, body.formatted(until)).expect(200);
    assertThat(api.get("/api/v1/mutes").json().at("/mutes/0/reason").asText())
        .isEqualTo("road works");
    assertThat(desk.receive("a1", "a.jpg", "x").handling().state().text()).isEqualTo("rejected");
    api.delete(path).expect(204);
    assertThat(api.get("/api/v1/mutes").json().get("mutes")).isEmpty();
    assertThat(
            api.json("PUT", path, body.formatted("2020-01-01T00:00:00Z"))
                .expect(400)
                .json()
                .get("field")
                .asText())
        .isEqualTo("until");
  }

  @Test
  void commentsReasonsAndTemplatesAreKept() throws Exception {
    String comments = "/api/v1/reports/" + desk.receive("a1", "a.jpg", "x").id() + "/comments";
    api.json("POST", comments, "{\"text\": \"đã gọi\"}").expect(201);
    api.json("POST", comments, "{\"text\": \"Cảm ơn\", \"is-public\": true}").expect(201);
    JsonNode list = api.get(comments).expect(200).json().get("comments");
    assertThat(list.findValuesAsText("text")).containsExactly("đã gọi", "Cảm ơn");
    assertThat(list.findValuesAsText("is-public")).containsExactly("false", "true");

    String reasons = "/api/v1/desk/reject-reasons";
    assertThat(api.get(reasons).expect(200).json().get("reasons")).hasSize(6);
    String one =
        "{\"version\": 0, \"reasons\": [{\"digit\": 1, \"vi\": \"Cờ\", \"en\": \"Flag\"}]}";
    assertThat(api.json("PUT", reasons, one).expect(200).json().get("version").asInt())
        .isEqualTo(1);
    api.json("PUT", reasons, one).expect(409);
    String twice =
        "{\"version\": 1, \"reasons\": [{\"digit\": 1, \"vi\": \"a\", \"en\": \"a\"},"
            + " {\"digit\": 1, \"vi\": \"b\", \"en\": \"b\"}]}";
    assertThat(api.json("PUT", reasons, twice).expect(400).json().get("field").asText())
        .isEqualTo("reasons[1].digit");
    String templates = "/api/v1/desk/templates";
    api.json(
            "PUT",
            templates,
            "{\"version\": 0, \"templates\": [{\"name\": \"thanks\", \"text\": \"Cảm ơn\"}]}")
        .expect(200);
    assertThat(api.get(templates).json().at("/templates/0/text").asText()).isEqualTo("Cảm ơn");
  }

  private Report receive(String id, Instant at) {
    Timestamp start = new Timestamp(MediaTime.ZERO, at);
    Alert like = DeskServer.alert(id);
    return desk.reports.receive(
        new Alert(
            like.id(),
            like.origin(),
            like.phase(),
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            like.participants(),
            like.finding()),
        List.of());
  }

  @Test
  void anIncidentThatBeganBeforeARightShowsWhatCameSince() throws Exception {
    Instant began = Instant.now().minusSeconds(60);
    Report old = receive("old", began);
    Instant from = Instant.now().plusMillis(1);
    while (!Instant.now().minusMillis(1).isAfter(from)) {
      Thread.onSpinWait();
    }
    Report young = receive("young", Instant.now());
    assertThat(young.handling().incident()).isEqualTo(old.handling().incident());
    desk.directory.add(
        "later",
        "later",
        null,
        List.of(new Grant(Role.REVIEWER, Scope.EVERYTHING, from, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String cookie = LoggedIn.cookie(desk.address, "later");
    Api later = new Api(desk.address, "");

    JsonNode all = api.get("/api/v1/incidents?tab=to-check").expect(200).json();
    assertThat(all.at("/incidents/0/reports").asInt()).isEqualTo(2);
    JsonNode one =
        later
            .get("/api/v1/incidents?tab=to-check", "Cookie", cookie)
            .expect(200)
            .json()
            .at("/incidents/0");
    assertThat(one.get("reports").asInt()).isEqualTo(1);
    assertThat(one.get("to-check").asInt()).isEqualTo(1);
    assertThat(Instant.parse(one.get("first-at").asText())).isAfter(began.plusSeconds(30));
    JsonNode whole =
        later
            .get("/api/v1/incidents/" + old.handling().incident(), "Cookie", cookie)
            .expect(200)
            .json();
    assertThat(whole.get("first-at")).isEqualTo(one.get("first-at"));
  }

  @Test
  void onlyARuleThatThereIsIsMuted() throws Exception {
    String body = "{\"until\": \"%s\", \"reason\": \"road works\"}";
    api.json(
            "PUT",
            "/api/v1/cameras/gate/rules/nothing/mute",
            body.formatted(Instant.now().plus(Duration.ofHours(1))))
        .expect(404);
    assertThat(api.get("/api/v1/mutes").json().get("mutes")).isEmpty();
  }
}
