package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.Archive;
import io.kydai.streaming.recording.retention.RetentionAges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that move to an archive: each is on one disk, the one that the index says. */
class ArchiveTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final int FILES = 3;
  private static final CameraId GATE = new CameraId("gate-1");
  private static final CameraId QUAY = new CameraId("quay");

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(START.plus(Duration.ofDays(8)));
  private final Map<CameraId, RetentionAges> ages =
      new HashMap<>(Map.of(GATE, moved(6), QUAY, moved(30)));
  private final Map<Path, FaultyDisk> files = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();
  private MemoryIndex index = new MemoryIndex();
  private RecordingDisks disks;

  @BeforeEach
  void record() throws IOException {
    open(folder);
    fill();
  }

  @AfterEach
  void close() {
    disks.close(10_000);
  }

  private void open(Path root) throws IOException {
    files.clear();
    disks =
        RecordingDisks.open(
            List.of(root.resolve("a")),
            List.of(root.resolve("archive")),
            at -> files.computeIfAbsent(at, ArchiveTest::faulty),
            index,
            1 << 20,
            () -> 0);
  }

  private static FaultyDisk faulty(Path root) {
    try {
      return new FaultyDisk(root);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fill() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Instant start = START.plus(Duration.ofDays(i));
      String file = "gate-1/2026-11-2%d/2026112%dT000000.000Z.mp4".formatted(i, i);
      byte[] bytes = new byte[3_000_000 + i];
      new Random(i).nextBytes(bytes);
      Path path = from().root().resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      contents.put(file, bytes);
      index.close(
          new Segment(GATE, file, start, start.plusSeconds(300), bytes.length, false, from().id()),
          Sha256.hex(bytes));
    }
  }

  private RecordingDisk from() {
    return disks.all().get(0);
  }

  private RecordingDisk to() {
    return disks.all().get(1);
  }

  private static RetentionAges moved(int days) {
    return new RetentionAges(Duration.ofDays(1000), null, Duration.ofDays(days));
  }

  private Archive archive() {
    return new Archive(disks, index, ages::get, 0, clock);
  }

  private static List<String> names(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(path -> path.toString().endsWith(".mp4"))
          .forEach(path -> names.add(root.relativize(path).toString()));
    }
    return names;
  }

  private void assertThatEachIsWhereTheIndexSays() throws IOException {
    assertThat(names(from().root()).size() + names(to().root()).size()).isEqualTo(FILES);
    for (Segment segment : index.segments.values()) {
      Path path = disks.path(segment);
      assertThat(Files.readAllBytes(path)).isEqualTo(contents.get(segment.file()));
      assertThat(index.find(segment.file()).orElseThrow().sha256())
          .isEqualTo(Sha256.hex(contents.get(segment.file())));
    }
    assertThat(index.moves()).isEmpty();
  }

  @Test
  void whatIsOldMovesAndWhatIsNotStays() throws Exception {
    assertThat(archive().run()).isEqualTo(2);
    assertThat(names(to().root())).hasSize(2);
    assertThatEachIsWhereTheIndexSays();
    assertThat(archive().run()).isZero();
    assertThat(disks.choose(RecordedStream.main(QUAY))).isSameAs(from());
  }

  @Test
  void eachCameraHasItsAge() throws Exception {
    Segment quay =
        new Segment(QUAY, "quay/2026-11-20/20261120T000000.000Z.mp4", START, START, 3, false);
    Path path = from().root().resolve(quay.file());
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[3]);
    index.put(quay.on(from().id()));
    ages.put(GATE, RetentionAges.keeping(Duration.ofDays(1000)));
    assertThat(archive().run()).as("never, and after 30 days").isZero();
    ages.put(QUAY, moved(7));
    assertThat(archive().run()).isEqualTo(1);
    assertThat(names(to().root())).containsExactly(quay.file());
  }

  /** Ends a move at each operation of a disk, and at each of the index, one after the other. */
  @Test
  void whereAMoveEndsInBetweenOneFileIsLeft() throws Exception {
    for (int round = 0; round < 24; round++) {
      disks.close(10_000);
      Path root = Files.createDirectory(folder.resolve("round-" + round));
      index = new MemoryIndex();
      open(root);
      fill();
      FaultyDisk target = files.get(to().root());
      MemoryIndex lasting = index;
      MemoryIndex failing = new MemoryIndex(target::powerLost);
      failing.copy(lasting);
      index = failing;
      target.losePowerAfter(round);
      boolean ended = false;
      try {
        archive().run();
      } catch (IOException | IllegalStateException e) {
        ended = true;
      }
      assertThat(ended).isEqualTo(target.powerLost());
      index = failing.asOfPowerLoss();
      target.afterPowerLoss(new Random(round));
      disks.close(10_000);

      open(root);
      archive().finish();
      assertThatEachIsWhereTheIndexSays();
      archive().run();
      assertThat(names(to().root())).hasSize(2);
      assertThatEachIsWhereTheIndexSays();
    }
  }

  @Test
  void aDiskThatKeepsTheOldFileIsAskedAgain() throws Exception {
    files.get(from().root()).refuse("Read-only file system");
    assertThatThrownBy(archive()::run).isInstanceOf(IOException.class);
    assertThat(index.moves()).hasSize(1);
    files.get(from().root()).refuse((String) null);
    assertThat(archive().run()).isEqualTo(1);
    assertThatEachIsWhereTheIndexSays();
  }

  @Test
  void whatRetentionDeletesInBetweenGoesFromBoth() throws Exception {
    files.get(from().root()).refuse("Read-only file system");
    assertThatThrownBy(archive()::run).isInstanceOf(IOException.class);
    files.get(from().root()).refuse((String) null);
    Segment moved = index.find(index.moves().get(0).file()).orElseThrow().segment();
    assertThat(moved.disk()).isEqualTo(to().id());
    assertThat(index.release(moved, DeletionReason.AGE)).isTrue();
    archive().finish();
    assertThat(from().root().resolve(moved.file())).doesNotExist();
    assertThat(to().root().resolve(moved.file())).doesNotExist();
  }

  @Test
  void aFileThatIsNotWhatWasWrittenStays() throws Exception {
    Segment first = List.copyOf(index.segments.values()).get(0);
    byte[] changed = contents.get(first.file()).clone();
    changed[2_000_000] ^= 1;
    Files.write(from().root().resolve(first.file()), changed);
    assertThat(archive().run()).isEqualTo(1);
    assertThat(index.find(first.file()).orElseThrow().segment()).isEqualTo(first);
    assertThat(names(to().root())).hasSize(1);
  }

  @Test
  void anArchiveWithoutRoomGetsNothing() throws Exception {
    files.get(to().root()).usable(1_000_000);
    assertThat(archive().run()).isZero();
    assertThatEachIsWhereTheIndexSays();
  }

  @Test
  void retentionDoesNotForgetWhatHasJustMoved() throws Exception {
    Segment before = List.copyOf(index.segments.values()).get(0);
    assertThat(archive().run()).isEqualTo(2);
    assertThat(index.release(before, DeletionReason.AGE)).as("as it was listed").isFalse();
    assertThatEachIsWhereTheIndexSays();
  }
}
