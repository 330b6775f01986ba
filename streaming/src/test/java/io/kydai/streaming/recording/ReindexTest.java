package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.check.RecordingCheck.Depth;
import io.kydai.streaming.recording.check.RecordingCheck.Fault;
import io.kydai.streaming.recording.check.Reindex;
import io.kydai.streaming.recording.check.Reindex.Difference;
import io.kydai.streaming.recording.disk.DiskFiles;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index and its files that came to differ: what is wrong is named, and made right. */
class ReindexTest {
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final Map<String, Difference> differences = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private List<String> names;

  @BeforeEach
  void record() throws IOException {
    // Names of which one begins as the other: "a-1/" comes before "a/".
    for (String name : List.of("a", "a-1", "b")) {
      CameraPictures camera = new CameraPictures(name, 500);
      DiskWriter disk = new DiskWriter(1 << 28);
      CameraRecorder recorder =
          new CameraRecorder(
              RecordedStream.main(camera.camera),
              Duration.ofSeconds(2),
              null,
              null,
              index,
              OneDisk.at(folder, new DiskFiles(folder), disk, System::nanoTime),
              new RecordingMetrics(new SimpleMeterRegistry())
                  .stream(RecordedStream.main(camera.camera)),
              System::nanoTime);
      for (int i = 0; i < 1000; i++) {
        recorder.add(camera.next());
      }
      recorder.end();
      assertThat(disk.close(20_000)).isTrue();
    }
    names = List.copyOf(index.segments.keySet());
    assertThat(names).hasSize(60);
  }

  private Reindex.Outcome reindex(boolean apply, boolean anyNumber) throws IOException {
    differences.clear();
    return new Reindex(new RecordingFolder(folder), index, any -> false, LATER)
        .run(apply, anyNumber, (d, f) -> differences.put(f, d));
  }

  private RecordingCheck.Outcome check(Depth depth) throws IOException {
    faults.clear();
    return new RecordingCheck(new RecordingFolder(folder), index, depth, LATER, faults::add).run();
  }

  private void flip(String file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
      bytes.seek(at);
      int before = bytes.read();
      bytes.seek(at);
      bytes.write(before ^ 0x10);
    }
  }

  @Test
  void whatIsWholeHasNoFaultsAndStays() throws Exception {
    MemoryIndex before = index.asOfPowerLoss();
    RecordingCheck.Outcome outcome = check(Depth.HASH);

    assertThat(faults).isEmpty();
    assertThat(outcome.files()).isEqualTo(60);
    assertThat(outcome.withoutDigest()).isZero();
    assertThat(outcome.bytesRead()).isEqualTo(index.totalBytes());
    assertThat(reindex(true, false).isDone()).isTrue();
    assertThat(differences).isEmpty();
    assertThat(index.segments).isEqualTo(before.segments);
  }

  @Test
  void eachFaultIsNamedByTheLookThatSeesIt() throws Exception {
    Files.delete(folder.resolve(names.get(3)));
    index.segments.remove(names.get(25));
    Files.write(folder.resolve(names.get(30)), new byte[10]);
    flip(names.get(59), 20_000);

    check(Depth.PRESENCE);
    assertThat(faults).extracting(Fault::file).containsExactly(names.get(3), names.get(25));
    assertThat(faults).extracting(Fault::kind).containsExactly("missing", "unknown");
    check(Depth.SIZE);
    assertThat(faults).extracting(Fault::kind).containsExactly("missing", "unknown", "size");
    check(Depth.HASH);
    assertThat(faults).extracting(Fault::kind).endsWith("size", "changed");
    assertThat(faults.get(3).file()).isEqualTo(names.get(59));
  }

  @Test
  void anyByteThatChangesIsNoticed() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      String file = names.get(random.nextInt(names.size()));
      long at = (long) (random.nextDouble() * Files.size(folder.resolve(file)));
      flip(file, at);
      check(Depth.HASH);
      assertThat(faults).extracting(Fault::file).as("byte %s", at).containsExactly(file);
      flip(file, at);
    }
  }

  @Test
  void anIndexThatIsLostOrWrongIsMadeAgain() throws Exception {
    MemoryIndex before = index.asOfPowerLoss();
    index.segments.clear();
    assertThat(reindex(false, false).added()).as("only looked at").isEqualTo(60);
    assertThat(index.segments).isEmpty();
    assertThat(reindex(true, false).isDone()).isTrue();
    assertThat(index.segments).isEqualTo(before.segments);
    assertThat(index.gaps).as("there were no gaps").isEmpty();

    Segment one = index.segments.get(names.get(7));
    index.put(
        new Segment(one.camera(), one.file(), one.start(), one.end(), one.bytes() + 1, false));
    Files.delete(folder.resolve(names.get(30)));
    reindex(true, false);
    assertThat(differences)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(names.get(7), Difference.CHANGED, names.get(30), Difference.REMOVED));
    assertThat(index.segments).hasSize(59).containsEntry(names.get(7), one);
    check(Depth.SIZE);
    assertThat(faults).isEmpty();
  }

  @Test
  void manyFilesThatAreMissingDeleteNoRowsUnlessItIsSaid() throws Exception {
    for (int i = 0; i < 4; i++) {
      Files.delete(folder.resolve(names.get(10 + i)));
    }
    Reindex.Outcome refused = reindex(true, false);
    assertThat(refused.isTooMuch()).as("4 of 60 are more than 5 %").isTrue();
    assertThat(refused.isDone()).isFalse();
    assertThat(index.segments).hasSize(60);

    assertThat(reindex(true, true).removed()).isEqualTo(4);
    assertThat(index.segments).hasSize(56);
  }

  @Test
  void holesBetweenFilesThatWereUnknownAreGaps() throws Exception {
    Segment before = index.segments.get(names.get(4));
    Segment after = index.segments.get(names.get(6));
    Files.delete(folder.resolve(names.get(5)));
    index.segments.clear();
    reindex(true, false);

    assertThat(index.gaps)
        .containsExactly(new Gap(before.camera(), before.end(), after.start(), Gap.Reason.UNKNOWN));
  }

  /** Damage before the last pictures: no key frame comes after it, but whole fragments do. */
  @Test
  void nothingIsCutOffAFileThatIsDamagedAndItsDigestStillTells() throws Exception {
    String file = names.get(12);
    byte[] before = Files.readAllBytes(folder.resolve(file));
    flip(file, fragments(file).get(fragments(file).size() - 3).offset() + 37);
    byte[] damaged = Files.readAllBytes(folder.resolve(file));
    reindex(true, false);

    assertThat(Files.readAllBytes(folder.resolve(file))).isEqualTo(damaged);
    assertThat(damaged).hasSameSizeAs(before);
    assertThat(differences).containsExactly(Map.entry(file, Difference.CHANGED));
    check(Depth.HASH);
    assertThat(faults).extracting(Fault::file).containsExactly(file);
    assertThat(faults).extracting(Fault::kind).containsExactly("changed");
    assertThat(new RecordingFolder(folder).close(file)).as("as of a crash").isPresent();
    assertThat(Files.readAllBytes(folder.resolve(file))).isEqualTo(damaged);
  }

  private List<RecordedFragment> fragments(String file) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(file))) {
      return RecordedFile.read(channel).fragments();
    }
  }

  @Test
  void aFileThatGotItsRowMeanwhileKeepsItsDigest() throws Exception {
    String file = names.get(20);
    MemoryIndex late =
        new MemoryIndex() {
          @Override
          public List<Segment> after(String disk, String last, int limit) {
            return super.after(disk, last, limit).stream()
                .filter(segment -> !segment.file().equals(file))
                .toList();
          }
        };
    late.segments.putAll(index.segments);
    late.digests.putAll(index.digests);
    String digest = late.find(file).orElseThrow().sha256();
    assertThat(digest).isNotNull();
    new Reindex(new RecordingFolder(folder), late, any -> false, LATER)
        .run(true, false, (d, f) -> differences.put(f, d));

    assertThat(differences).isEmpty();
    assertThat(late.find(file).orElseThrow().sha256()).isEqualTo(digest);
  }

  @Test
  void whatIsBeingWrittenIsLeftAlone() throws Exception {
    Segment open = index.segments.get(names.get(0));
    index.put(new Segment(open.camera(), open.file(), open.start(), open.start(), 10, true));
    index.segments.remove(names.get(1));
    Clock now = Clock.systemUTC(); // The files are seconds old.

    Reindex.Outcome outcome =
        new Reindex(new RecordingFolder(folder), index, any -> false, now)
            .run(true, false, (d, f) -> differences.put(f, d));
    assertThat(outcome.left()).isEqualTo(2);
    assertThat(differences).isEmpty();
    assertThat(
            new RecordingCheck(new RecordingFolder(folder), index, Depth.HASH, now, faults::add)
                .run()
                .files())
        .isEqualTo(60);
    assertThat(faults).isEmpty();
  }
}
