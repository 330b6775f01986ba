package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedErrors;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-ins over HTTP, and what a browser or an attacker would try with them. */
class LogInTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CAMERA = "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\"}";
  private static final String GOOD =
      "{\"name\": \"admin\", \"password\": \"" + LoggedIn.PASSWORD + "\"}";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(desk.address.resolve(path))
            .timeout(Api.PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CONTRACT.checked(
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()),
        text -> text.getBytes(UTF_8));
  }

  private static String setCookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("");
  }

  private static String cookie(HttpResponse<String> answer) {
    return setCookie(answer).split(";", 2)[0];
  }

  @Test
  void aLogInGivesACookieThatNoScriptAndNoOtherSiteCanUse() throws Exception {
    HttpResponse<String> answer = send("POST", "/api/v1/session", GOOD);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(setCookie(answer))
        .matches(
            "kydai-session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict");
    JsonNode session = JSON.readTree(answer.body());
    assertThat(session.at("/account/name").asText()).isEqualTo("admin");
    assertThat(session.get("roles").get(0).asText()).isEqualTo("administrator");
    assertThat(session.get("permissions")).hasSize(Permission.values().length);
    assertThat(answer.body()).doesNotContain(cookie(answer).split("=")[1]);
    JsonNode again =
        JSON.readTree(send("GET", "/api/v1/session", "", "Cookie", cookie(answer)).body());
    assertThat(again).isEqualTo(session);
  }

  @Test
  void aCookieFromBeforeALogInIsWorthNothingAfterIt() throws Exception {
    String planted = "kydai-session=" + "A".repeat(43);
    HttpResponse<String> first = send("POST", "/api/v1/session", GOOD, "Cookie", planted);
    assertThat(cookie(first)).isNotEqualTo(planted);

    String origin = "http://" + desk.address.getAuthority();
    HttpResponse<String> second =
        send("POST", "/api/v1/session", GOOD, "Cookie", cookie(first), "Origin", origin);

    assertThat(cookie(second)).isNotEqualTo(cookie(first));
    for (String old : List.of(planted, cookie(first))) {
      assertThat(send("GET", "/api/v1/session", "", "Cookie", old).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void afterALogOutTheCookieIsWorthNothing() throws Exception {
    String cookie = cookie(send("POST", "/api/v1/session", GOOD));

    HttpResponse<String> out = send("DELETE", "/api/v1/session", "", "Cookie", cookie);

    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(setCookie(out)).startsWith("kydai-session=; ").contains("Max-Age=0");
    assertThat(send("GET", "/api/v1/cameras", "", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void aBrowsersChangeNeedsTheSessionsTokenAndAProgramsDoesNot() throws Exception {
    HttpResponse<String> in = send("POST", "/api/v1/session", GOOD);
    String csrf = JSON.readTree(in.body()).get("csrf-token").asText();
    String origin = "http://" + desk.address.getAuthority();
    String[][] signs = {{"Origin", origin}, {"Referer", origin + "/"}, {"Sec-Fetch-Site", "none"}};
    for (String[] sign : signs) {
      String[] forged = {"Cookie", cookie(in), sign[0], sign[1]};
      assertThat(send("POST", "/api/v1/cameras", CAMERA.formatted("a"), forged).statusCode())
          .as(sign[0])
          .isEqualTo(403);
      String[] wrong = {"Cookie", cookie(in), sign[0], sign[1], "X-CSRF-Token", csrf + "x"};
      assertThat(send("DELETE", "/api/v1/cameras/a", "", wrong).statusCode()).isIn(403, 404);
    }
    assertThat(desk.api.get("/api/v1/cameras").json().get("cameras")).isEmpty();

    String[] right = {"Cookie", cookie(in), "Origin", origin, "X-CSRF-Token", csrf};
    assertThat(send("POST", "/api/v1/cameras", CAMERA.formatted("a"), right).statusCode())
        .isEqualTo(201);
    String[] program = {"Authorization", "Bearer " + desk.token, "Origin", origin};
    assertThat(send("POST", "/api/v1/cameras", CAMERA.formatted("b"), program).statusCode())
        .isEqualTo(201);
    String[] curl = {"Cookie", cookie(in)};
    assertThat(send("POST", "/api/v1/cameras", CAMERA.formatted("c"), curl).statusCode())
        .isEqualTo(201);
  }

  @Test
  void whatWasWrongIsNotSaidAndGuessingIsSlowed() throws Exception {
    String wrong = "{\"name\": \"%s\", \"password\": \"not the password\"}";
    HttpResponse<String> known = send("POST", "/api/v1/session", wrong.formatted("admin"));
    HttpResponse<String> unknown = send("POST", "/api/v1/session", wrong.formatted("nobody"));
    assertThat(known.statusCode()).isEqualTo(401);
    assertThat(known.body().replaceFirst("request-id.*", ""))
        .isEqualTo(unknown.body().replaceFirst("request-id.*", ""));
    assertThat(setCookie(known)).isEmpty();
    for (int i = 0; i < 5; i++) {
      send("POST", "/api/v1/session", wrong.formatted("admin"));
    }

    HttpResponse<String> slowed = send("POST", "/api/v1/session", GOOD);

    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(slowed.headers().firstValue("Retry-After").orElseThrow()))
        .isPositive();
    desk.api.get("/api/v1/session").expect(200);
  }

  @Test
  void aTokenInAnAddressIsNoLogIn() throws Exception {
    for (String name : List.of("access_token", "token", "authorization")) {
      assertThat(send("GET", "/api/v1/openapi.json?" + name + "=" + desk.token, "").statusCode())
          .isEqualTo(401);
    }
    for (String header : List.of("Basic " + desk.token, "Bearer", "Bearer x", desk.token)) {
      assertThat(send("GET", "/api/v1/cameras", "", "Authorization", header).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void onesOtherLogInsAreListedAndEnded() throws Exception {
    String here = cookie(send("POST", "/api/v1/session", GOOD, "User-Agent", "here"));
    String there = cookie(send("POST", "/api/v1/session", GOOD, "User-Agent", "there"));

    JsonNode list =
        JSON.readTree(send("GET", "/api/v1/sessions", "", "Cookie", here).body()).get("sessions");
    assertThat(list.findValuesAsText("user-agent")).containsExactly("there", "here");
    assertThat(list.get(1).get("current").asBoolean()).isTrue();
    String id = list.get(0).get("id").asText();
    assertThat(send("DELETE", "/api/v1/sessions/" + id, "", "Cookie", here).statusCode())
        .isEqualTo(204);

    assertThat(send("GET", "/api/v1/session", "", "Cookie", there).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/v1/session", "", "Cookie", here).statusCode()).isEqualTo(200);
  }

  @Test
  void anotherPasswordEndsEveryLogInButTheOneThatChangesIt() throws Exception {
    String here = cookie(send("POST", "/api/v1/session", GOOD));
    String there = cookie(send("POST", "/api/v1/session", GOOD));
    String change = "{\"old\": \"%s\", \"new\": \"%s\"}";
    String next = "trang len tren nui Ngu";
    assertThat(
            send(
                    "PUT",
                    "/api/v1/account/password",
                    change.formatted("a guess at it", next),
                    "Cookie",
                    there)
                .statusCode())
        .isEqualTo(401);

    HttpResponse<String> changed =
        send(
            "PUT",
            "/api/v1/account/password",
            change.formatted(LoggedIn.PASSWORD, next),
            "Cookie",
            here);

    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    for (String old : List.of(here, there)) {
      assertThat(send("GET", "/api/v1/session", "", "Cookie", old).statusCode()).isEqualTo(401);
    }
    assertThat(send("GET", "/api/v1/session", "", "Cookie", cookie(changed)).statusCode())
        .isEqualTo(200);
    assertThat(send("POST", "/api/v1/session", GOOD).statusCode()).isEqualTo(401);
  }

  @Test
  void withoutALogInAPageLeadsToTheOneToLogInAndItsFilesAreKept() throws Exception {
    HttpResponse<String> wall = send("GET", "/", "");
    assertThat(wall.statusCode()).isEqualTo(302);
    assertThat(wall.headers().firstValue("Location")).contains("/signin.html");
    assertThat(send("GET", "/app.js", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/webjars/lit/3.3.1/index.js", "").statusCode()).isEqualTo(401);
    HttpResponse<String> page = send("GET", "/signin.html", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'", "form-action 'self'");
    for (String file : List.of("/signin.js", "/i18n.js", "/styles/tokens.css", "/flag.svg")) {
      assertThat(send("GET", file, "").statusCode()).as(file).isEqualTo(200);
    }
  }

  @Test
  void theFirstAdministratorIsNoWayInWhereThereIsAnAccount() throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/v1/first-administrator",
            "{\"secret\": \"%s\", \"name\": \"eve\", \"password\": \"%s\"}"
                .formatted("A".repeat(43), LoggedIn.PASSWORD));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(desk.directory.accounts()).hasSize(1);
  }

  private Account add(String name, Scope scope) {
    return desk.directory.add(
        name,
        name,
        null,
        List.of(new Grant(Role.OPERATOR, scope, null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
  }

  private String tokenOn(CameraId camera) {
    return token(camera).secret();
  }

  private Directory.NewToken token(CameraId camera) {
    return desk.directory.addToken(
        "watcher",
        Set.of(Permission.LIVE, Permission.EVIDENCE),
        Scope.of(camera),
        null,
        Actor.SYSTEM,
        RequestOrigin.NONE);
  }

  @Test
  void aRevokedRightEndsLivePicturesAndEvents() throws Exception {
    desk.api.json("POST", "/api/v1/cameras", CAMERA.formatted("shown")).expect(201);
    Directory.NewToken made = token(new CameraId("shown"));
    Api watcher = new Api(desk.address, made.secret());
    try (Api.Listener live = watcher.listen("/api/v1/cameras/shown/live", "LiveMessage");
        Api.Listener events = watcher.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));

      desk.directory.removeToken(made.token().id().value(), Actor.SYSTEM, RequestOrigin.NONE);

      assertThat(live.closed.get(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("1008 ");
      assertThat(events.closed.get(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("1008 ");
    }
  }

  @Test
  void aListenerHearsOnlyOfWhatItMaySee() throws Exception {
    Api watcher = new Api(desk.address, tokenOn(new CameraId("gate")));
    try (Api.Listener events = watcher.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      for (String camera : List.of("park", "gate")) {
        desk.api.json("POST", "/api/v1/cameras", CAMERA.formatted(camera)).expect(201);
        desk.events.alert(alert(camera));
        desk.reports.receive(alert(camera), List.of());
      }
      List<String> seen = new ArrayList<>();

      events.await(
          message -> {
            seen.add(message.toString());
            return message.get("event").asText().equals("report");
          });

      assertThat(seen).noneMatch(message -> message.contains("park"));
      assertThat(seen).anyMatch(message -> message.contains("\"alert\""));
    }
  }

  private static Alert alert(String camera) {
    Alert like = DeskServer.alert("01J" + "A".repeat(22) + (camera.equals("gate") ? "1" : "2"));
    return new Alert(
        AlertId.of(like.id().value()),
        new Alert.Origin(new CameraId(camera), RuleId.of("crowd"), "crowding"),
        like.phase(),
        like.span(),
        like.participants(),
        like.finding());
  }

  @Test
  void underChangesOfRightsAndLogInsNothingFailsAndTheLastWordHolds() throws Exception {
    desk.api.json("POST", "/api/v1/cameras", CAMERA.formatted("shown")).expect(201);
    Account lan = add("lan", Scope.of(new CameraId("shown")));
    String login = "{\"name\": \"lan\", \"password\": \"" + LoggedIn.PASSWORD + "\"}";
    try (LoggedErrors errors = new LoggedErrors()) {
      List<CompletableFuture<Void>> hammering = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        hammering.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int n = 0; n < 10; n++) {
                    try {
                      HttpResponse<String> in = send("POST", "/api/v1/session", login);
                      assertThat(in.statusCode()).isIn(200, 401);
                      HttpResponse<String> list =
                          send("GET", "/api/v1/cameras", "", "Cookie", cookie(in));
                      assertThat(list.statusCode()).isIn(200, 401, 403);
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  }
                }));
      }
      for (int n = 0; n < 20; n++) {
        Account now = desk.directory.account(lan.id().value()).orElseThrow();
        desk.directory.change(
            lan.id().value(),
            now.version(),
            "Lan",
            n % 3 != 0,
            null,
            n % 2 == 0 ? List.of() : lan.grants(),
            Actor.SYSTEM,
            RequestOrigin.NONE);
      }
      CompletableFuture.allOf(hammering.toArray(CompletableFuture[]::new))
          .get(120, TimeUnit.SECONDS);
      assertThat(errors.all()).isEmpty();
    }
    Account now = desk.directory.account(lan.id().value()).orElseThrow();
    assertThat(now.version()).isEqualTo(lan.version() + 20);
  }
}
