package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.check.Reindex;
import io.kydai.streaming.recording.disk.DiskPlace;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras on two disks, of which one refuses, hangs, is not mounted or is another one. */
class SeveralDisksTest {
  private static final Duration SEGMENT = Duration.ofSeconds(10);
  private static final int NAMES = 4;

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final Map<Path, FaultyDisk> files = new HashMap<>();
  private final List<CameraPictures> cameras = new ArrayList<>();
  private final List<CameraRecorder> recorders = new ArrayList<>();
  private RecordingDisks disks;
  private RecordingDisk one;
  private RecordingDisk other;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    openDisks();
    for (int i = 0; i < NAMES; i++) {
      begin(new CameraPictures("gate-" + i, 1000 + i));
    }
  }

  private void openDisks() throws IOException {
    disks =
        RecordingDisks.open(
            List.of(folder.resolve("a"), folder.resolve("b")),
            List.of(),
            root -> files.computeIfAbsent(root, SeveralDisksTest::faulty),
            index,
            16 << 20,
            () -> nanos);
    files.values().forEach(disk -> disk.usable(1L << 40));
    one = disks.all().get(0);
    other = disks.all().get(1);
  }

  private static FaultyDisk faulty(Path root) {
    try {
      return new FaultyDisk(root);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void begin(CameraPictures camera) {
    cameras.add(camera);
    recorders.add(
        new CameraRecorder(
            RecordedStream.main(camera.camera),
            SEGMENT,
            null,
            null,
            index,
            disks,
            new RecordingMetrics(new SimpleMeterRegistry())
                .stream(RecordedStream.main(camera.camera)),
            () -> nanos));
  }

  @AfterEach
  void close() {
    disks.close(10_000);
  }

  private void record(int pictures) throws Exception {
    for (int i = 0; i < pictures; i++) {
      send();
      settle(one);
      settle(other);
    }
  }

  private void send() {
    nanos += 40_000_000;
    for (int i = 0; i < cameras.size(); i++) {
      recorders.get(i).add(cameras.get(i).next());
    }
  }

  /**
   * Waits until the disk's thread is idle: a clock that leaps during a task makes it a slow one.
   */
  private static void settle(RecordingDisk disk) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    assertThat(disk.writer().offer(1, done::countDown)).isTrue();
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    while (disk.writer().waitingBytes() > 0) {
      Thread.onSpinWait();
    }
  }

  /** Both are tried, also the one that is well: the clock leaps again when both have been. */
  private void tryDisks() throws InterruptedException {
    nanos += TimeUnit.SECONDS.toNanos(10);
    disks.tick();
    settle(one);
    settle(other);
  }

  private void end() throws Exception {
    recorders.forEach(CameraRecorder::end);
    settle(one);
    settle(other);
  }

  private FaultyDisk filesOf(RecordingDisk disk) {
    return files.get(disk.root());
  }

  private List<Segment> segments(int camera) {
    return index.segments(cameras.get(camera).camera, Instant.MIN, Instant.MAX, 1000);
  }

  private List<Long> recorded(int camera) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Segment segment : segments(camera)) {
      Path root = disks.find(segment.disk()).orElseThrow().root();
      numbers.addAll(RecordedPictures.numbers(root.resolve(segment.file())));
    }
    return numbers;
  }

  private List<Gap> gaps(int camera) {
    return index.gaps.stream()
        .filter(gap -> gap.camera().equals(cameras.get(camera).camera))
        .sorted(Comparator.comparing(Gap::from))
        .toList();
  }

  private long inGaps(int camera) {
    return gaps(camera).stream()
        .mapToLong(gap -> Duration.between(gap.from(), gap.to()).toMillis() / 40)
        .sum();
  }

  private List<Integer> on(RecordingDisk disk) {
    List<Integer> there = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      if (segments(i).get(0).disk().equals(disk.id())) {
        there.add(i);
      }
    }
    return there;
  }

  private void assertThatNothingIsLostInSilence(int pictures) throws IOException {
    for (int i = 0; i < NAMES; i++) {
      assertThat(recorded(i)).isSorted().doesNotHaveDuplicates();
      assertThat(pictures - (long) recorded(i).size()).as("camera %s", i).isEqualTo(inGaps(i));
    }
    for (RecordingDisk disk : disks.all()) {
      RecordingFolder there = new RecordingFolder(disk.root(), disk.id());
      List<Segment> found = new ArrayList<>();
      there.scan(found::add);
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              index.segments.values().stream()
                  .filter(segment -> segment.disk().equals(disk.id()))
                  .toList());
    }
  }

  @Test
  void camerasAreSpreadAndTheIndexKnowsWhichDiskHasTheirFiles() throws Exception {
    record(300);
    end();

    assertThat(on(one)).hasSize(2);
    assertThat(on(other)).hasSize(2);
    assertThat(index.gaps).isEmpty();
    assertThatNothingIsLostInSilence(300);
    for (int i = 0; i < NAMES; i++) {
      assertThat(segments(i)).extracting(Segment::disk).containsOnly(segments(i).get(0).disk());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
  void theCamerasOfADiskThatRefusesGoOnOnTheOther(String words) throws Exception {
    record(120);
    filesOf(one).refuse(words);
    record(400);
    filesOf(one).refuse((String) null);
    record(30);
    end();

    List<Integer> moved = on(one);
    assertThat(moved).hasSize(2);
    for (int i : moved) {
      assertThat(gaps(i)).extracting(Gap::reason).containsExactly(Reason.DISK_ERROR);
      assertThat(inGaps(i)).as("up to the next key frame but one").isBetween(1L, 100L);
      assertThat(segments(i).get(segments(i).size() - 1).disk()).isEqualTo(other.id());
    }
    assertThat(on(other)).allSatisfy(i -> assertThat(gaps(i)).as("not disturbed").isEmpty());
    assertThatNothingIsLostInSilence(550);
  }

  @Test
  void aDiskThatComesBackIsTriedAndUsedAgain() throws Exception {
    record(120);
    filesOf(one).refuse("Input/output error");
    record(300);
    assertThat(one.isUsable()).isFalse();
    tryDisks();
    assertThat(one.fault()).as("tried in vain").isEqualTo("Input/output error");

    filesOf(one).refuse((String) null);
    tryDisks();
    assertThat(one.isUsable()).isTrue();
    record(600);
    end();
    assertThat(segments(0).size() + segments(1).size()).isGreaterThan(2);
    List<String> last =
        List.of(0, 1, 2, 3).stream()
            .map(i -> segments(i).get(segments(i).size() - 1).disk())
            .distinct()
            .toList();
    assertThat(last).as("cameras are spread again, without a gap").hasSize(2);
    assertThat(index.gaps).hasSize(2);
    assertThatNothingIsLostInSilence(1020);
  }

  @Test
  void theCamerasOfADiskThatHangsGoOnAndWhatItWritesLaterDoesNotCount() throws Exception {
    record(120);
    Semaphore writes = new Semaphore(0);
    filesOf(one).beforeWrite(writes::acquireUninterruptibly);
    for (int i = 0; i < 400; i++) {
      send();
      settle(other);
    }
    List<Integer> moved = on(one);
    for (int i : moved) {
      assertThat(gaps(i)).extracting(Gap::reason).containsExactly(Reason.SLOW_DISK);
    }
    assertThat(on(other)).allSatisfy(i -> assertThat(gaps(i)).as("not disturbed").isEmpty());

    filesOf(one).beforeWrite(() -> {});
    writes.release(10_000);
    settle(one);
    record(20);
    end();
    assertThat(gaps(moved.get(0))).hasSize(1);
    assertThatNothingIsLostInSilence(540);
  }

  @Test
  void nothingIsWrittenBeneathAMountPointAndNothingIsForgotten() throws Exception {
    record(120);
    end();
    int rows = index.segments.size();
    Path mounted = one.root();
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(mounted, elsewhere);
    Files.createDirectory(mounted);

    tryDisks();
    assertThat(one.fault()).contains("not mounted");
    recorders.forEach(CameraRecorder::resume);
    record(300);
    end();
    assertThat(mounted).isEmptyDirectory();
    assertThatThrownBy(() -> one.files().delete(mounted.resolve("x"))).hasMessageContaining("not");
    Segment gone = segments(on(one).get(0)).get(0);
    assertThat(disks.path(gone)).as("it cannot be played").isNull();
    Retention retention =
        new Retention(
            new RecordingSettings(List.of(mounted, other.root()), List.of(), 1, 0, SEGMENT),
            disks,
            index,
            any -> RetentionAges.keeping(Duration.ZERO),
            new SettableClock(CameraPictures.START.plusSeconds(86_400)),
            () -> nanos);
    assertThat(retention.run()).as("what is there").isPositive();
    assertThat(index.segments.values()).extracting(Segment::disk).containsOnly(one.id());

    List<DiskPlace> places = DiskPlace.look(List.of(mounted, other.root()), index.disks());
    assertThat(places.get(0).fault()).isEqualTo("the disk is not mounted");
    assertThat(places.get(0).id()).isEqualTo(one.id());

    Files.delete(mounted);
    Files.move(elsewhere, mounted);
    tryDisks();
    assertThat(disks.path(gone)).exists();
    assertThat(index.segments.size()).isPositive().isLessThan(rows);
  }

  @Test
  void anotherDiskAtTheSamePlaceIsNoticed() throws Exception {
    record(120);
    end();
    Files.writeString(one.root().resolve("kydai-disk"), "0123456789abcdef\n");
    tryDisks();
    assertThat(one.isThere()).isFalse();
    disks.close(10_000);

    openDisks();
    assertThat(one.id()).isEqualTo("0123456789abcdef");
    Files.copy(
        one.root().resolve("kydai-disk"),
        other.root().resolve("kydai-disk"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(DiskPlace.look(List.of(one.root(), other.root()), index.disks()).get(1).fault())
        .contains("the same disk is at");
  }

  @Test
  void eachDiskIsVerifiedAndIndexedByItself() throws Exception {
    record(120);
    end();
    List<Segment> all = List.copyOf(index.segments.values());
    RecordingFolder there = new RecordingFolder(one.root(), one.id());
    index.segments.values().removeIf(segment -> segment.disk().equals(one.id()));
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    List<String> faults = new ArrayList<>();
    new RecordingCheck(
            there, index, RecordingCheck.Depth.HASH, later, fault -> faults.add(fault.kind()))
        .run();
    assertThat(faults).containsOnly("unknown");
    new Reindex(there, index, any -> false, later).run(true, false, (difference, file) -> {});
    assertThat(index.segments.values()).containsExactlyInAnyOrderElementsOf(all);

    Segment moved = all.stream().filter(one -> one.disk().equals(other.id())).findFirst().get();
    Path copy = one.root().resolve(moved.file());
    Files.createDirectories(copy.getParent());
    Files.copy(other.root().resolve(moved.file()), copy);
    faults.clear();
    new RecordingCheck(
            there, index, RecordingCheck.Depth.SIZE, later, fault -> faults.add(fault.kind()))
        .run();
    assertThat(faults).containsExactly("double");
    new Reindex(there, index, any -> true, later).run(true, false, (difference, file) -> {});
    assertThat(index.find(moved.file()).orElseThrow().segment()).isEqualTo(moved);
    Files.delete(other.root().resolve(moved.file()));
    new Reindex(there, index, any -> false, later).run(true, false, (difference, file) -> {});
    assertThat(index.find(moved.file()).orElseThrow().segment().disk()).isEqualTo(one.id());
  }

  /** {@code -Dkydai.power-losses} says how often, 10 otherwise. */
  @Test
  void aLossOfPowerCostsLessThanASecondOnEachDisk() throws Exception {
    Random random = new Random(20261130);
    for (int round = 0; round < Integer.getInteger("kydai.power-losses", 10); round++) {
      losePower(Files.createDirectory(folder.resolve("power-" + round)), random);
    }
  }

  private void losePower(Path root, Random random) throws Exception {
    Map<Path, FaultyDisk> power = new HashMap<>();
    MemoryIndex rows =
        new MemoryIndex(() -> power.values().stream().anyMatch(FaultyDisk::powerLost));
    RecordingDisks two =
        RecordingDisks.open(
            List.of(root.resolve("a"), root.resolve("b")),
            List.of(),
            at -> power.computeIfAbsent(at, SeveralDisksTest::faulty),
            rows,
            16 << 20,
            () -> nanos);
    List<CameraPictures> pictures =
        List.of(new CameraPictures("gate-1", 900), new CameraPictures("quay", 1700));
    List<CameraRecorder> both = new ArrayList<>();
    for (CameraPictures camera : pictures) {
      both.add(
          new CameraRecorder(
              RecordedStream.main(camera.camera),
              Duration.ofSeconds(3),
              null,
              null,
              rows,
              two,
              new RecordingMetrics(new SimpleMeterRegistry())
                  .stream(RecordedStream.main(camera.camera)),
              () -> nanos));
    }
    FaultyDisk first = power.get(two.all().get(random.nextInt(2)).root());
    first.losePowerAfter(20 + random.nextInt(80));
    while (!first.powerLost()) {
      nanos += 40_000_000;
      for (int camera = 0; camera < 2; camera++) {
        both.get(camera).add(pictures.get(camera).next());
      }
      settle(two.all().get(0));
      settle(two.all().get(1));
    }
    power.values().forEach(disk -> disk.losePowerAfter(0));
    MemoryIndex afterwards = rows.asOfPowerLoss();
    Instant end = pictures.get(0).now();
    two.close(10_000);
    for (RecordingDisk disk : two.all()) {
      power.get(disk.root()).afterPowerLoss(random);
      new IndexRepair(new RecordingFolder(disk.root(), disk.id()), afterwards).run();
    }
    assertThat(two.all())
        .allSatisfy(
            disk ->
                assertThat(afterwards.segments.values())
                    .extracting(Segment::disk)
                    .contains(disk.id()));
    for (CameraPictures camera : pictures) {
      Segment last = afterwards.newest(RecordedStream.main(camera.camera), 1).get(0);
      assertThat(Duration.between(last.end(), end)).isLessThanOrEqualTo(Duration.ofSeconds(1));
      long next = 0;
      for (Segment segment : afterwards.segments(camera.camera, Instant.MIN, Instant.MAX, 1000)) {
        Path file = two.find(segment.disk()).orElseThrow().root().resolve(segment.file());
        for (long number : RecordedPictures.numbers(file)) {
          assertThat(number).isEqualTo(next++);
        }
      }
    }
  }
}
