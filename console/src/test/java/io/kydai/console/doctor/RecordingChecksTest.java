package io.kydai.console.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.config.StorageConfig;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of the recordings' disks and of their room. */
class RecordingChecksTest {
  private static final CameraId GATE = new CameraId("gate-1");
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String DISK = "0123456789abcdef";

  @TempDir Path folder;
  private Database database;
  private RecordingTable index;
  private Path disk;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    index = new RecordingTable(database, CLOCK);
    disk = Files.createDirectory(folder.resolve("disk"));
    Files.writeString(disk.resolve("kydai-disk"), DISK + "\n");
    index.put(new KnownDisk(DISK, disk.toString(), 0, 0));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void record(long bytes) {
    Instant start = NOW.minus(Duration.ofHours(24)).plusSeconds(1);
    index.put(new Segment(GATE, "gate-1/a.mp4", start, start.plusSeconds(9), bytes, false, DISK));
  }

  private List<Finding> look() {
    StorageConfig usual = StorageConfig.DEFAULT;
    StorageConfig storage =
        new StorageConfig(
            null,
            null,
            null,
            usual.preRoll(),
            usual.postRoll(),
            List.of(disk),
            List.of(),
            7,
            0,
            1,
            0,
            usual.casesMostGib(),
            usual.casesKeepDays(),
            null,
            usual.timeStampEvery(),
            null);
    return new RecordingChecks(storage, folder, index, CLOCK).of(List.of());
  }

  @Test
  void whereNothingWasRecordedNothingIsSaid() {
    assertThat(look()).isEmpty();
  }

  @Test
  void itIsSaidWhenTheRoomEnds() {
    record(100 << 20);
    assertThat(look())
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(Finding.Level.WARNING))
        .satisfies(one -> assertThat(one.found()).startsWith("full in 9 days at 0.1 GiB a day"));
  }

  @Test
  void aRateThatHasRoomForItsDaysIsWell() {
    record(1 << 20);
    assertThat(look())
        .singleElement()
        .satisfies(one -> assertThat(one.level()).isEqualTo(Finding.Level.OK));
  }

  @Test
  void aDiskThatIsNotMountedOrNotConfiguredIsAFault() throws Exception {
    record(100 << 20);
    Files.delete(disk.resolve("kydai-disk"));
    assertThat(look().get(0).level()).isEqualTo(Finding.Level.FAULT);
    assertThat(look().get(0).found())
        .contains(DISK, "the disk is not mounted; the index has 1 of its files");

    Files.writeString(disk.resolve("kydai-disk"), "fedcba9876543210\n");
    assertThat(look().get(0).found()).contains(DISK, "it is at no configured folder");
  }
}
