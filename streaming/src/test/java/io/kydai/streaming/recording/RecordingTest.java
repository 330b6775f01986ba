package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.disk.DiskWriter;
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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera's pictures, through the recorder and the disk's thread, onto a real folder. */
class RecordingTest {
  private static final Duration SEGMENT = Duration.ofSeconds(10);
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final List<StreamRole> MAIN_ONLY = List.of(StreamRole.MAIN);
  private static final List<StreamRole> BOTH = List.of(StreamRole.MAIN, StreamRole.SUB);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final CameraPictures camera = new CameraPictures("gate-1", 4000);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RecordingDisks disks;
  private FaultyDisk files;
  private DiskWriter disk;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    files = new FaultyDisk(folder);
    disk = new DiskWriter(1 << 20);
    disks = OneDisk.at(folder, files, disk, () -> nanos);
  }

  @AfterEach
  void close() {
    disk.close(10_000);
  }

  private CameraRecorder recorder(Instant recordedUntil) {
    return new CameraRecorder(
        RecordedStream.main(camera.camera),
        SEGMENT,
        null,
        recordedUntil,
        index,
        disks,
        new RecordingMetrics(registry).stream(RecordedStream.main(camera.camera)),
        () -> nanos);
  }

  private void record(CameraRecorder recorder, int pictures) throws Exception {
    for (int i = 0; i < pictures; i++) {
      add(recorder, camera.next());
    }
  }

  private void add(CameraRecorder recorder, AccessUnit unit) throws Exception {
    nanos += 40_000_000;
    recorder.add(unit);
    settle();
  }

  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    disk.execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private List<Reason> gaps() {
    return index.gaps.stream().map(Gap::reason).toList();
  }

  private List<Long> recorded() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : files.names()) {
      numbers.addAll(RecordedPictures.numbers(folder.resolve(name)));
    }
    return numbers;
  }

  @Test
  void everyPictureIsRecordedOnceInFilesThatBeginWithKeyFrames() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 700);
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(700).isSorted().doesNotHaveDuplicates();
    assertThat(index.segments).hasSize(3);
    assertThat(index.open()).isEmpty();
    assertThat(gaps()).isEmpty();
    List<Segment> segments = List.copyOf(index.segments.values());
    assertThat(segments.get(0).start()).isEqualTo(CameraPictures.START);
    assertThat(segments.get(0).end()).isEqualTo(segments.get(1).start());
    assertThat(segments.get(2).end()).isEqualTo(camera.now());
    assertThat(segments.get(0).file()).isEqualTo("gate-1/2026-11-29/20261129T010000.000Z.mp4");
    for (Segment segment : segments) {
      assertThat(Files.size(folder.resolve(segment.file()))).isEqualTo(segment.bytes());
      assertThat(RecordedPictures.numbers(folder.resolve(segment.file())).get(0) % 50).isZero();
      assertThat(Files.getPosixFilePermissions(folder.resolve(segment.file())))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void ffmpegDecodesTheCamerasPicturesFromTheFile() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 4, 2);
    CameraRecorder recorder = recorder(null);
    for (AccessUnit unit : sample.units()) {
      add(recorder, unit);
    }
    recorder.end();
    settle();

    Path file = folder.resolve(files.names().get(0));
    assertThat(FfmpegTools.pictures(file)).isEqualTo(FfmpegTools.pictures(sample.file()));
    assertThat(fromZero(FfmpegTools.presentationTimes(file)))
        .isEqualTo(fromZero(FfmpegTools.presentationTimes(sample.file())));
  }

  private static List<Long> fromZero(List<Long> times) {
    return times.stream().map(time -> time - times.get(0)).toList();
  }

  @Test
  void aLostCameraIsOneGapWithItsSpan() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 130);
    Instant lost = camera.now();
    camera.lost(Duration.ofSeconds(8));
    record(recorder, 100);

    assertThat(index.gaps)
        .containsExactly(new Gap(camera.camera, lost, lost.plusSeconds(8), Reason.CAMERA_LOST));
    assertThat(index.segments).hasSize(2);
  }

  @Test
  void picturesBehindALossAreAGapUpToTheNextKeyFrame() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 60);
    Instant lost = camera.now();
    for (int i = 0; i < 40; i++) {
      add(recorder, camera.damaged());
    }
    record(recorder, 50);

    assertThat(index.gaps)
        .containsExactly(new Gap(camera.camera, lost, lost.plusMillis(1600), Reason.DAMAGED));
    recorder.end();
    settle();
    assertThat(recorded()).hasSize(110).doesNotContain(60L, 99L).contains(59L, 100L);
  }

  @Test
  void anotherResolutionIsAnotherFileWithoutAGap() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 100);
    camera.resolution(640);
    record(recorder, 100);
    recorder.end();
    settle();

    assertThat(index.segments).hasSize(2);
    assertThat(recorded()).hasSize(200);
    assertThat(gaps()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackOverwritesNothing() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 50);
    camera.setClock(Duration.ofSeconds(-2));
    camera.lost(Duration.ZERO);
    record(recorder, 50);
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(100);
    assertThat(files.names())
        .containsExactly(
            "gate-1/2026-11-29/20261129T010000.000Z-2.mp4",
            "gate-1/2026-11-29/20261129T010000.000Z.mp4");
  }

  @Test
  void aCameraThatFallsSilentIsOnTheDiskAllTheSame() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 110);
    nanos += Duration.ofMillis(CameraRecorder.GROUP_MILLIS).toNanos();
    recorder.tick();
    settle();

    assertThat(recorded()).hasSize(110);
  }

  @Test
  void aStallIsAGapByTheMediaTimeAndEndsNoFile() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 60);
    Instant stalled = camera.now();
    camera.stalled(Duration.ofSeconds(6));
    record(recorder, 30);
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(90);
    assertThat(index.gaps)
        .containsExactly(
            new Gap(camera.camera, stalled, stalled.plusSeconds(6), Reason.CAMERA_LOST));
    assertThat(index.segments).hasSize(1);
  }

  @Test
  void aStallBeforeAKeyFrameIsAGapToo() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 300);
    Instant stalled = camera.now();
    camera.stalled(Duration.ofSeconds(6));
    record(recorder, 60);
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(360);
    assertThat(index.gaps)
        .containsExactly(
            new Gap(camera.camera, stalled, stalled.plusSeconds(6), Reason.CAMERA_LOST));
    assertThat(index.segments.values()).extracting(Segment::end).contains(stalled);
  }

  @Test
  void aCameraThatSendsAPictureEveryFiveSecondsHasNoStalls() throws Exception {
    CameraRecorder recorder = recorder(null);
    for (int i = 0; i < 40; i++) {
      add(recorder, camera.next());
      camera.stalled(Duration.ofMillis(4960));
    }
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(40);
    assertThat(gaps()).as("only the first is longer than any before").hasSize(1);
  }

  @Test
  void aSlowDiskCostsPicturesAndSaysSo() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CameraRecorder recorder = recorder(null);
    record(recorder, 60);
    files.beforeWrite(() -> await(released));
    for (int i = 0; i < 340; i++) {
      recorder.add(camera.next());
    }
    assertThat(disk.waitingBytes()).isLessThanOrEqualTo(1 << 20);
    files.beforeWrite(() -> {});
    released.countDown();
    settle();
    record(recorder, 100);
    recorder.end();
    settle();

    assertThat(gaps()).isNotEmpty().containsOnly(Reason.SLOW_DISK);
    assertThat(recorded()).isSorted().doesNotHaveDuplicates().contains(0L, 59L, 499L);
    assertThat(notRecorded()).isEqualTo(gapPictures());
    assertThat(registry.get("kydai.recording.refused.bytes").counter().count()).isPositive();
  }

  private long notRecorded() throws IOException {
    return 500 - recorded().size();
  }

  private long gapPictures() {
    return index.gaps.stream()
        .mapToLong(gap -> Duration.between(gap.from(), gap.to()).toMillis() / 40)
        .sum();
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDiskThatRefusesIsTriedAgainAndCostsOnlyItsTime() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 60);
    files.refuse(true);
    record(recorder, 100);
    files.refuse(false);
    record(recorder, 200);
    recorder.end();
    settle();

    assertThat(gaps()).containsExactly(Reason.DISK_ERROR);
    assertThat(index.open()).isEmpty();
    assertThat(360L - recorded().size()).as("the gap is what is missing").isEqualTo(gapPictures());
    assertThat(recorded()).isSorted().doesNotHaveDuplicates().contains(359L);
    for (Segment segment : index.segments.values()) {
      assertThat(Files.size(folder.resolve(segment.file()))).isEqualTo(segment.bytes());
    }
    assertThat(registry.get("kydai.recording.failures").counter().count()).isPositive();
  }

  @Test
  void aDiskThatBecomesFullCostsOnlyItsTime() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 120);
    disks.all().get(0).space().full(true);
    record(recorder, 250);
    disks.all().get(0).space().full(false);
    record(recorder, 130);
    recorder.end();
    settle();

    assertThat(gaps()).containsExactly(Reason.DISK_FULL);
    assertThat(recorded()).isSorted().doesNotHaveDuplicates();
    assertThat(500L - recorded().size()).isEqualTo(gapPictures());
    for (Segment segment : index.segments.values()) {
      assertThat(new RecordingFolder(folder).read(segment.file())).contains(segment);
    }
  }

  @Test
  void aCameraThatIsAwayLeavesNoOpenFile() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 120);
    nanos += Duration.ofSeconds(16).toNanos();
    recorder.tick();
    settle();

    assertThat(index.open()).isEmpty();
    assertThat(recorded()).hasSize(120);
  }

  @Test
  void aClockThatLeapsDeletesNothingByAge() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 600);
    recorder.end();
    settle();
    AtomicReference<Instant> wall = new AtomicReference<>(CameraPictures.START.plusSeconds(30));
    RecordingSettings settings = new RecordingSettings(folder, 1L << 40, 0, SEGMENT);
    Retention retention =
        new Retention(
            settings,
            disks,
            index,
            any -> RetentionAges.keeping(Duration.ofDays(1)),
            clock(wall),
            () -> nanos);
    assertThat(retention.run()).isZero();

    wall.set(CameraPictures.START.plusSeconds(400 * 86_400L));
    nanos += 10_000_000_000L;
    assertThat(retention.run()).isZero();
    wall.set(wall.get().plusSeconds(86_401));
    nanos += Duration.ofSeconds(86_401).toNanos();
    assertThat(retention.run()).as("a day later it is believed").isPositive();
  }

  @Test
  void theTimeInWhichTheNodeWasDownIsAGap() throws Exception {
    Instant before = CameraPictures.START.minusSeconds(90);
    record(recorder(before), 30);

    assertThat(index.gaps)
        .containsExactly(new Gap(camera.camera, before, CameraPictures.START, Reason.NODE_DOWN));
  }

  @Test
  void aLossOfPowerCostsLessThanASecondAndTheIndexEqualsTheFiles() throws Exception {
    int rounds = Integer.getInteger("kydai.power-losses", 200);
    for (int round = 0; round < rounds; round++) {
      Path root = Files.createDirectory(folder.resolve("round-" + round));
      losePower(root, new Random(round), round % 2 == 0 ? MAIN_ONLY : BOTH);
    }
  }

  private void losePower(Path root, Random random, List<StreamRole> roles) throws Exception {
    FaultyDisk power = new FaultyDisk(root);
    MemoryIndex rows = new MemoryIndex(power::powerLost);
    RecordingDisks one = OneDisk.at(root, power, disk, () -> nanos);
    Map<CameraRecorder, CameraPictures> streams = new LinkedHashMap<>();
    for (StreamRole role : roles) {
      RecordedStream stream = new RecordedStream(camera.camera, role);
      CameraRecorder recorder =
          new CameraRecorder(
              stream,
              Duration.ofSeconds(3),
              null,
              null,
              rows,
              one,
              new RecordingMetrics(new SimpleMeterRegistry()).stream(stream),
              () -> nanos);
      int size = 200 + random.nextInt(3000);
      int keyFrames = role == StreamRole.MAIN ? 50 : 35;
      streams.put(recorder, new CameraPictures(camera.camera.value(), size, keyFrames));
    }
    power.losePowerAfter(1 + random.nextInt(80 * roles.size()));
    Instant lost = CameraPictures.START;
    while (!power.powerLost()) {
      nanos += 40_000_000;
      for (Map.Entry<CameraRecorder, CameraPictures> stream : streams.entrySet()) {
        stream.getKey().add(stream.getValue().next());
        lost = stream.getValue().now();
      }
      settle();
    }
    power.afterPowerLoss(random);

    MemoryIndex afterwards = rows.asOfPowerLoss();
    RecordingFolder recordings = new RecordingFolder(root);
    new IndexRepair(new RecordingFolder(root), afterwards).run();
    assertThat(afterwards.segments.keySet()).containsExactlyElementsOf(power.names());
    for (Segment segment : afterwards.segments.values()) {
      assertThat(recordings.read(segment.file())).contains(segment);
      assertThat(Files.size(root.resolve(segment.file()))).isEqualTo(segment.bytes());
    }
    for (StreamRole role : roles) {
      List<Segment> files =
          afterwards.segments.values().stream().filter(file -> file.stream() == role).toList();
      Instant end =
          files.stream().map(Segment::end).max(Instant::compareTo).orElse(CameraPictures.START);
      assertThat(Duration.between(end, lost)).as("%s", role).isLessThanOrEqualTo(ONE_SECOND);
      long next = 0;
      for (Segment file : files) {
        for (long number : RecordedPictures.numbers(root.resolve(file.file()))) {
          assertThat(number).as("%s", role).isEqualTo(next++);
        }
      }
    }
  }

  @Test
  void retentionDeletesTheOldestAndNeverWhatIsHeld() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 1000);
    recorder.end();
    settle();
    List<String> names = files.names();
    assertThat(names).hasSize(4);
    index.held.add(names.get(0));
    Clock clock = Clock.fixed(CameraPictures.START.plusSeconds(3625), ZoneOffset.UTC);
    RecordingSettings settings = new RecordingSettings(folder, 1L << 40, 1000, SEGMENT);
    Retention retention =
        new Retention(
            settings,
            disks,
            index,
            any -> RetentionAges.keeping(Duration.ofHours(1)),
            clock,
            () -> nanos);

    assertThat(retention.run()).as("only the second has ended an hour ago").isEqualTo(1);
    assertThat(files.names()).containsExactly(names.get(0), names.get(2), names.get(3));
    assertThat(index.segments.keySet()).containsExactlyElementsOf(files.names());

    files.usable(400);
    assertThat(retention.run()).isEqualTo(2);
    assertThat(files.names()).containsExactly(names.get(0));
    assertThat(disks.all().get(0).space().full()).isTrue();

    record(recorder, 100);
    assertThat(files.names()).as("nothing is recorded on a full disk").hasSize(1);
    files.usable(100_000);
    retention.run();
    record(recorder, 100);
    assertThat(files.names()).hasSize(2);
    assertThat(gaps()).contains(Reason.DISK_FULL);
  }

  @Test
  void manyFilesOfTheSameMomentHaveNamesOfTheirOwn() throws Exception {
    CameraRecorder recorder = recorder(null);
    for (int i = 0; i < 12; i++) {
      record(recorder, 50);
      camera.setClock(Duration.ofSeconds(-2));
      camera.lost(Duration.ZERO);
    }
    recorder.end();
    settle();

    assertThat(index.segments)
        .hasSize(12)
        .containsKey("gate-1/2026-11-29/20261129T010000.000Z-12.mp4");
    assertThat(recorded()).hasSize(600);
  }

  @Test
  void whatIsBehindDamageInTheMiddleIsKeptAndTheHoleIsSaid() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 240);
    settle(); // The node dies here: the row is open, the newest group was never written.
    Segment open = index.open().get(0);
    Path file = folder.resolve(open.file());
    damage(file, 3);
    long length = Files.size(file);

    new IndexRepair(new RecordingFolder(folder), index).run();

    assertThat(Files.size(file)).as("nothing is cut").isEqualTo(length);
    assertThat(recorded()).contains(0L, 44L, 100L, 220L).doesNotContain(45L, 99L);
    Segment closed = index.segments.get(open.file());
    assertThat(closed.open()).isFalse();
    assertThat(closed.bytes()).isEqualTo(length);
    assertThat(index.gaps)
        .containsExactly(
            new Gap(
                camera.camera,
                CameraPictures.START.plusMillis(45 * 40),
                CameraPictures.START.plusMillis(100 * 40),
                Reason.DISK_ERROR));
  }

  /** Makes a fragment, counted from 0, end far behind the file's end, as it says itself. */
  private static void damage(Path file, int fragment) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long offset = RecordedFile.read(channel).fragments().get(fragment).offset();
      channel.write(ByteBuffer.wrap(new byte[] {0x7f}), offset + 32);
    }
  }

  @Test
  void whatTheIndexNeverHeardOfIsInItAfterTheNextStart() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 1000);
    recorder.end();
    settle();
    MemoryIndex whole = index.asOfPowerLoss();
    List<String> names = files.names();
    assertThat(names).hasSize(4);
    index.segments.remove(names.get(2));
    index.segments.remove(names.get(3));

    new IndexRepair(new RecordingFolder(folder), index).run();

    assertThat(index.segments).isEqualTo(whole.segments);
    assertThat(gaps()).isEmpty();
  }

  @Test
  void anIndexIsMadeAgainFromTheFiles() throws Exception {
    CameraRecorder recorder = recorder(null);
    record(recorder, 700);
    recorder.end();
    settle();
    Files.writeString(folder.resolve("gate-1/notes.txt"), "not a recording");
    Files.write(folder.resolve("gate-1/2026-11-29/20261129T090000.000Z.mp4"), new byte[5000]);

    MemoryIndex again = new MemoryIndex();
    assertThat(new RecordingFolder(folder).scan(again::put)).isEqualTo(3);
    assertThat(again.segments).isEqualTo(index.segments);
  }
}
