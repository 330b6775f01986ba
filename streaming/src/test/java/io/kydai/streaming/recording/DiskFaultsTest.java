package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Gap.Reason;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.Retention;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, read-only, slow or gone: what is lost is said, and nothing else is lost. */
class DiskFaultsTest {
  private static final Duration SEGMENT = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final CameraPictures camera = new CameraPictures("gate-1", 4000);
  private RecordingDisks disks;
  private FaultyDisk files;
  private DiskWriter disk;
  private CameraRecorder recorder;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    files = new FaultyDisk(folder);
    disk = new DiskWriter(1 << 20);
    disks = OneDisk.at(folder, files, disk, () -> nanos);
    recorder =
        new CameraRecorder(
            RecordedStream.main(camera.camera),
            SEGMENT,
            null,
            null,
            index,
            disks,
            new RecordingMetrics(new SimpleMeterRegistry())
                .stream(RecordedStream.main(camera.camera)),
            () -> nanos);
  }

  @AfterEach
  void close() {
    disk.close(10_000);
  }

  private void record(int pictures) throws Exception {
    for (int i = 0; i < pictures; i++) {
      send();
      settle();
    }
  }

  private void send() {
    nanos += 40_000_000;
    recorder.add(camera.next());
  }

  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    disk.execute(done::countDown);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private List<Long> recorded() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : files.names()) {
      numbers.addAll(RecordedPictures.numbers(folder.resolve(name)));
    }
    return numbers;
  }

  private long picturesInGaps() {
    return index.gaps.stream()
        .mapToLong(gap -> Duration.between(gap.from(), gap.to()).toMillis() / 40)
        .sum();
  }

  private void assertThatFilesAndIndexAgree() throws IOException {
    assertThat(index.segments.keySet()).containsExactlyElementsOf(files.names());
    for (Segment segment : index.segments.values()) {
      assertThat(new RecordingFolder(folder).read(segment.file())).contains(segment);
      assertThat(Files.size(folder.resolve(segment.file()))).isEqualTo(segment.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
  void aDiskThatRefusesForHalfAMinuteCostsThatTimeAndNoMore(String words) throws Exception {
    record(60);
    files.refuse(words);
    record(750);
    files.refuse((String) null);
    record(390);
    recorder.end();
    settle();

    assertThat(index.gaps).extracting(Gap::reason).containsExactly(Reason.DISK_ERROR);
    assertThat(1200L - recorded().size()).isEqualTo(picturesInGaps()).isBetween(750L, 950L);
    assertThatFilesAndIndexAgree();
  }

  /** A write takes 2 s of the camera's time, in which the camera sends 50 pictures. */
  @Test
  void aDiskThatTakesTwoSecondsForAWriteCostsPicturesButNeitherMemoryNorTheCamerasTime()
      throws Exception {
    record(60);
    Semaphore writes = new Semaphore(0);
    files.beforeWrite(writes::acquireUninterruptibly);
    for (int i = 0; i < 1500; i++) {
      send(); // Nobody waits here: the disk's thread does.
      assertThat(disk.waitingBytes()).isLessThanOrEqualTo(1 << 20);
      if (i % 50 == 49) {
        writes.release();
      }
    }
    files.beforeWrite(() -> {});
    writes.release(10_000);
    settle();
    record(140);
    recorder.end();
    settle();

    assertThat(index.gaps).isNotEmpty().extracting(Gap::reason).containsOnly(Reason.SLOW_DISK);
    assertThat(recorded()).isSorted().doesNotHaveDuplicates().contains(0L, 1699L);
    assertThat(1700L - recorded().size()).isEqualTo(picturesInGaps());
    assertThatFilesAndIndexAgree();
  }

  @Test
  void aDiskThatDeletesNothingCostsNoRow() throws Exception {
    record(1000);
    recorder.end();
    settle();
    Map<String, Segment> before = new TreeMap<>(index.segments);
    Map<String, String> digests = new TreeMap<>(index.digests);
    files.usable(10);
    files.refuse("Read-only file system");
    Retention retention = retention(1000);

    assertThatThrownBy(retention::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be deleted")
        .hasMessageContaining("Read-only file system");

    assertThat(index.segments).isEqualTo(before);
    assertThat(index.digests).isEqualTo(digests);
    files.refuse((String) null);
    assertThat(retention.run()).isPositive();
    assertThatFilesAndIndexAgree();
  }

  private Retention retention(long leastFree) {
    return new Retention(
        new RecordingSettings(folder, 1L << 40, leastFree, SEGMENT),
        disks,
        index,
        any -> RetentionAges.keeping(Duration.ofDays(10_000)),
        new SettableClock(CameraPictures.START.plusSeconds(60)),
        () -> nanos);
  }

  @Test
  void whatWasToBeDeletedWhenTheNodeEndedIsDeletedAtTheNextStart() throws Exception {
    record(1000);
    recorder.end();
    settle();
    List<Segment> all = List.copyOf(index.segments.values());
    Segment first = all.get(0);
    Segment second = all.get(1);
    assertThat(index.release(first, DeletionReason.AGE)).isTrue();
    assertThat(index.release(second, DeletionReason.AGE)).isTrue();
    Files.write(folder.resolve(second.file()), new byte[7]); // Not what was recorded as deleted.

    retention(0).finish(disks.all().get(0));

    assertThat(folder.resolve(first.file())).doesNotExist();
    assertThat(folder.resolve(second.file())).exists();
    assertThat(folder.resolve(all.get(2).file())).exists();
  }

  @Test
  void whyEachFileWasDeletedIsRecordedWithItsDigest() throws Exception {
    record(1000);
    recorder.end();
    settle();
    Map<String, String> digests = new TreeMap<>(index.digests);
    files.usable(10);

    assertThat(retention(1000).run()).isEqualTo(digests.size());

    assertThat(index.deleted.keySet()).isEqualTo(digests.keySet());
    assertThat(index.deleted.values())
        .allMatch(one -> one.reason() == DeletionReason.FREE_SPACE)
        .allMatch(one -> digests.get(one.segment().file()).equals(one.sha256()));
  }
}
