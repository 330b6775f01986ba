package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.check.Reindex;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.recording.retention.Thinning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is old is thinned to key frames: each file is there whole or thinned, as the index says. */
class ThinningTest {
  private static final Duration SEGMENT = Duration.ofSeconds(4);
  private static final Duration AGE = Duration.ofDays(6);
  private static final int PICTURES = 300;
  private static final int BETWEEN_KEY_FRAMES = 50;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(CameraPictures.START.plus(AGE));
  private MemoryIndex index = new MemoryIndex();
  private Path root;
  private FaultyDisk files;
  private RecordingDisks disks;
  private long nanos;

  @BeforeEach
  void openFirst() throws IOException {
    open(folder.resolve("recordings"));
    clock.set(clock.instant().plusSeconds(60));
  }

  @AfterEach
  void close() {
    disks.close(10_000);
  }

  private void open(Path at) throws IOException {
    root = at;
    files = new FaultyDisk(at);
    disks = OneDisk.at(at, files, new DiskWriter(1 << 24), () -> nanos);
  }

  /** Numbered pictures, in files of 4 s with two key frames each. */
  private void record() throws IOException {
    CameraPictures camera = new CameraPictures("gate-1", 400, BETWEEN_KEY_FRAMES);
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      units.add(camera.next());
    }
    record(units);
  }

  private void record(List<AccessUnit> units) throws IOException {
    CameraId camera = units.get(0).camera();
    DiskWriter writer = new DiskWriter(1 << 24);
    CameraRecorder recorder =
        new CameraRecorder(
            RecordedStream.main(camera),
            SEGMENT,
            null,
            null,
            index,
            OneDisk.at(root, files, writer, () -> nanos),
            new RecordingMetrics(new SimpleMeterRegistry()).stream(RecordedStream.main(camera)),
            () -> nanos);
    for (AccessUnit unit : units) {
      nanos += 40_000_000;
      recorder.add(unit);
    }
    recorder.end();
    writer.close(10_000);
  }

  private Thinning thinning() {
    return thinning(new RetentionAges(Duration.ofDays(30), AGE, null), () -> nanos);
  }

  private Thinning thinning(RetentionAges ages, LongSupplier time) {
    return new Thinning(disks, index, any -> ages, 0, clock, time);
  }

  private List<Long> numbers(Segment segment) throws IOException {
    return RecordedPictures.numbers(root.resolve(segment.file()));
  }

  private List<Segment> segments() {
    return List.copyOf(index.segments.values());
  }

  /** Files and rows name one another, each row says what its file has, and each byte is right. */
  private void assertThatTheIndexEqualsTheFiles() throws IOException {
    assertThat(files.names()).containsExactlyElementsOf(index.segments.keySet());
    assertThat(index.thinnings).isEmpty();
    RecordingFolder all = new RecordingFolder(root);
    for (Segment segment : segments()) {
      assertThat(all.read(segment.file())).contains(segment);
    }
    RecordingCheck.Outcome check =
        new RecordingCheck(
                all,
                index,
                RecordingCheck.Depth.HASH,
                clock,
                fault -> assertThat(fault).as("a fault").isNull())
            .run();
    assertThat(check.withoutDigest()).isZero();
    Reindex.Outcome reindex =
        new Reindex(all, index, one -> false, clock)
            .run(true, false, (difference, file) -> assertThat(file).as("%s", difference).isNull());
    assertThat(reindex.files()).isEqualTo(check.files());
  }

  @Test
  void whatIsOldHasItsKeyFramesLeft() throws Exception {
    record();
    List<Segment> before = segments();
    assertThat(before).hasSize(3);
    assertThat(thinning().run()).isEqualTo(3);

    List<Segment> after = segments();
    assertThat(after).extracting(Segment::file).allMatch(file -> file.endsWith("Z.key.mp4"));
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      left.addAll(numbers(after.get(i)));
      assertThat(after.get(i).start()).isEqualTo(before.get(i).start());
      assertThat(after.get(i).end()).isEqualTo(before.get(i).end());
      assertThat(after.get(i).bytes()).isLessThan(before.get(i).bytes() / 4);
    }
    assertThat(left).containsExactly(0L, 50L, 100L, 150L, 200L, 250L);
    assertThat(index.deleted.values())
        .hasSize(3)
        .allMatch(one -> one.reason() == DeletionReason.THINNED && one.sha256() != null);
    assertThatTheIndexEqualsTheFiles();
    assertThat(thinning().run()).as("once").isZero();
  }

  @Test
  void whatIsYoungOrHeldOrOfACameraWithoutAnAgeStays() throws Exception {
    record();
    List<Segment> before = segments();
    RetentionAges never = RetentionAges.keeping(Duration.ofDays(30));
    assertThat(thinning(never, () -> nanos).run()).isZero();

    clock.set(before.get(1).end().plus(AGE));
    index.held.add(before.get(0).file());
    assertThat(thinning().run()).as("the first is held, the others are young").isZero();
    assertThat(segments()).isEqualTo(before);

    clock.set(before.get(1).end().plus(AGE).plusMillis(1));
    assertThat(thinning().run()).isEqualTo(1);
    assertThat(numbers(segments().get(0))).hasSize(100);
    assertThat(numbers(segments().get(1))).hasSize(2);
    assertThatTheIndexEqualsTheFiles();
  }

  @Test
  void aHoldThatComesInBetweenKeepsTheWholeFile() throws Exception {
    record();
    List<Segment> before = segments();
    files.beforeWrite(() -> before.forEach(one -> index.held.add(one.file())));
    assertThat(thinning().run()).isZero();
    assertThat(segments()).isEqualTo(before);
    assertThatTheIndexEqualsTheFiles();
  }

  /** Loses power at each operation of the disk, one after the other. */
  @Test
  void whereThePowerGoesInBetweenOneFileIsLeft() throws Exception {
    int ended = 0;
    for (int round = 0; round < 30; round++) {
      next(round);
      MemoryIndex failing = new MemoryIndex(files::powerLost);
      failing.copy(index);
      index = failing;
      files.losePowerAfter(round);
      ended += endsEarly() ? 1 : 0;
      index = failing.asOfPowerLoss();
      files.afterPowerLoss(new Random(round));
      assertThatItGoesOnWithWhatIsThere();
    }
    assertThat(ended).as("each file takes 8 operations").isEqualTo(25);
  }

  /** Ends at each operation of the index, one after the other, while the disk does what it did. */
  @Test
  void whereTheNodeEndsAtTheIndexOneFileIsLeft() throws Exception {
    int ended = 0;
    for (int round = 0; round < 12; round++) {
      next(round);
      int[] left = {round};
      MemoryIndex failing = new MemoryIndex(() -> left[0]-- <= 0);
      failing.copy(index);
      index = failing;
      ended += endsEarly() ? 1 : 0;
      index = failing.asOfPowerLoss();
      assertThatItGoesOnWithWhatIsThere();
    }
    assertThat(ended).as("each file takes 3 operations").isEqualTo(9);
  }

  private void next(int round) throws IOException {
    disks.close(10_000);
    index = new MemoryIndex();
    open(Files.createDirectory(folder.resolve("round-" + round)));
    record();
  }

  private boolean endsEarly() {
    try {
      thinning().run();
      return false;
    } catch (IOException | IllegalStateException e) {
      return true;
    }
  }

  /** As a node does at its start, before it looks for files that the index does not have. */
  private void assertThatItGoesOnWithWhatIsThere() throws IOException {
    disks.close(10_000);
    open(root);
    Thinning.finish(disks.all().get(0), index);
    new IndexRepair(new RecordingFolder(root), index).run();
    assertThat(index.segments).hasSize(3);
    assertThatTheIndexEqualsTheFiles();
    thinning().run();
    assertThat(files.names()).hasSize(3).allMatch(name -> name.endsWith(".key.mp4"));
    assertThatTheIndexEqualsTheFiles();
  }

  /** A look at all files beside the node may add a row for what was not written to its end. */
  @Test
  void whatReindexTookForARecordingIsNotTwice() throws Exception {
    record();
    Segment first = segments().get(0);
    int[] left = {1};
    MemoryIndex failing = new MemoryIndex(() -> left[0]-- <= 0);
    failing.copy(index);
    index = failing;
    assertThat(endsEarly()).as("before the index says the new file").isTrue();
    index = failing.asOfPowerLoss();
    String thinned = first.file().replace(".mp4", ".key.mp4");
    index.put(new RecordingFolder(root).read(thinned).orElseThrow());
    Thinning.finish(disks.all().get(0), index);
    assertThat(segments()).contains(first);
    assertThatTheIndexEqualsTheFiles();
  }

  @Test
  void aDiskThatKeepsTheOldFileIsAskedAgain() throws Exception {
    record();
    files.beforeWrite(() -> files.refuseToDelete(true));
    assertThatThrownBy(thinning()::run).isInstanceOf(IOException.class);
    assertThat(index.thinnings).hasSize(1);
    files.beforeWrite(() -> {});
    files.refuseToDelete(false);
    assertThat(files.names()).hasSize(4);
    assertThat(thinning().run()).isEqualTo(2);
    assertThatTheIndexEqualsTheFiles();
  }

  @Test
  void aFileThatIsNotWhatWasWrittenStays() throws Exception {
    record();
    Segment first = segments().get(0);
    byte[] bytes = Files.readAllBytes(root.resolve(first.file()));
    bytes[bytes.length - 1] ^= 1;
    Files.write(root.resolve(first.file()), bytes);
    assertThat(thinning().run()).isEqualTo(2);
    assertThat(segments()).contains(first);
    assertThat(root.resolve(first.file())).hasBinaryContent(bytes);
    assertThat(files.names()).hasSize(3);
  }

  @Test
  void picturesThatAreAllKeyFramesStayAndAreNotReadAgain() throws Exception {
    CameraPictures jpeg = new CameraPictures("gate-1", 400, 1);
    record(List.of(jpeg.next(), jpeg.next(), jpeg.next()));
    List<Segment> before = segments();
    assertThat(thinning().run()).isZero();
    assertThat(segments()).isEqualTo(before);
    assertThat(index.spared).containsExactly(before.get(0).file());
  }

  @Test
  void afterTheClockLeaptNothingIsThinnedForADay() throws Exception {
    record();
    clock.set(CameraPictures.START.plusSeconds(60));
    Thinning thinning = thinning();
    assertThat(thinning.run()).isZero();
    clock.set(clock.instant().plus(AGE));
    nanos += Duration.ofMinutes(1).toNanos();
    assertThat(thinning.run()).isZero();
    clock.set(clock.instant().plus(Duration.ofDays(1)));
    nanos += Duration.ofDays(1).toNanos();
    assertThat(thinning.run()).isEqualTo(3);
  }

  @Test
  void aDiskWithoutRoomIsLeftAlone() throws Exception {
    record();
    files.usable(segments().get(0).bytes() - 1);
    assertThat(thinning().run()).isZero();
    assertThatTheIndexEqualsTheFiles();
  }

  /** In a file with a hole, the picture before it does not last over it. */
  @Test
  void aHoleStaysAHole() throws Exception {
    CameraPictures camera = new CameraPictures("gate-1", 400, 200);
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      units.add(camera.next());
    }
    camera.stalled(Duration.ofSeconds(4));
    units.add(camera.next());
    record(units);
    assertThat(segments()).hasSize(1);
    assertThat(thinning().run()).isEqualTo(1);
    try (FileChannel file =
        FileChannel.open(root.resolve(segments().get(0).file()), StandardOpenOption.READ)) {
      List<RecordedFragment> fragments = RecordedFile.read(file).fragments();
      assertThat(fragments).hasSize(1);
      assertThat(fragments.get(0).samples().duration()).isLessThan(35L * CameraPictures.TICKS);
    }
  }

  @Test
  void ffmpegPlaysThemAndThePlaybackSaysThatTheyAreThinned() throws Exception {
    FfmpegTools.assumeInstalled();
    SampleVideo sample = SampleVideo.encode(folder, 10, 2);
    record(sample.units());
    Instant end = SampleVideo.START.plusSeconds(10);
    clock.set(end.plus(AGE).plusSeconds(1));
    RecordedSpan whole = RecordedSpan.open(disks::path, segments(), SampleVideo.START, end, false);
    assertThat(whole.isThinned()).isFalse();
    assertThat(thinning().run()).isPositive();

    List<String> decoded = new ArrayList<>();
    for (Segment segment : segments()) {
      decoded.addAll(FfmpegTools.pictures(root.resolve(segment.file())));
    }
    List<String> keyFrames = FfmpegTools.keyFrames(sample.file());
    assertThat(decoded).isEqualTo(keyFrames).hasSizeGreaterThanOrEqualTo(5);
    RecordedSpan thinned =
        RecordedSpan.open(disks::path, segments(), SampleVideo.START, end, false);
    assertThat(thinned.isThinned()).isTrue();
    assertThat(thinned.start()).isEqualTo(whole.start());
    assertThat(thinned.stored()).hasSize(keyFrames.size());

    ExportedVideo exported = ExportedVideo.open(disks::path, segments(), whole.start(), end, false);
    assertThat(exported.thinned()).isEqualTo(exported.spans()).hasSize(1);
    Path file = folder.resolve("exported.mp4");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      exported.write(out, bytes -> {});
    }
    assertThat(FfmpegTools.pictures(file)).isEqualTo(keyFrames);
  }
}
