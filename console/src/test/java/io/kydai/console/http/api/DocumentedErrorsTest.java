package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.recordings.Holds;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Errors that the contract documents happen, for each operation that documents them: without a
 * log-in, without the right, with the version of before, in a state that does not allow it, and
 * where there is no room. Of 400 and 404 {@link ContractFuzzTest} shows it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedErrorsTest {
  @TempDir static Path folder;
  private final Contract contract = new Contract();
  private DeskServer desk;
  private Report report;

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}")
        .expect(201);
    report = desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private Stream<ContractOperation> operations(int documented) {
    return contract.operations().filter(operation -> operation.documents(documented));
  }

  private Stream<DynamicTest> each(Stream<ContractOperation> operations, int expected, Api caller) {
    return operations.map(
        operation ->
            DynamicTest.dynamicTest(
                operation.id(), () -> send(operation, caller).expect(expected)));
  }

  /** Sends what the contract allows to an operation on the report of this test. */
  private Api.Answer send(ContractOperation operation, Api caller) throws Exception {
    ContractValues values = new ContractValues(contract.document(), operation.id().hashCode());
    JsonNode schema =
        values
            .resolved(operation.content().path("requestBody"))
            .path("content")
            .path("application/json")
            .path("schema");
    String path = operation.path().replaceAll("\\{[^}]+}", report.id().value());
    return schema.isMissingNode()
        ? caller.send(operation.method(), path, "")
        : caller.json(operation.method(), path, ContractValues.written(values.value(schema)));
  }

  @TestFactory
  Stream<DynamicTest> whoIsNotLoggedInGets401() {
    return each(
        operations(401).filter(operation -> !operation.permission().equals("public")),
        401,
        new Api(desk.address, ""));
  }

  @TestFactory
  Stream<DynamicTest> whoMayOnlyLookAtReportsGets403() {
    Api reader =
        new Api(
            desk.address,
            desk.directory
                .addToken(
                    "reader",
                    Set.of(Permission.EVIDENCE),
                    Scope.EVERYTHING,
                    null,
                    Actor.SYSTEM,
                    RequestOrigin.NONE)
                .secret());
    return each(
        operations(403).filter(operation -> operation.permission().equals("review")), 403, reader);
  }

  @TestFactory
  Stream<DynamicTest> whatSomebodyChangedMeanwhileGets409() {
    return operations(409)
        .filter(operation -> operation.method().equals("PUT"))
        .filter(operation -> operation.path().matches("/api/v1/desk/[a-z-]+"))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> {
                      ObjectNode present =
                          (ObjectNode) desk.api.get(operation.path()).expect(200).json();
                      present.remove(List.of("changed-at", "changed-by", "has-password"));
                      present.put("version", present.get("version").asLong() + 1);
                      desk.api
                          .json(operation.method(), operation.path(), present.toString())
                          .expect(409);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aStepThatTheStateDoesNotAllowGets409() throws Exception {
    Report closed = desk.receive("01JD00000000000000000000A2", "b.jpg", "picture");
    String path = "/api/v1/reports/" + closed.id();
    desk.api.json("POST", path + "/reject", "{\"reason\": \"x\"}").expect(200);
    desk.api.json("POST", path + "/close", "{}").expect(200);
    // Of a report that is closed only reopening is allowed, and of one that came in it is not.
    return operations(409)
        .filter(operation -> operation.method().equals("POST"))
        .filter(operation -> operation.path().matches("/api/v1/reports/\\{id}/[a-z]+"))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () ->
                        desk.api
                            .json(
                                "POST",
                                operation
                                    .path()
                                    .replace(
                                        "{id}",
                                        operation.path().endsWith("/reopen")
                                            ? report.id().value()
                                            : closed.id().value()),
                                "{\"reason\": \"x\", \"agency\": \"y\"}")
                            .expect(409)));
  }

  @Test
  void whatIsFullGets409() throws Exception {
    String hold =
        """
        {"from": "2026-11-22T08:00:00Z", "to": "2026-11-22T09:00:00Z", "reason": "Công văn 118"}
        """;
    desk.database().inTransaction(DocumentedErrorsTest::addHolds);
    desk.api.json("POST", "/api/v1/cameras/gate/holds", hold).expect(409);

    RecordedCamera.record(desk, new CameraId("gate"), Instant.parse("2026-11-28T08:00:00Z"), 100);
    String wish =
        """
        {"title": "Ngược chiều", "reason": "Công văn 118", "cameras": ["gate"],
         "from": "2026-11-28T08:00:00Z", "to": "2026-11-28T08:00:02Z"}
        """;
    assertThat(untilRefused("POST", "/api/v1/cases", wish)).isEqualTo(20);
    String layout = "{\"name\": \"%d\", \"tiles\": \"4\"}";
    assertThat(untilRefused("PUT", "/api/v1/layouts", layout)).isEqualTo(50);
  }

  /** Asks until that is refused with 409; returns how often it was done. */
  private int untilRefused(String method, String path, String body) throws Exception {
    for (int done = 0; done < 100; done++) {
      Api.Answer answer = desk.api.json(method, path, body.formatted(done));
      if (answer.status() == 409) {
        return done;
      }
      assertThat(answer.status()).isBetween(200, 201);
    }
    throw new AssertionError(path + " is never full");
  }

  private static int addHolds(Handle db) {
    PreparedBatch holds =
        db.prepareBatch(
            "INSERT INTO recording_hold (id, camera, from_at, to_at, reason, actor, created_at)"
                + " VALUES (:id, 'gate', 0, 1, 'x', 'x', 0)");
    for (int i = 0; i < Holds.MOST; i++) {
      holds.bind("id", "hold-" + i).add();
    }
    return holds.execute().length;
  }
}
