package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.recordings.Deletions;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Segment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retention deleted, over HTTP. */
class DeletionApiTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-29T01:00:00Z");

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

  private void delete(int number, Duration later, SigningKey key) {
    RecordingTable index = new RecordingTable(desk.database, Clock.systemUTC());
    Segment segment =
        new Segment(GATE, GATE + "/" + number + ".mp4", START, START.plusSeconds(300), 1000, false);
    index.close(segment, "%064x".formatted(number));
    assertThat(index.release(segment, DeletionReason.AGE)).isTrue();
    Clock clock = Clock.offset(Clock.systemUTC(), later);
    assertThat(
            new Deletions(desk.database, key, new AuditLog(desk.database, clock), clock).sealDue())
        .isTrue();
  }

  @Test
  void recordsAndTheirFilesAreShown() throws Exception {
    SigningKey key = SigningKey.open(folder.resolve("key.pem"), folder);
    delete(1, Duration.ofHours(2), key);
    delete(2, Duration.ofHours(4), key);

    JsonNode records =
        desk.api.get("/api/v1/recording-deletions?limit=5").expect(200).json().get("records");
    assertThat(records).extracting(one -> one.get("number").asInt()).containsExactly(2, 1);
    assertThat(records.get(0).get("document").asText())
        .contains("\"previous\":\"" + records.get(1).get("sha256").asText() + "\"");
    assertThat(
            desk.api.get("/api/v1/recording-deletions?before=2").expect(200).json().get("records"))
        .hasSize(1);

    JsonNode file =
        desk.api.get("/api/v1/recording-deletions/2/files").expect(200).json().get("files").get(0);
    assertThat(file.get("camera").asText()).isEqualTo("gate-1");
    assertThat(file.get("reason").asText()).isEqualTo("age");
    assertThat(file.get("sha256").asText()).isEqualTo("%064x".formatted(2));
    assertThat(desk.api.get("/api/v1/recording-deletions/9/files").expect(200).json().get("files"))
        .isEmpty();
    desk.api.get("/api/v1/recording-deletions?before=x").expect(400);
  }
}
