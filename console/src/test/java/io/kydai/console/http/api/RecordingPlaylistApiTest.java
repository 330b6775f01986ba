package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The playlist of 12 s, a gap of 8 s, and 4 s more, over HTTP, and the ranges that it names. */
class RecordingPlaylistApiTest {
  private static final CameraId CAMERA = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final String PATH = "/api/v1/cameras/gate-1/";

  @TempDir Path folder;
  private DeskServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DeskServer(folder);
    server
        .api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate-1\", \"url\": \"rtsp://camera.example/1\", \"recording\": \"continuous\"}")
        .expect(201);
    RecordedCamera.record(server, CAMERA, START, 300, 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String playlist(int from, int to) {
    return PATH + "recording.m3u8?from=" + START.plusSeconds(from) + "&to=" + START.plusSeconds(to);
  }

  @Test
  void itsRangesAreMapsAndFragments() throws Exception {
    Api.Answer answer = server.api.get(playlist(0, 60)).expect(200);
    assertThat(answer.contentType()).isEqualTo("application/vnd.apple.mpegurl");
    List<String> lines = new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0)).isEqualTo("#EXTM3U");
    assertThat(lines).filteredOn("#EXT-X-DISCONTINUITY"::equals).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("#EXT-X-PROGRAM-DATE-TIME:"))
        .containsExactly(
            "#EXT-X-PROGRAM-DATE-TIME:2026-11-28T08:00:00.000Z",
            "#EXT-X-PROGRAM-DATE-TIME:2026-11-28T08:00:06.000Z",
            "#EXT-X-PROGRAM-DATE-TIME:2026-11-28T08:00:20.000Z");

    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#EXT-X-MAP:")) {
        String[] parts = line.split("\"");
        assertThat(box(part(parts[1], parts[3]))).isEqualTo("ftyp");
      } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
        byte[] segment = part(lines.get(i + 1), line.substring("#EXT-X-BYTERANGE:".length()));
        assertThat(box(segment)).isEqualTo("moof");
      }
    }
  }

  private static String basic(Instant from) {
    return "from=" + from.toString().replace(":", "").replace("-", "");
  }

  private static String box(byte[] bytes) {
    return new String(bytes, 4, 4, StandardCharsets.US_ASCII);
  }

  /** Asks for a range as a player does, from an address relative to the playlist's. */
  private byte[] part(String address, String range) throws Exception {
    String[] numbers = range.split("@");
    long length = Long.parseLong(numbers[0]);
    long first = Long.parseLong(numbers[1]);
    byte[] body =
        server
            .api
            .get(PATH + address, "Range", "bytes=" + first + "-" + (first + length - 1))
            .expect(206)
            .body();
    assertThat(body).hasSize((int) length);
    return body;
  }

  @Test
  void rightsAreThoseOfTheRecordingAndTheViewingIsInTheAudit() throws Exception {
    server.api.get(playlist(5, 4)).expect(400);
    server.api.get(playlist(0, 4 * 3600)).expect(400);
    server.api.get(playlist(-100, -50)).expect(404);
    server.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), START.plusSeconds(20), null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    Api lan = new Api(server.address, "");
    String cookie = LoggedIn.cookie(server.address, "lan");
    lan.get(playlist(0, 12), "Cookie", cookie).expect(404);
    String text =
        new String(
            lan.get(playlist(0, 60), "Cookie", cookie).expect(200).body(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains(basic(START.plusSeconds(20)))
        .doesNotContain(basic(START))
        .doesNotContainPattern("\\?.*:");

    server.groups.close();
    JsonNode entries =
        server.api.get("/api/v1/audit?type=recording.viewed").expect(200).json().get("entries");
    assertThat(entries).hasSize(1);
    assertThat(entries.at("/0/actor/name").asText()).isEqualTo("lan");
  }
}
