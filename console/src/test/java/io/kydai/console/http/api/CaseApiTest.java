package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases and the links to them over HTTP. */
@Timeout(60)
class CaseApiTest {
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;
  private Api anybody;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    anybody = new Api(desk.address, "");
    for (String camera : List.of("gate", "park")) {
      api.json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"name\": \"Cổng\", \"url\": \"rtsp://127.0.0.1/\"}"
                  .formatted(camera))
          .expect(201);
      RecordedCamera.record(desk, new CameraId(camera), START, 300, 100);
    }
    desk.cases.start();
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String wish(String cameras, int from, int to) {
    return """
        {"title": "Ngược chiều 28/11", "reason": "Công văn 118", "cameras": [%s],
         "from": "%s", "to": "%s"}
        """
        .formatted(cameras, START.plusSeconds(from), START.plusSeconds(to));
  }

  private JsonNode made(String cameras) throws Exception {
    String id =
        api.json("POST", "/api/v1/cases", wish(cameras, 2, 23))
            .expect(201)
            .json()
            .at("/id")
            .asText();
    for (; ; ) {
      JsonNode now = api.get("/api/v1/cases/" + id).expect(200).json();
      if (!now.get("state").asText().matches("queued|running")) {
        assertThat(now.get("state").asText()).isEqualTo("done");
        return now;
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void account(String name, Role role, @Nullable Instant from, String camera) {
    desk.directory.add(
        name,
        name,
        null,
        List.of(new Grant(role, Scope.of(new CameraId(camera)), from, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
  }

  private Api as(String name) throws Exception {
    return Api.withCookie(desk.address, LoggedIn.cookie(desk.address, name));
  }

  private List<AuditEntry> entries(AuditEventType type) {
    desk.groups.close();
    return desk.audit.list(new AuditFilter(null, null, null, type, null, null, 50, null)).entries();
  }

  @Test
  void aCaseIsAskedForMadeDownloadedInPiecesAndDeleted() throws Exception {
    JsonNode made = made("\"gate\", \"park\"");
    assertThat(api.get("/api/v1/cases").expect(200).json().at("/cases/0")).isEqualTo(made);
    String zip = "/api/v1/cases/" + made.get("id").asText() + "/case.zip";
    Api.Answer whole = api.get(zip).expect(200);
    assertThat(Sha256.hex(whole.body())).isEqualTo(made.get("sha256").asText());
    assertThat(whole.header("Content-Disposition"))
        .endsWith("filename*=UTF-8''Ng%C6%B0%E1%BB%A3c%20chi%E1%BB%81u%2028-11.zip");
    int middle = whole.body().length / 2;
    Api.Answer rest =
        api.get(zip, "Range", "bytes=" + middle + "-", "If-Range", whole.header("ETag"))
            .expect(206);
    assertThat(rest.body())
        .isEqualTo(Arrays.copyOfRange(whole.body(), middle, whole.body().length));
    Path file = Files.write(folder.resolve("case.zip"), whole.body());
    assertThat(CaseCheck.run(file, null).faults()).isEmpty();

    api.delete("/api/v1/cases/" + made.get("id").asText()).expect(204);
    api.get(zip).expect(404);
    assertThat(folder.resolve("cases")).isEmptyDirectory();
    AuditEntry downloaded = entries(AuditEventType.CASE_DOWNLOADED).get(0);
    assertThat(downloaded.actorName()).isEqualTo("operator");
    assertThat(downloaded.details()).contains(made.get("sha256").asText(), "\"count\":2");
    assertThat(entries(AuditEventType.CASE_DELETED)).hasSize(1);
  }

  @Test
  void aCaseBelongsToThoseWhoMayExportAllOfItsCameras() throws Exception {
    account("both", Role.INVESTIGATOR, null, "gate");
    account("later", Role.INVESTIGATOR, START.plusSeconds(10), "gate");
    account("operator", Role.OPERATOR, null, "gate");
    JsonNode ofGate = made("\"gate\"");
    JsonNode ofTwo = made("\"gate\", \"park\"");
    Api gate = as("both");
    assertThat(gate.get("/api/v1/cases").expect(200).json().at("/cases"))
        .extracting(one -> one.get("id"))
        .containsExactly(ofGate.get("id"));
    gate.get("/api/v1/cases/" + ofGate.get("id").asText() + "/case.zip").expect(200);
    gate.get("/api/v1/cases/" + ofTwo.get("id").asText() + "/case.zip").expect(404);
    gate.get("/api/v1/cases/" + ofTwo.get("id").asText() + "/links").expect(404);
    Api later = as("later");
    assertThat(later.get("/api/v1/cases").expect(200).json().at("/cases")).isEmpty();
    as("operator").get("/api/v1/cases").expect(403);
    anybody.get("/api/v1/cases").expect(401);
  }

  @Test
  void whatMakesNoSenseIsRefusedAndNamesItsField() throws Exception {
    assertThat(field(wish("\"gate\"", 5, 5))).isEqualTo("to");
    assertThat(field(wish("\"gate\"", 0, 32 * 86_400))).isEqualTo("to");
    assertThat(
            field(
                wish("\"gate\"", 0, 9)
                    .replace(START.plusSeconds(9).toString(), "2999-01-01T00:00:00Z")))
        .isEqualTo("to");
    assertThat(field(wish("\"gate\"", 0, 9).replace("Công văn 118", "     "))).isEqualTo("reason");
    assertThat(field(wish("", 0, 9))).isEqualTo("cameras");
    api.json("POST", "/api/v1/cases", wish("\"lost\"", 0, 9)).expect(404);
  }

  private String field(String body) throws Exception {
    return api.json("POST", "/api/v1/cases", body).expect(400).json().get("field").asText();
  }

  private JsonNode link(JsonNode made, int downloads) throws Exception {
    return api.json(
            "POST",
            "/api/v1/cases/" + made.get("id").asText() + "/links",
            "{\"reason\": \"luật sư\", \"expires-at\": \"%s\", \"downloads\": %d}"
                .formatted(Instant.now().plusSeconds(3600), downloads))
        .expect(201)
        .json();
  }

  private Api.Answer shown(String secret, String what) throws Exception {
    return anybody.json("POST", "/api/v1/shared-case" + what, "{\"secret\": \"" + secret + "\"}");
  }

  private static String withoutRequestId(Api.Answer answer) {
    return answer.expect(404).json().toString().replaceFirst(",\"request-id\":\"[^\"]*\"", "");
  }

  @Test
  void somebodyWithoutAnAccountDownloadsByALink() throws Exception {
    JsonNode made = made("\"gate\"");
    JsonNode link = link(made, 1);
    String secret = link.get("secret").asText();
    assertThat(secret).hasSize(43);
    JsonNode shown = shown(secret, "").expect(200).json();
    assertThat(shown.get("title").asText()).isEqualTo("Ngược chiều 28/11");
    assertThat(shown.get("downloads-left").asInt()).isEqualTo(1);
    Api.Answer begun = shown(secret, "/download").expect(201);
    String href = begun.json().get("href").asText();
    assertThat(href).doesNotContain(secret);
    String cookie = begun.header("Set-Cookie");
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/shared-case/")
        .doesNotContain(secret);
    String ticket = cookie.substring(0, cookie.indexOf(';'));
    anybody.get(href).expect(404);
    Api.Answer half = anybody.get(href, "Cookie", ticket, "Range", "bytes=0-999").expect(206);
    Api.Answer rest = anybody.get(href, "Cookie", ticket, "Range", "bytes=1000-").expect(206);
    byte[] whole = new byte[half.body().length + rest.body().length];
    System.arraycopy(half.body(), 0, whole, 0, 1000);
    System.arraycopy(rest.body(), 0, whole, 1000, rest.body().length);
    assertThat(Sha256.hex(whole)).isEqualTo(made.get("sha256").asText());
    assertThat(anybody.get(href, "Cookie", ticket).expect(200).body()).isEqualTo(whole);
    anybody.get(href, "Cookie", ticket, "If-None-Match", half.header("ETag")).expect(304);
    anybody.get(href, "Cookie", ticket, "Range", "bytes=" + whole.length + "-").expect(416);

    String links = "/api/v1/cases/" + made.get("id").asText() + "/links";
    JsonNode listed = api.get(links).expect(200).json().at("/links/0");
    assertThat(listed.get("downloads").asInt()).isEqualTo(1);
    assertThat(listed.toString()).doesNotContain(secret);
    JsonNode another = link(made, 5);
    api.delete("/api/v1/case-links/" + another.at("/link/id").asText()).expect(204);
    String unknown = withoutRequestId(shown("a".repeat(43), ""));
    assertThat(withoutRequestId(shown(secret, ""))).as("used up").isEqualTo(unknown);
    assertThat(withoutRequestId(shown(secret, "/download"))).isEqualTo(unknown);
    assertThat(withoutRequestId(shown(another.get("secret").asText(), "")))
        .as("revoked")
        .isEqualTo(unknown);
    api.delete("/api/v1/case-links/" + link.at("/link/id").asText()).expect(204);
    anybody.get(href, "Cookie", ticket).expect(404);
    AuditEntry used = entries(AuditEventType.CASE_LINK_USED).get(0);
    assertThat(used.actorKind()).isEqualTo("anonymous");
    assertThat(used.address()).isEqualTo("127.0.0.1");
    assertThat(used.details()).contains(made.get("sha256").asText());
  }

  @Test
  void anArchiveThatIsKnownIsNotSentAgain() throws Exception {
    String zip = "/api/v1/cases/" + made("\"gate\"").get("id").asText() + "/case.zip";
    Api.Answer whole = api.get(zip).expect(200);
    api.get(zip, "If-None-Match", whole.header("ETag")).expect(304);
    api.get(zip, "Range", "bytes=" + whole.body().length + "-").expect(416);
  }

  @Test
  void whoeverTriesLinksHasToWait() throws Exception {
    int refused = 0;
    for (int i = 0; i < 25; i++) {
      Api.Answer answer = shown("b".repeat(40) + i, i % 2 == 0 ? "" : "/download");
      if (answer.status() == 429) {
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 301);
        refused++;
      } else {
        answer.expect(404);
      }
    }
    assertThat(refused).isEqualTo(5);
  }

  @Test
  void aLinkLastsThirtyDaysAtMostAndACaseHasFifty() throws Exception {
    JsonNode made = made("\"gate\"");
    for (int i = 0; i < 50; i++) {
      link(made, 1);
    }
    api.json(
            "POST",
            "/api/v1/cases/" + made.get("id").asText() + "/links",
            "{\"reason\": \"luật sư\", \"expires-at\": \"%s\", \"downloads\": 1}"
                .formatted(Instant.now().plusSeconds(3600)))
        .expect(409);
    String links = "/api/v1/cases/" + made.get("id").asText() + "/links";
    for (Instant expires :
        List.of(Instant.now().plusSeconds(31 * 86_400), Instant.now().minusSeconds(1))) {
      String body =
          "{\"reason\": \"luật sư\", \"expires-at\": \"" + expires + "\", \"downloads\": 1}";
      assertThat(api.json("POST", links, body).expect(400).json().get("field").asText())
          .isEqualTo("expires-at");
    }
  }
}
