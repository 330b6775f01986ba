package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.http.RawClient;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that clients ask for and do not read, over real sockets: more than workers. */
@Timeout(60)
class SlowRecordingReadersTest {
  private static final CameraId CAMERA = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final String VIDEO =
      "/api/v1/cameras/gate-1/recording.mp4?from=" + START + "&to=" + START.plusSeconds(60);

  /** What a connection's buffers do not hold. */
  private static final int PICTURE_BYTES = 100_000;

  @Test
  void theyHoldNobodyElseUpAndOneCallerHasABound(@TempDir Path folder) throws Exception {
    try (DeskServer server = new DeskServer(folder)) {
      server
          .api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"gate-1\", \"url\": \"rtsp://camera.example/1\"}")
          .expect(201);
      RecordedCamera.recordLarge(server, CAMERA, START, PICTURE_BYTES, 300);
      server.directory.add(
          "lan",
          "Lan",
          null,
          List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), null, null)),
          LoggedIn.PASSWORD,
          Actor.SYSTEM,
          RequestOrigin.NONE);
      String lan = LoggedIn.cookie(server.address, "lan");
      List<RawClient> slow = new ArrayList<>();
      try {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
          RawClient client = new RawClient(server.address, server.token);
          slow.add(client);
          client.send("GET " + VIDEO + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
          answers.add(client.head().substring(9, 12));
        }
        assertThat(answers.subList(0, 24)).containsOnly("200");
        assertThat(answers.subList(24, 26)).containsOnly("429");
        Api other = new Api(server.address, "");
        assertThat(other.get(VIDEO, "Cookie", lan, "Range", "bytes=0-99999").expect(206).body())
            .hasSize(100_000);
        assertThat(other.get(VIDEO, "Cookie", lan).expect(200).body())
            .hasSizeGreaterThan(300 * PICTURE_BYTES);
      } finally {
        for (RawClient client : slow) {
          client.reset();
        }
      }
      while (server.api.get(VIDEO, "Range", "bytes=0-99").status() == 429) {
        LockSupport.parkNanos(10_000_000);
      }
      server.api.get(VIDEO, "Range", "bytes=0-99").expect(206);
    }
  }
}
