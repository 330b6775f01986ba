package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedErrors;
import io.kydai.console.http.RawClient;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.origin.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send, and the answer to it; after each the server goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
  private static final String PROBLEM = "application/problem+json";

  private static final String TOO_MUCH =
      "POST /api/v1/cameras HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @TempDir static Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", "/api/v1/cameras", "{\"id\": \"here\", \"url\": \"rtsp://127.0.0.1/\"}")
        .expect(201);
  }

  @AfterAll
  void stop() throws Exception {
    desk.close();
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvSource({
    "GET,    /api/v1/nothing,                           404, ''",
    "GET,    /api/v1/cameras/UPPER,                     404, ''",
    "GET,    /api/v1/cameras/none,                      404, ''",
    "GET,    /api/v1/reports/none,                      404, ''",
    "GET,    /api/v1/reports/%00,                       404, ''",
    "GET,    /missing.html,                             404, ''",
    "GET,    /../../etc/passwd,                         404, ''",
    "GET,    /webjars/..%2f..%2flogback.xml,            404, ''",
    "GET,    /api/v1/reports?limit=0,                   400, limit",
    "GET,    /api/v1/reports?limit=201,                 400, limit",
    "GET,    /api/v1/reports?limit=many,                400, limit",
    "GET,    /api/v1/reports?limit=1&limit=2,           400, limit",
    "GET,    /api/v1/reports?state=lost,                400, state",
    "GET,    /api/v1/reports?camera=A%20B,              400, camera",
    "GET,    /api/v1/reports?since=yesterday,           400, since",
    "GET,    /api/v1/reports?cursor=%27%20OR%201,       400, cursor",
    "GET,    /api/v1/reports?page=2,                    400, page",
    "GET,    /api/v1/reports?limit=,                    400, limit",
    "GET,    /api/v1/reports?limit=%22,                 400, limit",
    "GET,    /api/v1/reports?limit=1.5,                 400, limit",
    "GET,    /api/v1/reports?camera=gate%0A,            400, camera",
    "GET,    /api/v1/cameras/here/counts?per=7,         400, per",
    "GET,    /api/v1/cameras/gate%0A,                   404, ''",
    "GET,    /api/v1/reports/none/evidence/..mp4,       404, ''",
    "GET,    /api/v1/cameras/here/snapshot.jpg?annotated=maybe, 400, annotated",
    "PATCH,  /api/v1/cameras,                           405, ''",
    "DELETE, /api/v1/cameras,                           405, ''",
    "DELETE, /healthz,                                  405, ''",
    "TRACE,  /healthz,                                  405, ''",
    "TRACE,  /api/v1/cameras,                           405, ''",
    "GET,    /api/v1/reports/none/verify,               405, ''",
    "GET,    /api/v1/events,                            426, ''",
    "GET,    /api/v1/cameras/here/live,                 426, ''"
  })
  void isRefusedInWords(String method, String path, int status, String field) throws Exception {
    Api.Answer answer = api.send(method, path, "").expect(status);

    assertThat(answer.contentType()).isEqualTo(PROBLEM);
    assertThat(answer.json().path("field").asText()).isEqualTo(field);
    assertThat(answer.json().get("detail").asText()).isNotBlank();
    if (status == 405) {
      assertThat(answer.header("Allow")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{",
        "[]",
        "\"text\"",
        "{\"id\": \"a\", \"id\": \"b\"}",
        "{} {}",
        "{\"id\": 1e400}",
        "''",
        "{\"id\": \"a\", \"url\": \"rtsp://h/\", \"rules\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}"
      })
  void aBodyThatIsNoCameraIsRefused(String body) throws Exception {
    Api.Answer answer = api.json("POST", "/api/v1/cameras", body);

    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo(PROBLEM);
  }

  @Test
  void whatAParameterMayBeIsSaid() throws Exception {
    assertThat(api.get("/api/v1/reports?limit=0").json().get("detail").asText())
        .isEqualTo("Expected: a whole number from 1 to 200.");
    assertThat(api.get("/api/v1/cameras/here/counts?per=7").json().get("detail").asText())
        .isEqualTo("Expected: one of 5, 15, 60.");
    assertThat(api.get("/api/v1/reports?page=2").json().get("detail").asText())
        .isEqualTo(
            "This parameter is unknown. Known: agency, below, camera, cursor, limit, since, state, text, type.");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    String body = "{\"name\": \"" + "x".repeat(Limits.BODY) + "\"}";

    assertThat(api.json("POST", "/api/v1/cameras", body).expect(413).json().get("detail").asText())
        .contains(String.valueOf(Limits.BODY));
  }

  /** Else the system resets the connection, and the answer is lost on its way. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 8000000||", "Transfer-Encoding: chunked||7a1200|"})
  void whoSendsTooMuchBeforeReadingStillGetsTheAnswer(String framing) throws Exception {
    String head = TOO_MUCH + framing.replace("|", "\r\n");

    assertThat(api.raw(head + "x".repeat(8_000_000) + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains(PROBLEM);
  }

  @Test
  void whoSendsWithoutEndIsCutOff() throws Exception {
    String head = TOO_MUCH + "Content-Length: 9000000000\r\n\r\n";
    byte[] more = new byte[64 * 1024];

    try (Socket socket = new Socket(desk.address.getHost(), desk.address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(more);
                }
              })
          .isInstanceOf(IOException.class);
    }
    api.get("/healthz").expect(200);
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() throws Exception {
    api.send("POST", "/api/v1/cameras", "{}", "Content-Type", "text/plain").expect(415);
    api.send("POST", "/api/v1/cameras", "{}").expect(415);
    api.send("PUT", "/api/v1/cameras/a", "a=b", "Content-Type", "application/x-www-form-urlencoded")
        .expect(415);
  }

  @Test
  void anotherSitesPageMayChangeNothing() throws Exception {
    for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:1"}) {
      String[] headers = {"Content-Type", "application/json", "Origin", origin};
      api.send("POST", "/api/v1/cameras", "{}", headers).expect(403);
      api.send("DELETE", "/api/v1/cameras/a", "", "Origin", origin).expect(403);
    }
  }

  @Test
  void anotherSitesPageMayOpenNoWebSocket() throws Exception {
    String answer = api.raw(upgrade("/api/v1/events", "127.0.0.1", "http://evil.example"));

    assertThat(answer).startsWith("HTTP/1.1 403").contains(PROBLEM);
  }

  @Test
  void aForeignNameThatLeadsHereIsNotAnswered() throws Exception {
    assertThat(
            api.raw(
                "GET /api/v1/cameras HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(api.raw(upgrade("/api/v1/events", "evil.example", "http://evil.example")))
        .startsWith("HTTP/1.1 421");
    assertThat(api.raw("GET /healthz HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(api.raw("GET /healthz HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(api.raw("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest(name = "Host: {0}, Origin: {1} → {2}")
  @CsvSource({
    // A proxy that hands the browser's host on, and one that writes its own.
    "kydai.example,     https://kydai.example,      101",
    "kydai.example:443, https://kydai.example,      101",
    "KYDAI.example,     https://kydai.EXAMPLE,      101",
    "127.0.0.1:8080,    https://kydai.example,      101",
    "localhost,         http://localhost,           101",
    // The name is the proxy's, the page is not.
    "kydai.example,     https://evil.example,       403",
    "127.0.0.1:8080,    https://evil.example,       403",
    "127.0.0.1:8080,    https://kydai.example:8443, 403",
    "127.0.0.1:8080,    https://x.kydai.example,    403",
    "x.kydai.example,   https://kydai.example,      421",
  })
  void behindAProxyItsPublicAddressIsOurOwn(String host, String origin, int status)
      throws Exception {
    assertThat(api.head(upgrade("/api/v1/events", host, origin))).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void behindAProxyItsPageMayChangeThings() throws Exception {
    String request =
        "POST /api/v1/cameras HTTP/1.1\r\nHost: kydai.example\r\nOrigin: https://kydai.example\r\n"
            + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    assertThat(api.raw(request)).startsWith("HTTP/1.1 400").contains("url");
    assertThat(api.raw(request.replace("Origin: https://k", "Origin: https://x.k")))
        .startsWith("HTTP/1.1 403");
  }

  private static String upgrade(String path, String host, String origin) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nOrigin: "
        + origin
        + "\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  @Test
  void whatIsTooLongOrNoHttpIsRefused() throws Exception {
    assertThat(
            api.raw("GET /" + "x".repeat(Limits.TARGET) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 414.*")
        .contains(PROBLEM);
    assertThat(
            api.raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
                    + "x".repeat(Limits.HEADERS)
                    + "\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 431.*")
        .contains(PROBLEM);
    assertThat(api.raw("nonsense\r\n\r\n")).matches("(?s)HTTP/1.[01] 400.*");
    assertThat(
            api.raw(
                "GET /api/v1/reports?limit=%zz HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  private static final String CHUNKS = TOO_MUCH + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String END = "Connection: close\r\n\r\n";

  static Stream<Arguments> unreadable() {
    return Stream.of(
        arguments("chunk size of eight f", 400, CHUNKS + "ffffffff\r\n"),
        arguments("negative chunk size", 400, CHUNKS + "-1\r\n"),
        arguments("chunk size that is no number", 400, CHUNKS + "xyz\r\n"),
        arguments("chunk extension of 1 MB", 400, CHUNKS + "1;" + "x".repeat(1_000_000)),
        arguments("20,000 trailers", 400, CHUNKS + "0\r\n" + "a: b\r\n".repeat(20_000) + "\r\n"),
        arguments("no host", 400, "GET /healthz HTTP/1.1\r\n" + END),
        arguments("host with a user", 400, "GET /healthz HTTP/1.1\r\nHost: a@b\r\n" + END),
        arguments("connect", 404, "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n" + END),
        arguments("asterisk", 404, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n" + END),
        arguments("no slash", 404, "GET healthz HTTP/1.1\r\nHost: localhost\r\n" + END),
        arguments("no request", 400, "nonsense\r\n\r\n"),
        arguments("version", 505, "GET / HTTP/1.7\r\nHost: localhost\r\n" + END),
        arguments(
            "percent in query", 400, "GET /healthz?a=%zz HTTP/1.1\r\nHost: localhost\r\n" + END),
        arguments("percent in path", 400, "GET /api/%/x HTTP/1.1\r\nHost: localhost\r\n" + END),
        arguments("no UTF-8", 404, "GET /api/%ff%fe/x HTTP/1.1\r\nHost: localhost\r\n" + END),
        arguments(
            "long target",
            414,
            "GET /" + "x".repeat(Limits.TARGET) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
        arguments(
            "long headers",
            431,
            "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(Limits.HEADERS) + "\r\n\r\n"),
        arguments("too large a body", 413, TOO_MUCH + "Content-Length: 70000\r\n" + END),
        arguments(
            "too large, expected",
            413,
            TOO_MUCH + "Expect: 100-continue\r\nContent-Length: 70000\r\n" + END),
        arguments(
            "unknown expectation",
            417,
            TOO_MUCH + "Expect: x\r\nContent-Length: 2\r\n" + END + "{}"),
        arguments(
            "coded body",
            415,
            TOO_MUCH + "Content-Encoding: gzip\r\nContent-Length: 2\r\n" + END + "{}"),
        arguments("no WebSocket", 426, socket("Upgrade: none\r\n")),
        arguments(
            "version of WebSocket",
            426,
            socket("Upgrade: websocket\r\nSec-WebSocket-Version: 99\r\n")),
        arguments(
            "no WebSocket key", 400, socket("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")),
        arguments(
            "WebSocket with a body",
            400,
            socket(
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nContent-Length: 9\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")),
        arguments(
            "no WebSocket key of live video",
            400,
            socket("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
                .replace("/events", "/cameras/here/live")));
  }

  private static String socket(String headers) {
    return "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
        + headers
        + "\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void whatCannotBeReadIsAnsweredAsAllElse(String what, int status, String request)
      throws Exception {
    try (LoggedErrors errors = new LoggedErrors()) {
      String answer = api.raw(request);

      assertThat(answer).matches("(?s)HTTP/1.[01] " + status + " .*").contains("\"detail\"");
      assertThat(answer).containsIgnoringCase("content-type: " + PROBLEM);
      Headers.EVERY.forEach(
          (name, value) -> assertThat(answer).containsIgnoringCase(name + ": " + value));
      assertThat(errors.all()).isEmpty();
    }
  }

  @Test
  void whoAsksWhetherToContinueIsToldOnce() throws Exception {
    String answer =
        api.raw(TOO_MUCH + "Expect: 100-continue\r\nContent-Length: 2\r\n" + END + "{}");

    assertThat(answer.split("100 Continue", -1)).hasSize(2);
    assertThat(answer).contains("HTTP/1.1 400");
  }

  @Test
  void aTimeBeyondWhatMillisecondsTellIsNoTime() throws Exception {
    for (String time :
        new String[] {"%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"}) {
      try (LoggedErrors errors = new LoggedErrors()) {
        Api.Answer answer = api.get("/api/v1/reports?since=" + time).expect(400);

        assertThat(answer.json().get("field").asText()).isEqualTo("since");
        assertThat(errors.all()).isEmpty();
      }
    }
  }

  @Test
  void aBodyInBrokenUtf32IsNoJson() throws Exception {
    String body = "\0\0\0{\0\21\0\0";
    try (LoggedErrors errors = new LoggedErrors()) {
      for (String start : new String[] {"POST /api/v1/cameras", "PUT /api/v1/cameras/here"}) {
        String answer =
            api.raw(
                start
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 8\r\n"
                    + END
                    + body);
        assertThat(answer).startsWith("HTTP/1.1 400").contains(PROBLEM);
      }
      assertThat(errors.all()).isEmpty();
    }
  }

  @Test
  void aClientThatGoesInTheMiddleOfItsBodyIsNoFaultOfOurs() throws Exception {
    try (LoggedErrors errors = new LoggedErrors()) {
      try (RawClient client = new RawClient(desk.address, desk.token)) {
        client.send(TOO_MUCH + "Content-Length: 10\r\n\r\n{");
        // Whatever is answered on another connection meanwhile, the first one has been read.
        api.get("/healthz").expect(200);
      }
      api.get("/healthz").expect(200);
      assertThat(errors.all()).isEmpty();
    }
  }

  @Test
  void aSocketThatOnlySpeaksClosesOnWhoeverTalks() throws Exception {
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.send("{}");

      assertThat(events.closed.get()).startsWith("1008");
    }
  }

  @Test
  void ourOwnFaultSaysNothingOfItself() throws Exception {
    desk.roles.put("broken", null);
    try {
      Api.Answer answer = api.get("/healthz").expect(500);
      assertThat(new String(answer.body(), "UTF-8")).doesNotContain("Exception");
    } finally {
      desk.roles.remove("broken");
    }
  }

  @Test
  void aRoleThatIsDownIsNamed() throws Exception {
    api.get("/healthz").expect(200);
    desk.roles.put("streaming", Optional.of("the disk is full"));
    try {
      Api.Answer answer = api.get("/healthz").expect(503);

      assertThat(answer.json().get("detail").asText()).contains("streaming").contains("disk");
      assertThat(answer.json().at("/roles/streaming").asText()).isEqualTo("down");
      assertThat(answer.json().at("/roles/ingest").asText()).isEqualTo("up");
    } finally {
      desk.roles.put("streaming", Optional.empty());
    }
  }
}
