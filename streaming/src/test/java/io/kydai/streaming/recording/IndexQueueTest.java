package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.IndexQueue;
import io.kydai.streaming.recording.index.RecordedRows;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the recorder does while its index hangs, fails, or takes nothing for very long. */
@Timeout(60)
class IndexQueueTest {
  @TempDir Path folder;
  private final CameraPictures camera = new CameraPictures("gate-1", 4000);
  private long nanos;

  /** An index whose rows wait until they may pass, or fail. */
  private static final class HangingDatabase implements RecordedRows {
    final MemoryIndex index = new MemoryIndex();
    final CountDownLatch released = new CountDownLatch(1);
    volatile boolean refusing;

    @Override
    public void put(Segment segment) {
      pass();
      index.put(segment);
    }

    @Override
    public void close(Segment segment, String sha256) {
      pass();
      index.close(segment, sha256);
    }

    @Override
    public void put(Gap gap) {
      pass();
      index.put(gap);
    }

    private void pass() {
      if (refusing) {
        throw new IllegalStateException("the database is locked");
      }
      await(released);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record(IndexQueue rows, FaultyDisk files, int pictures) throws Exception {
    DiskWriter disk = new DiskWriter(1 << 20);
    CameraRecorder recorder =
        new CameraRecorder(
            RecordedStream.main(camera.camera),
            Duration.ofSeconds(4),
            null,
            CameraPictures.START.minusSeconds(10),
            rows,
            OneDisk.at(folder, files, disk, () -> nanos),
            new RecordingMetrics(new SimpleMeterRegistry())
                .stream(RecordedStream.main(camera.camera)),
            () -> nanos);
    for (int i = 0; i < pictures; i++) {
      nanos += 40_000_000;
      recorder.add(camera.next());
      CountDownLatch written = new CountDownLatch(1);
      disk.execute(written::countDown);
      await(written);
    }
    recorder.end();
    assertThat(disk.close(20_000)).isTrue();
  }

  private void assertThatIndexEqualsFiles(MemoryIndex index) throws Exception {
    MemoryIndex again = new MemoryIndex();
    new RecordingFolder(folder).scan(again::put);
    assertThat(index.segments).isEqualTo(again.segments).isNotEmpty();
    assertThat(index.gaps).extracting(Gap::reason).containsExactly(Gap.Reason.NODE_DOWN);
  }

  @Test
  void aDatabaseThatHangsHoldsUpNoPicture() throws Exception {
    HangingDatabase database = new HangingDatabase();
    FaultyDisk files = new FaultyDisk(folder);
    IndexQueue rows = new IndexQueue(database);
    record(rows, files, 600); // which fails if a picture waits for the database

    assertThat(database.index.segments).isEmpty();
    assertThat(files.names()).hasSize(6);
    database.released.countDown();
    settle(rows);
    assertThatIndexEqualsFiles(database.index);
    rows.close();
  }

  @Test
  void rowsThatAreRefusedAreToldAgain() throws Exception {
    HangingDatabase database = new HangingDatabase();
    database.released.countDown();
    database.refusing = true;
    IndexQueue rows = new IndexQueue(database);
    record(rows, new FaultyDisk(folder), 300);
    assertThat(rows.waitingRows()).as("one for each file and gap").isBetween(3, 4);

    database.refusing = false;
    settle(rows);
    assertThatIndexEqualsFiles(database.index);
    rows.close();
  }

  @Test
  void aFullQueueLeavesOutTheNewestAndTheNextStartHasThem() throws Exception {
    HangingDatabase database = new HangingDatabase();
    FaultyDisk files = new FaultyDisk(folder);
    IndexQueue rows = new IndexQueue(database, 3);
    record(rows, files, 700);
    assertThat(rows.waitingRows()).isEqualTo(3);
    assertThat(rows.leftOut()).isPositive();

    database.released.countDown();
    settle(rows);
    rows.close();
    assertThat(database.index.segments).hasSizeLessThan(files.names().size());
    new IndexRepair(new RecordingFolder(folder), database.index).run();
    assertThatIndexEqualsFiles(database.index);
  }

  @Test
  void ofASegmentOnlyTheNewestStateWaits() {
    HangingDatabase database = new HangingDatabase();
    IndexQueue rows = new IndexQueue(database);
    Random random = new Random(7);
    Instant start = CameraPictures.START;
    for (int i = 0; i < 5000; i++) {
      int second = random.nextInt(300);
      rows.put(new Segment(camera.camera, "a", start, start.plusSeconds(second), second, i < 4999));
    }
    assertThat(rows.waitingRows()).isLessThanOrEqualTo(1);
    database.released.countDown();
    rows.close();
    assertThat(database.index.open()).isEmpty();
  }

  /** Returns when the thread has told all that waits. */
  private static void settle(IndexQueue rows) {
    CountDownLatch done = new CountDownLatch(1);
    rows.every(
        10,
        () -> {
          if (rows.waitingRows() == 0) {
            done.countDown();
          }
        });
    await(done);
  }
}
