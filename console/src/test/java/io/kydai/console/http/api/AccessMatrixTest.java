package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract, as every role and without a log-in, on a camera (or a report of
 * a camera) that the role was granted on and on another. What is expected comes from the contract's
 * {@code x-permission} and the roles' table alone, so that an operation without an entry fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
  private static final String GRANTED = "gate";
  private static final String OTHER = "park";
  private static final String UNKNOWN_ID = "01JAAAAAAAAAAAAAAAAAAAAAAA";

  /** They end the very log-in that asks, and are tested by name elsewhere. */
  private static final Set<String> ENDING = Set.of("logOut");

  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private DeskServer desk;
  private final Map<Role, String> cookies = new TreeMap<>();
  private final Map<String, String> reports = new TreeMap<>();

  private static boolean onCamera(ContractOperation operation) {
    return operation.path().startsWith("/api/v1/cameras/{id}");
  }

  private static boolean onReport(ContractOperation operation) {
    return operation.path().startsWith("/api/v1/reports/{id}");
  }

  private static List<ContractOperation> operations() {
    return CONTRACT.operations().toList();
  }

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    for (String camera : List.of(GRANTED, OTHER)) {
      addCamera(camera);
      Report report = desk.reports.receive(alert(camera), List.of());
      reports.put(camera, report.id().value());
    }
    for (Role role : Role.values()) {
      String name = "one-" + role.wire();
      desk.directory.add(
          name,
          name,
          role == Role.AGENCY_OFFICER ? "police" : null,
          List.of(new Grant(role, Scope.of(new CameraId(GRANTED)), null, null)),
          LoggedIn.PASSWORD,
          Actor.SYSTEM,
          RequestOrigin.NONE);
      cookies.put(role, LoggedIn.cookie(desk.address, name));
    }
  }

  private void addCamera(String id) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\"}".formatted(id))
        .expect(201);
  }

  private static Alert alert(String camera) {
    Alert like = DeskServer.alert("01J" + "A".repeat(22) + (camera.equals(GRANTED) ? "1" : "2"));
    return new Alert(
        AlertId.of(like.id().value()),
        new Alert.Origin(new CameraId(camera), RuleId.of("crowd"), "crowding"),
        like.phase(),
        like.span(),
        like.participants(),
        like.finding());
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  /** The status of an operation on something of a camera. */
  private HttpResponse<String> call(ContractOperation operation, String camera, String cookie)
      throws Exception {
    String path =
        operation
            .path()
            .replace("{signal}", "none")
            .replace("{z}/{x}/{y}", "0/0/0")
            .replace("{name}", "none.jpg")
            .replace("{file}", "1-part0.mp4")
            .replace("{rule}", "none")
            .replace("{hold}", UNKNOWN_ID)
            .replace("{number}", "1")
            .replace("{session}", UNKNOWN_ID)
            .replace("{attachment}", UNKNOWN_ID)
            .replace(
                "{id}",
                onCamera(operation)
                    ? camera
                    : onReport(operation)
                        ? reports.get(camera)
                        : operation.path().contains("/areas/") ? "none" : UNKNOWN_ID);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(desk.address.resolve(path)).timeout(Duration.ofSeconds(60));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    boolean body = operation.method().equals("POST") || operation.method().equals("PUT");
    if (body) {
      // No operation takes it: what is let in is refused for it, and changes nothing.
      request.header("Content-Type", "application/json");
    }
    request.method(
        operation.method(),
        body
            ? HttpRequest.BodyPublishers.ofString("{\"no-such-key\": 1}")
            : HttpRequest.BodyPublishers.noBody());
    return CONTRACT.checked(
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()),
        text -> text.getBytes(UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> withoutALogInOnlyWhatIsPublicIsAnswered() {
    return operations().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.id(),
                    () -> {
                      int status = call(operation, GRANTED, "").statusCode();
                      if (operation.permission().equals("public")) {
                        assertThat(status).isNotIn(401, 403);
                      } else {
                        assertThat(status).isEqualTo(401);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyRoleMayDoWhatItsTableSaysOnItsCameraAndNothingOnAnother() {
    return Stream.of(Role.values())
        .flatMap(
            role ->
                operations().stream()
                    .filter(operation -> !ENDING.contains(operation.id()))
                    .map(
                        operation ->
                            DynamicTest.dynamicTest(
                                role.wire() + " " + operation.id(), () -> check(role, operation))));
  }

  private void check(Role role, ContractOperation operation) throws Exception {
    String cookie = cookies.get(role);
    int status = call(operation, GRANTED, cookie).statusCode();
    if (operation.id().equals("removeCamera") && status == 204) {
      addCamera(GRANTED);
    }
    if (Set.of("public", "any", "log-in").contains(operation.permission())) {
      assertThat(status).isNotIn(401, 403);
      return;
    }
    Permission permission = Permission.of(operation.permission()).orElseThrow();
    boolean has = role.permissions().contains(permission);
    if (onCamera(operation)) {
      boolean sees = role.permissions().contains(Permission.LIVE) || has;
      assertStatus(status, has, sees ? 403 : 404);
      assertThat(call(operation, OTHER, cookie).statusCode()).isEqualTo(404);
    } else if (onReport(operation)) {
      // An agency officer sees what is assigned to the agency, and no report is.
      boolean sees =
          role.permissions().contains(Permission.EVIDENCE) && role != Role.AGENCY_OFFICER;
      if (!has) {
        assertThat(status).isEqualTo(403);
      } else if (!sees) {
        assertThat(status).isIn(400, 404);
      } else {
        assertThat(status).isNotIn(401, 403);
      }
      assertThat(call(operation, OTHER, cookie).statusCode()).isIn(400, 403, 404);
    } else if (permission.onCameras()) {
      assertStatus(status, has, 403);
    } else {
      // What concerns the node is held by nobody whose rights are limited to some cameras.
      assertThat(status).isEqualTo(403);
    }
  }

  private static void assertStatus(int status, boolean allowed, int otherwise) {
    if (allowed) {
      assertThat(status).isNotIn(401, 403);
    } else {
      assertThat(status).isEqualTo(otherwise);
    }
  }

  @Test
  void nothingOfAnotherCameraIsInAnyListOrDifference() throws Exception {
    for (Role role : Role.values()) {
      String cookie = cookies.get(role);
      for (String list : List.of("listCameras", "listReports")) {
        ContractOperation operation =
            operations().stream().filter(one -> one.id().equals(list)).findFirst().orElseThrow();
        HttpResponse<String> answer = call(operation, GRANTED, cookie);
        assertThat(answer.body()).doesNotContain(OTHER);
        if (answer.statusCode() == 200 && role != Role.AGENCY_OFFICER) {
          assertThat(answer.body()).contains(GRANTED);
        }
      }
      // A camera that may not be seen is answered as one that is not there.
      ContractOperation camera =
          operations().stream().filter(one -> one.id().equals("getCamera")).findFirst().get();
      String hidden = call(camera, OTHER, cookie).body();
      String missing = call(camera, "lost", cookie).body();
      assertThat(withoutRequestId(hidden).replace(OTHER, "lost"))
          .isEqualTo(withoutRequestId(missing));
    }
  }

  private static String withoutRequestId(String problem) {
    return problem.replaceFirst(",\"request-id\":\"[^\"]*\"", "");
  }
}
