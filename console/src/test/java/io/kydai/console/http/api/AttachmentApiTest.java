package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentApiTest {
  private static final String PDF = "%PDF-1.7 biên bản";

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;
  private String files;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1/\"}")
        .expect(201);
    Report report = desk.receive("a1", "a.jpg", "x");
    files = "/api/v1/reports/" + report.id() + "/attachments";
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Api.Answer attach(String query, String content) throws Exception {
    return api.send("POST", files + query, content, "Content-Type", "application/octet-stream");
  }

  @Test
  void aFileIsAttachedListedAndServedSoThatABrowserDoesNotRunIt() throws Exception {
    JsonNode added = attach("?name=bi%C3%AAn%20b%E1%BA%A3n.pdf", PDF).expect(201).json();
    assertThat(added.get("name").asText()).isEqualTo("biên bản.pdf");
    assertThat(added.get("media-type").asText()).isEqualTo("application/pdf");
    assertThat(added.get("is-public").asBoolean()).isFalse();
    assertThat(api.get(files).expect(200).json().at("/attachments/0")).isEqualTo(added);
    Api.Answer file = api.get(added.get("href").asText()).expect(200);
    assertThat(new String(file.body(), UTF_8)).isEqualTo(PDF);
    assertThat(file.contentType()).isEqualTo("application/pdf");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Content-Security-Policy")).contains("sandbox");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"attachment.pdf\";"
                + " filename*=UTF-8''bi%C3%AAn%20b%E1%BA%A3n.pdf");
    String href = added.get("href").asText();
    api.get(href, "If-None-Match", file.header("ETag")).expect(304);
    assertThat(new String(api.get(href, "Range", "bytes=0-4").expect(206).body(), UTF_8))
        .isEqualTo(PDF.substring(0, 5));
    api.get(href, "Range", "bytes=100-").expect(416);
    Api.Answer again = attach("", PDF).expect(201);
    assertThat(again.json().get("id")).isEqualTo(added.get("id"));
    api.get(files + "/01JAAAAAAAAAAAAAAAAAAAAAAA").expect(404);
  }

  @Test
  void whatIsRemovedIsGoneFromTheDiskAndTheHistorySaysSo() throws Exception {
    JsonNode added = attach("?name=nh%E1%BA%A7m.pdf", PDF).expect(201).json();
    attach("?name=b.pdf", PDF + "2").expect(201);
    String href = added.get("href").asText();
    assertThat(api.delete(href).expect(400).json().get("field").asText()).isEqualTo("reason");
    assertThat(filesOnDisk()).isEqualTo(2);
    api.delete(href + "?reason=nh%E1%BA%A7m%20b%C3%A1o%20c%C3%A1o").expect(204);
    api.delete(href + "?reason=again").expect(404);
    api.get(href).expect(404);
    assertThat(api.get(files).json().get("attachments").findValuesAsText("name"))
        .containsExactly("b.pdf");
    assertThat(filesOnDisk()).isEqualTo(1);
    JsonNode report = api.get(files.replace("/attachments", "")).expect(200).json();
    JsonNode last = report.get("history").get(report.get("history").size() - 1);
    assertThat(last.get("reason").asText())
        .isEqualTo("removed the attachment nhầm.pdf: nhầm báo cáo");
    assertThat(last.get("state").asText()).isEqualTo("received");
    AuditEntry entry =
        desk.audit
            .list(
                new AuditFilter(
                    null, null, null, AuditEventType.ATTACHMENT_REMOVED, null, null, 50, null))
            .entries()
            .get(0);
    assertThat(entry.json()).contains("nhầm báo cáo", added.get("sha256").asText());
    attach("?name=nh%E1%BA%A7m.pdf", PDF).expect(201);
  }

  private long filesOnDisk() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".pdf")).count();
    }
  }

  @Test
  void anOfficerRemovesWhatIsTheOwnAndAReviewerAnything() throws Exception {
    String report = files.replace("/attachments", "");
    api.json("POST", report + "/verify", "{}").expect(200);
    api.json("POST", report + "/assign", "{\"agency\": \"police\"}").expect(200);
    String others = attach("", PDF).expect(201).json().get("href").asText() + "?reason=x";
    PersonClient officer = person("mai", Role.AGENCY_OFFICER, "police");
    officer.delete(others, null).is(403);
    person("hoa", Role.OPERATOR, null).delete(others, null).is(403);
    String cookies =
        officer.cookies().entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("; "));
    HttpRequest.Builder attached =
        HttpRequest.newBuilder(desk.address.resolve(files))
            .header("Cookie", cookies)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofString("%PDF-1.7 own"));
    assertThat(send(attached).statusCode()).isEqualTo(201);
    String own = officer.get(files).is(200).json().at("/attachments/1/href").asText();
    officer.delete(own + "?reason=wrong", null).is(204);
    person("lan", Role.REVIEWER, null).delete(others, null).is(204);
    assertThat(api.get(files).json().get("attachments")).isEmpty();
  }

  private PersonClient person(String name, Role role, @Nullable String agency) throws Exception {
    desk.directory.add(
        name,
        name,
        agency,
        List.of(new Grant(role, Scope.EVERYTHING, null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    PersonClient client = new PersonClient(desk.address);
    client.logIn(Map.of("name", name, "password", LoggedIn.PASSWORD)).is(200);
    return client;
  }

  @Test
  void aNameBringsNoHeaderOfItsOwn() throws Exception {
    Api.Answer answer = attach("?name=a%0D%0ASet-Cookie:%20x=1%0D%0A%22%3B.pdf", PDF);
    if (answer.status() == 201) {
      answer = api.get(answer.json().get("href").asText()).expect(200);
      assertThat(answer.header("Content-Disposition")).doesNotContain("\r", "\n");
    } else {
      answer.expect(400);
    }
    assertThat(answer.header("Set-Cookie")).isNullOrEmpty();
  }

  @Test
  void whatIsNoPictureIsRefusedWithItsFieldAndWhatIsTooLongWith413() throws Exception {
    JsonNode problem = attach("", "<script>").expect(400).json();
    assertThat(problem.get("field").asText()).isEqualTo("body");
    attach("?nmae=a", PDF).expect(400);
    Api.Answer large = attach("", "%PDF-" + "x".repeat(8 * 1024 * 1024));
    assertThat(large.expect(413).json().get("detail").asText()).contains("8388608");
    assertThat(api.get(files).json().get("attachments")).isEmpty();
    // Others keep the type and the bound of their own.
    // Other operations keep the type and the bound of their own.
    String comments = files.replace("attachments", "comments");
    api.send("POST", comments, "{}", "Content-Type", "application/octet-stream").expect(415);
    api.json("POST", comments, "x".repeat(70_000)).expect(413);
  }

  @Test
  void anOperatorSeesAttachmentsAndAddsNone() throws Exception {
    attach("", PDF).expect(201);
    api.json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"lan\", \"password\": \"%s\", \"grants\": [{\"role\": \"operator\"}]}"
                .formatted(LoggedIn.PASSWORD))
        .expect(201);
    String cookie = LoggedIn.cookie(desk.address, "lan");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(desk.address.resolve(files)).header("Cookie", cookie);
    assertThat(send(request.GET()).body()).contains("application/pdf");
    String csrf =
        send(HttpRequest.newBuilder(desk.address.resolve("/api/v1/session"))
                .header("Cookie", cookie))
            .body()
            .replaceFirst(".*\"csrf-token\":\"([^\"]*)\".*", "$1");
    HttpResponse<String> refused =
        send(
            request
                .header("X-CSRF-Token", csrf)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofString("%PDF-1.7 other")));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("resolve");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
