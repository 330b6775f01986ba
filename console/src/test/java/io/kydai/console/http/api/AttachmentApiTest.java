package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    Api.Answer again = attach("", PDF).expect(201);
    assertThat(again.json().get("id")).isEqualTo(added.get("id"));
    api.get(files + "/01JAAAAAAAAAAAAAAAAAAAAAAA").expect(404);
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
