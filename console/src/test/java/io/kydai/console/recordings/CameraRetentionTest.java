package io.kydai.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.recordings.CameraRetention.Days;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
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

class CameraRetentionTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final CameraId PATH = new CameraId("path-1");

  @TempDir Path folder;
  private final Map<CameraId, Days> cameras = new ConcurrentHashMap<>();
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CameraRetention start() {
    return new CameraRetention(database, camera -> Optional.ofNullable(cameras.get(camera)), 0, 7);
  }

  @Test
  void aRemovedCameraKeepsTheDaysThatItHadLast() {
    Instant start = Instant.parse("2026-11-29T01:00:00Z");
    new RecordingTable(database, Clock.systemUTC())
        .put(new Segment(GATE, "gate-1/1.mp4", start, start.plusSeconds(9), 1, false));
    cameras.put(GATE, new Days(90, null, null, null));
    cameras.put(PATH, new Days(2, null, null, null));
    CameraRetention days = start();
    assertThat(days.ages(GATE).keep()).isEqualTo(Duration.ofDays(90));
    cameras.put(GATE, new Days(365, null, null, null));
    assertThat(days.ages(GATE).keep()).isEqualTo(Duration.ofDays(365));
    assertThat(days.ages(PATH).keep()).isEqualTo(Duration.ofDays(2));

    cameras.clear();
    assertThat(days.ages(GATE).keep()).as("removed by a person").isEqualTo(Duration.ofDays(365));
    assertThat(start().ages(GATE).keep())
        .as("removed from the file")
        .isEqualTo(Duration.ofDays(365));
    assertThat(start().ages(PATH).keep())
        .as("nothing of it is left")
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void aCameraHasItsAgesOrThoseOfTheStorage() {
    Instant start = Instant.parse("2026-11-29T01:00:00Z");
    new RecordingTable(database, Clock.systemUTC())
        .put(new Segment(GATE, "gate-1/1.mp4", start, start.plusSeconds(9), 1, false));
    cameras.put(GATE, new Days(90, 400, 14, 0));
    cameras.put(PATH, new Days(90, null, null, null));
    CameraRetention retention = start();
    RetentionAges own =
        new RetentionAges(Duration.ofDays(90), Duration.ofDays(400), Duration.ofDays(14), null);
    assertThat(retention.ages(GATE)).isEqualTo(own);
    assertThat(retention.ages(PATH))
        .isEqualTo(new RetentionAges(Duration.ofDays(90), null, Duration.ofDays(7)));
    cameras.clear();
    assertThat(start().ages(GATE)).as("as it was last").isEqualTo(own);
  }
}
