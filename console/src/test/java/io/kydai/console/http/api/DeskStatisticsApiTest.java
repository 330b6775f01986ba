package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskStatisticsApiTest {
  @TempDir Path folder;
  private DeskServer desk;
  private String span;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "url": "rtsp://127.0.0.1/",
             "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
             "rules": [{"id": "crowd", "type": "crowding", "zone": "z", "people": 5}]}
            """)
        .expect(201);
    Report assigned = desk.receive("a1", "a.jpg", "a");
    act(assigned, "verify", "{}");
    act(assigned, "assign", "{\"agency\": \"ward\"}");
    act(assigned, "return", "{\"reason\": \"not ours\"}");
    act(desk.receive("a2", "b.jpg", "b"), "reject", "{\"reason\": \"a flag\"}");
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
    span = "?from=" + day + "&to=" + day.plus(Duration.ofDays(1));
  }

  private void act(Report report, String action, String body) throws Exception {
    desk.api.json("POST", "/api/v1/reports/" + report.id() + "/" + action, body).expect(200);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private PersonClient person(String name, Role role, String camera) throws Exception {
    desk.directory.add(
        name,
        name,
        null,
        List.of(
            new Grant(
                role,
                camera.isEmpty() ? Scope.EVERYTHING : Scope.of(new CameraId(camera)),
                null,
                null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient person = new PersonClient(desk.address);
    person.logIn(Map.of("name", name, "password", LoggedIn.PASSWORD)).is(200);
    return person;
  }

  @Test
  void agenciesRulesAndMutesAreThoseThatTheCallerSees() throws Exception {
    desk.api
        .json(
            "PUT",
            "/api/v1/cameras/gate/rules/crowd/mute",
            "{\"until\": \"%s\", \"reason\": \"flags\"}"
                .formatted(Instant.now().plus(Duration.ofDays(1))))
        .expect(200);
    JsonNode all = desk.api.get("/api/v1/desk/statistics" + span).expect(200).json();
    assertThat(all.at("/agencies/0/agency").asText()).isEqualTo("ward");
    assertThat(all.at("/agencies/0/received").asInt()).isEqualTo(1);
    assertThat(all.at("/agencies/0/return-reasons/0/reason").asText()).isEqualTo("not ours");
    assertThat(all.at("/reject-reasons/0/count").asInt()).isEqualTo(1);
    assertThat(all.at("/rules/0/camera").asText()).isEqualTo("gate");
    assertThat(all.at("/rules/0/rejected-share").asDouble()).isEqualTo(0.5);
    assertThat(all.at("/rules/0/muted-until").isMissingNode()).isFalse();
    JsonNode park =
        person("lan", Role.REVIEWER, "park").get("/api/v1/desk/statistics" + span).is(200).json();
    assertThat(park.get("agencies")).isEmpty();
    assertThat(park.get("rules")).isEmpty();
    assertThat(park.get("rejected").asInt()).isZero();
  }

  @Test
  void reviewersAreForAuditorsAndASpanHasABound() throws Exception {
    PersonClient auditor = person("binh", Role.AUDITOR, "");
    JsonNode reviewers = auditor.get("/api/v1/desk/reviewers" + span).is(200).json();
    assertThat(reviewers.at("/reviewers/0/verified").asInt()).isEqualTo(1);
    assertThat(reviewers.at("/reviewers/0/rejected").asInt()).isEqualTo(1);
    assertThat(reviewers.at("/reviewers/0/sample")).hasSize(2);
    person("mai", Role.REVIEWER, "").get("/api/v1/desk/reviewers" + span).is(403);
    assertThat(
            auditor
                .get("/api/v1/desk/statistics?from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z")
                .is(400)
                .text("field"))
        .isEqualTo("to");
  }
}
