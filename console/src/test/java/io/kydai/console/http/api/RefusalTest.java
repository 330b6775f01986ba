package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal for want of a right has its entry in the audit, wherever it was found out. */
class RefusalTest {
  private static final String CAMERA = "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\"}";

  @TempDir Path folder;
  private DeskServer desk;
  private Report report;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api.json("POST", "/api/v1/cameras", CAMERA.formatted("gate")).expect(201);
    desk.api.json("POST", "/api/v1/cameras", CAMERA.formatted("park")).expect(201);
    report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "picture");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Api program(String name, Scope scope, Permission... permissions) {
    return new Api(
        desk.address,
        desk.directory
            .addToken(name, Set.of(permissions), scope, null, Actor.SYSTEM, RequestOrigin.NONE)
            .secret());
  }

  private List<AuditEntry> refusals(int expected) {
    long end = System.nanoTime() + Api.PATIENCE.toNanos();
    List<AuditEntry> entries;
    // They are recorded after their answers are sent.
    do {
      desk.groups.close();
      entries =
          desk.audit
              .list(
                  new AuditFilter(
                      null, null, null, AuditEventType.ACCESS_REFUSED, null, null, 500, null))
              .entries();
    } while (entries.size() < expected && System.nanoTime() < end);
    return entries;
  }

  @Test
  void aReportThatMayNotBeSeenIsAnsweredAsMissingAndRecordedAsRefused() throws Exception {
    Api park =
        program("park", Scope.of(new CameraId("park")), Permission.EVIDENCE, Permission.REVIEW);
    String path = "/api/v1/reports/" + report.id();
    Api.Answer hidden = park.get(path).expect(404);
    Api.Answer missing = park.get("/api/v1/reports/01JZZZZZZZZZZZZZZZZZZZZZZZ").expect(404);
    assertThat(hidden.json().get("detail").asText().replace(report.id().value(), "?"))
        .isEqualTo(
            missing.json().get("detail").asText().replace("01JZZZZZZZZZZZZZZZZZZZZZZZ", "?"));
    park.get(path + "/evidence/a.jpg").expect(404);
    park.json("POST", path + "/verify", "{}").expect(404);

    List<AuditEntry> refused = refusals(3);
    assertThat(refused)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.actorName()).isEqualTo("park");
              assertThat(one.report()).isEqualTo(report.id().value());
              assertThat(one.camera()).isEqualTo("gate");
              assertThat(one.address()).isEqualTo("127.0.0.1");
              assertThat(one.request()).isNotEmpty();
              assertThat(one.details()).contains("\"status\":404", "\"permission\":\"evidence\"");
            });
    assertThat(refused)
        .anySatisfy(
            one -> assertThat(one.details()).contains("\"operation\":\"getReport\"", "\"count\":1"))
        .anySatisfy(one -> assertThat(one.details()).contains("\"operation\":\"getEvidence\""))
        .anySatisfy(one -> assertThat(one.details()).contains("\"operation\":\"verifyReport\""));
  }

  @Test
  void aStepOfAReviewThatMayNotBeTakenIsRecorded() throws Exception {
    desk.directory.add(
        "reader",
        "Reader",
        null,
        List.of(
            Grant.of(Role.AUDITOR),
            new Grant(Role.REVIEWER, Scope.of(new CameraId("park")), null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient reader = new PersonClient(desk.address);
    reader.logIn(Map.of("name", "reader", "password", LoggedIn.PASSWORD)).is(200);
    reader.post("/api/v1/reports/" + report.id() + "/verify", Map.of()).is(403);
    List<AuditEntry> refused = refusals(1);
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).report()).isEqualTo(report.id().value());
    assertThat(refused.get(0).details())
        .contains("\"operation\":\"verifyReport\"", "\"permission\":\"review\"", "\"status\":403");
  }

  @Test
  void aCameraThatMayNotBeSeenOrPlacedIsRecordedAndOneThatIsNotThereIsNot() throws Exception {
    Api park =
        program(
            "park", Scope.of(new CameraId("park")), Permission.LIVE, Permission.CONFIGURE_CAMERAS);
    park.get("/api/v1/cameras/gate").expect(404);
    park.get("/api/v1/cameras/none").expect(404);
    park.get("/api/v1/cameras/park/counts").expect(403);
    park.json("POST", "/api/v1/cameras", CAMERA.formatted("door")).expect(403);

    List<AuditEntry> refused = refusals(3);
    assertThat(refused)
        .extracting(AuditEntry::camera)
        .containsExactlyInAnyOrder("gate", "park", "door");
  }
}
