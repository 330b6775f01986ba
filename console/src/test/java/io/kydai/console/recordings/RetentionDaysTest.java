package io.kydai.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.Segment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionDaysTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final CameraId PATH = new CameraId("path-1");

  @TempDir Path folder;
  private final Map<CameraId, Integer> cameras = new ConcurrentHashMap<>();
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private RetentionDays start() {
    return new RetentionDays(database, camera -> Optional.ofNullable(cameras.get(camera)));
  }

  @Test
  void aRemovedCameraKeepsTheDaysThatItHadLast() {
    Instant start = Instant.parse("2026-11-29T01:00:00Z");
    new RecordingTable(database, Clock.systemUTC())
        .put(new Segment(GATE, "gate-1/1.mp4", start, start.plusSeconds(9), 1, false));
    cameras.put(GATE, 90);
    cameras.put(PATH, 2);
    RetentionDays days = start();
    assertThat(days.keep(GATE)).isEqualTo(Duration.ofDays(90));
    cameras.put(GATE, 365);
    assertThat(days.keep(GATE)).isEqualTo(Duration.ofDays(365));
    assertThat(days.keep(PATH)).isEqualTo(Duration.ofDays(2));

    cameras.clear();
    assertThat(days.keep(GATE)).as("removed by a person").isEqualTo(Duration.ofDays(365));
    assertThat(start().keep(GATE)).as("removed from the file").isEqualTo(Duration.ofDays(365));
    assertThat(start().keep(PATH)).as("nothing of it is left").isEqualTo(Duration.ofDays(30));
  }
}
