package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.PeopleConfig;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Role;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody whose role needs a second factor, and who has none yet, reaches what sets one up and
 * nothing else, by every operation of the contract.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingFactorTest {
  /** They end the very log-in that asks. */
  private static final Set<String> ENDING = Set.of("logOut", "logOutByOidc");

  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private DeskServer desk;
  private String cookie;

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder, new PeopleConfig(Set.of(Role.ADMINISTRATOR), null));
    cookie = LoggedIn.cookie(desk.address);
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  @TestFactory
  Stream<DynamicTest> onlyWhatSetsAFactorUpIsAnswered() {
    return CONTRACT.operations().map(this::test);
  }

  private DynamicTest test(ContractOperation operation) {
    String word = operation.permission();
    return DynamicTest.dynamicTest(
        operation.id(),
        () -> {
          if (word.equals("public") || ENDING.contains(operation.id())) {
            return;
          }
          HttpResponse<String> answer = call(operation.path(), operation.method());
          if (word.equals("log-in")) {
            assertThat(answer.statusCode()).as(answer.body()).isNotIn(401, 403);
          } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("second factor");
          }
        });
  }

  private HttpResponse<String> call(String path, String method) throws Exception {
    String real =
        path.replace("{id}", path.contains("/cameras/") ? "gate" : "01JAAAAAAAAAAAAAAAAAAAAAAA")
            .replace("{hold}", "none")
            .replace("{number}", "1")
            .replace("{session}", "none")
            .replace("{attachment}", "none")
            .replaceAll("\\{[zxy]}", "0")
            .replace("{signal}", "none")
            .replace("{rule}", "none")
            .replace("{name}", "none.jpg")
            .replace("{file}", "none.mp4");
    boolean body = method.equals("POST") || method.equals("PUT");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(desk.address.resolve(real))
            .timeout(Duration.ofSeconds(60))
            .header("Cookie", cookie);
    if (body) {
      request.header("Content-Type", "application/json");
    }
    request.method(
        method,
        body
            ? HttpRequest.BodyPublishers.ofString("{\"no-such-key\": 1}")
            : HttpRequest.BodyPublishers.noBody());
    return CONTRACT.checked(
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()),
        text -> text.getBytes(UTF_8));
  }

  @Test
  void neitherWebSocketOpens() {
    for (String path : new String[] {"/api/v1/events", "/api/v1/cameras/gate/live"}) {
      assertThatThrownBy(() -> new Api(desk.address, "").listen(path, "EventMessage", cookie))
          .hasStackTraceContaining("WebSocketHandshakeException");
    }
  }
}
