package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.http.Api;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The entries of what people do with cameras: who, what, on which camera, when, from where, and in
 * which request.
 */
@Timeout(60)
class AuditedActionsTest {
  @TempDir Path folder;
  private OnvifSimulator camera;
  private DeskServer desk;
  private final Instant begin = Instant.now();

  @BeforeEach
  void start() throws Exception {
    camera = DiscoveryApiTest.camera("Gate 7").start();
    desk = new DeskServer(folder, camera.discovery());
    for (String id : List.of("gate", DeskServer.SHOWN)) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"url\": \"rtsp://admin:s3cret@127.0.0.1:1/x\", \"onvif\": \"%s\"}"
                  .formatted(id, camera.address()))
          .expect(201);
    }
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
    camera.close();
  }

  /** Returns the one entry of a type, whose who, when, where and request are as they must be. */
  private AuditEntry only(AuditEventType type, Api.Answer answer) {
    AuditEntry entry = only(type);
    assertThat(entry.request()).isNotEmpty().isEqualTo(answer.header("X-Request-Id"));
    return entry;
  }

  private AuditEntry only(AuditEventType type) {
    desk.groups.close();
    List<AuditEntry> entries =
        desk.audit
            .list(new AuditFilter(null, null, "operator", type, null, null, 9, null))
            .entries();
    assertThat(entries).hasSize(1);
    AuditEntry entry = entries.get(0);
    assertThat(entry.actorKind()).isEqualTo("token");
    assertThat(entry.actorName()).isEqualTo("operator");
    assertThat(entry.address()).isEqualTo("127.0.0.1");
    assertThat(entry.at()).isBetween(begin.minusMillis(1), Instant.now());
    assertThat(entry.details()).doesNotContain("s3cret");
    return entry;
  }

  @Test
  void aMoveOfACamera() throws Exception {
    Api.Answer moved =
        desk.api
            .json("POST", "/api/v1/cameras/gate/ptz", "{\"move\": {\"pan\": -0.5}}")
            .expect(204);
    AuditEntry entry = only(AuditEventType.CAMERA_MOVED, moved);
    assertThat(entry.camera()).isEqualTo("gate");
    assertThat(entry.details()).contains("\"command\":\"move\"");
  }

  @Test
  void aCameraThatIsSentToAPreset() throws Exception {
    Api.Answer moved =
        desk.api.json("POST", "/api/v1/cameras/gate/ptz", "{\"preset\": \"1\"}").expect(204);
    AuditEntry entry = only(AuditEventType.CAMERA_MOVED, moved);
    assertThat(entry.details()).contains("\"command\":\"preset\"", "\"preset\":\"1\"");
  }

  @Test
  void aMoveThatTheCameraRefuses() throws Exception {
    Api.Answer moved =
        desk.api.json("POST", "/api/v1/cameras/gate/ptz", "{\"preset\": \"9\"}").expect(502);
    assertThat(only(AuditEventType.CAMERA_MOVED, moved).camera()).isEqualTo("gate");
  }

  @Test
  void aSnapshot() throws Exception {
    desk.shown.pictureAt = Instant.now();
    Api.Answer picture = desk.api.get("/api/v1/cameras/gate/snapshot.jpg").expect(200);
    AuditEntry entry = only(AuditEventType.SNAPSHOT_VIEWED, picture);
    assertThat(entry.camera()).isEqualTo("gate");
    assertThat(entry.details()).contains("\"picture\":\"snapshot\"", "\"count\":1");
  }

  @Test
  void aSearchForCamerasInTheNetwork() throws Exception {
    Api.Answer found = desk.api.get("/api/v1/discovery").expect(200);
    AuditEntry entry = only(AuditEventType.DISCOVERY_ASKED, found);
    assertThat(entry.details()).isEqualTo("{}");
  }

  @Test
  void aCameraThatIsAskedForItsStreams() throws Exception {
    Api.Answer asked =
        desk.api
            .json(
                "POST",
                "/api/v1/discovery/streams",
                "{\"address\": \"%s\", \"user\": \"admin\", \"password\": \"s3cret\"}"
                    .formatted(camera.address()))
            .expect(200);
    AuditEntry entry = only(AuditEventType.DISCOVERY_ASKED, asked);
    assertThat(entry.details()).contains("\"address\":\"" + camera.address());
  }

  @Test
  void aLiveView() throws Exception {
    try (Api.Listener live = desk.api.listen("/api/v1/cameras/shown/live", "LiveMessage")) {
      awaitViewers(1);
      assertThat(live.closed).isNotDone();
    }
    awaitViewers(0);
    AuditEntry entry = only(AuditEventType.LIVE_VIEWED);
    assertThat(entry.camera()).isEqualTo(DeskServer.SHOWN);
    assertThat(entry.request()).isNotEmpty();
    assertThat(entry.details()).contains("\"since\":", "\"until\":", "\"viewing\":");
  }

  private void awaitViewers(int wanted) {
    long end = System.nanoTime() + Api.PATIENCE.toNanos();
    while (desk.viewers.get() != wanted && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(desk.viewers.get()).isEqualTo(wanted);
  }

  @Test
  void anExportOfTheAudit() throws Exception {
    Api.Answer exported =
        desk.api.get("/api/v1/audit/export?format=csv&since=2020-01-01T00:00:00Z").expect(200);
    AuditEntry entry = only(AuditEventType.AUDIT_EXPORTED, exported);
    assertThat(entry.details())
        .contains("\"format\":\"csv\"", "\"since\":\"2020-01-01T00:00:00.000Z\"");
  }
}
