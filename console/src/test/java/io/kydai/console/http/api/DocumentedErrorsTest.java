package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Errors that the contract documents happen, for each operation that documents them: without a
 * log-in, without the right, with the version of before, and in a state that does not allow it. Of
 * 400 and 404 {@link ContractFuzzTest} shows it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedErrorsTest {
  @TempDir static Path folder;
  private final Contract contract = new Contract();
  private DeskServer desk;
  private Report report;

  private record Operation(String method, String path, JsonNode contract) {
    String id() {
      return contract.get("operationId").asText();
    }

    String permission() {
      return contract.path("x-permission").asText();
    }

    boolean documents(int status) {
      return contract.get("responses").has(String.valueOf(status));
    }
  }

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

  private Stream<Operation> operations(int documented) {
    return contract.document().get("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(one -> one.getValue().has("operationId"))
                    .map(
                        one ->
                            new Operation(
                                one.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                one.getValue())))
        .filter(operation -> operation.documents(documented));
  }

  private Stream<DynamicTest> each(Stream<Operation> operations, int expected, Api caller) {
    return operations.map(
        operation ->
            DynamicTest.dynamicTest(
                operation.id(), () -> send(operation, caller).expect(expected)));
  }

  /** Sends what the contract allows to an operation on the report of this test. */
  private Api.Answer send(Operation operation, Api caller) throws Exception {
    ContractValues values = new ContractValues(contract.document(), operation.id().hashCode());
    JsonNode schema =
        values
            .resolved(operation.contract().path("requestBody"))
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
}
