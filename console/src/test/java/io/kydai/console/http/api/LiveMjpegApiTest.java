package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Motion JPEG over HTTP: who may, how many may, how it ends, and what the audit has of it. */
@Timeout(120)
class LiveMjpegApiTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @TempDir Path folder;
  private DeskServer desk;
  private Directory.NewToken token;
  private final List<HttpURLConnection> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    for (String id : List.of("gate", "yard")) {
      String body = "{\"id\": \"" + id + "\", \"url\": \"rtsp://127.0.0.1:1/\"}";
      desk.api.json("POST", "/api/v1/cameras", body).expect(201);
    }
    token =
        desk.directory.addToken(
            "screen",
            Set.of(Permission.LIVE),
            Scope.of(new CameraId("gate")),
            null,
            Actor.SYSTEM,
            RequestOrigin.NONE);
    desk.shown.pictureAt = NOON;
  }

  @AfterEach
  void stop() {
    open.forEach(HttpURLConnection::disconnect);
    desk.close();
  }

  private HttpURLConnection ask(String camera) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            desk.address
                .resolve("/api/v1/cameras/" + camera + "/live.mjpeg")
                .toURL()
                .openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token.secret());
    connection.setReadTimeout(30_000);
    open.add(connection);
    return connection;
  }

  private static BufferedReader lines(HttpURLConnection connection) throws IOException {
    return new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
  }

  /** Reads a part, of which the body is one line here; returns its head and the body. */
  private static String part(BufferedReader lines) throws IOException {
    StringBuilder part = new StringBuilder();
    String line = lines.readLine();
    while (!line.isEmpty()) {
      part.append(line).append('|');
      line = lines.readLine();
    }
    return part + lines.readLine();
  }

  @Test
  void eachPictureIsAPartOnce() throws Exception {
    HttpURLConnection connection = ask("gate");
    assertThat(connection.getHeaderField("Content-Type"))
        .isEqualTo("multipart/x-mixed-replace; boundary=kydai-picture");
    new Contract()
        .checkHead(
            "GET /api/v1/cameras/gate/live.mjpeg HTTP/1.1", connection.getHeaderField(0) + " ");
    try (BufferedReader lines = lines(connection)) {
      String first = "2026-11-30T12:00:00Z";
      assertThat(part(lines))
          .isEqualTo(
              "--kydai-picture|Content-Type: image/jpeg|Content-Length: 20|X-Taken-At: "
                  + first
                  + "|"
                  + first);
      desk.shown.pictureAt = NOON.plusSeconds(1);
      assertThat(part(lines)).endsWith("|2026-11-30T12:00:01Z");
    }
  }

  @Test
  void itEndsWithTheRightAndIsOneViewingInTheAudit() throws Exception {
    try (BufferedReader lines = lines(ask("gate"))) {
      part(lines);
      desk.directory.removeToken(token.token().id().value(), Actor.SYSTEM, RequestOrigin.NONE);
      desk.shown.pictureAt = NOON.plusSeconds(1);
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      assertThat(last).isEqualTo("--kydai-picture--");
    }
    desk.groups.save();
    List<AuditEntry> entries =
        desk.audit
            .list(
                new AuditFilter(null, null, null, AuditEventType.LIVE_VIEWED, null, null, 9, null))
            .entries();
    assertThat(entries)
        .hasSize(1)
        .allMatch(entry -> entry.actorName().equals("screen"))
        .allMatch(entry -> "gate".equals(entry.camera()))
        .allMatch(entry -> entry.details().contains("\"ended\":true"));
  }

  @Test
  void anotherCameraIsNotThereAndTheNinthViewerIsRefused() throws Exception {
    assertThat(ask("yard").getResponseCode()).isEqualTo(404);
    for (int i = 0; i < 8; i++) {
      part(lines(ask("gate")));
    }
    HttpURLConnection ninth = ask("gate");
    assertThat(ninth.getResponseCode()).isEqualTo(503);
    assertThat(ninth.getHeaderField("Retry-After")).isEqualTo("5");
  }
}
