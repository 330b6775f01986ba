package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.streaming.recording.retention.RecordingStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room of the recordings over HTTP. */
class RecordingStorageApiTest {
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

  private JsonNode room() throws Exception {
    return desk.api.get("/api/v1/recording-storage").expect(200).json();
  }

  @Test
  void theRoomIsSaidAsItWasLookedAtLast() throws Exception {
    assertThat(room()).hasToString("{\"full\":false}");

    Instant at = Instant.parse("2026-11-29T00:00:00Z");
    RecordingStorage.Disk disk =
        new RecordingStorage.Disk("0123", "/mnt/a", "the disk is not mounted", 5, 0, false);
    desk.recordingStorage = new RecordingStorage(5, 20, 10, 2L, 4.5, false, List.of(disk), at);
    assertThat(room().get("full-in-days").asDouble()).isEqualTo(4.5);
    assertThat(room().get("bytes-per-day").asLong()).isEqualTo(2);
    assertThat(room().get("disks").get(0).get("fault").asText()).contains("not mounted");
    assertThat(room().get("at").asText()).isEqualTo("2026-11-29T00:00:00Z");

    desk.recordingStorage = new RecordingStorage(5, 20, 0, 2L, null, true, List.of(), at);
    assertThat(room().has("full-in-days")).isFalse();
    assertThat(room().get("full").asBoolean()).isTrue();
  }
}
