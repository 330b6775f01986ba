package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.recording.retention.Thinning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that thin recordings and are killed at random moments. The next start leaves one file
 * of the two, whole or thinned, and the index has it. {@code -Dkydai.thinning-kills} says how
 * often, 3 otherwise.
 */
class KilledThinningTest {
  private static final int FILES = 16;
  private static final int PICTURES_OF_A_FILE = 100;
  private static final int PICTURE_BYTES = 8_000;

  @TempDir Path folder;

  /** Files of 4 s with two key frames each. */
  private void record(Path root) throws Exception {
    CameraPictures camera = new CameraPictures("gate-1", PICTURE_BYTES);
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(4)),
            new MemoryIndex(),
            any -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(camera.camera, new RecordingPlan.Continuous(), Runnable::run);
      for (int i = 0; i < FILES * PICTURES_OF_A_FILE; i++) {
        AccessUnit unit = camera.next();
        recorder.add(unit);
      }
      recorder.end();
      while (recordings.waitingBytes() > 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var all = Files.walk(from)) {
      for (Path one : (Iterable<Path>) all::iterator) {
        Files.copy(one, to.resolve(from.relativize(one)));
      }
    }
  }

  @Test
  void oneFileOfTheTwoIsLeftAndTheIndexHasIt() throws Exception {
    Path recorded = folder.resolve("recorded");
    record(recorded);
    int rounds = Integer.getInteger("kydai.thinning-kills", 3);
    Random random = new Random(20261130);
    int inBetween = 0;
    for (int round = 0; round < rounds; round++) {
      Path root = folder.resolve("round-" + round);
      copy(recorded, root);
      MemoryIndex index = indexOf(root);
      killAfter(root, 1 + random.nextInt(3 * FILES - 3), random.nextInt(3000), index);
      inBetween += index.thinnings.isEmpty() ? 0 : 1;

      RecordingDisks disks = ThinningProcess.disks(root, index);
      Thinning.finish(disks.all().get(0), index);
      assertThatTheIndexEqualsTheFiles(root, disks.all().get(0).id(), index);
      Thinning rest = ThinningProcess.thinning(disks, index);
      while (rest.run() > 0) {
        // At most eight files at a time.
      }
      assertThat(index.segments.keySet()).hasSize(FILES).allMatch(SegmentNames::isThinned);
      assertThatTheIndexEqualsTheFiles(root, disks.all().get(0).id(), index);
      disks.close(10_000);
    }
    assertThat(inBetween).as("kills while a file was thinned").isPositive();
  }

  private MemoryIndex indexOf(Path root) throws Exception {
    MemoryIndex index = new MemoryIndex();
    RecordingDisks disks = ThinningProcess.disks(root, index);
    List<Segment> all = new ArrayList<>();
    new RecordingFolder(root, disks.all().get(0).id()).scan(all::add);
    disks.close(10_000);
    for (Segment one : all) {
      byte[] bytes = Files.readAllBytes(root.resolve(one.file()));
      index.close(one, HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
    }
    assertThat(all).hasSize(FILES);
    return index;
  }

  private static void assertThatTheIndexEqualsTheFiles(Path root, String id, MemoryIndex index)
      throws Exception {
    Map<String, Segment> found = new TreeMap<>();
    RecordingFolder disk = new RecordingFolder(root, id);
    disk.scan(one -> found.put(one.file(), one));
    assertThat(found).isEqualTo(index.segments).hasSize(FILES);
    assertThat(index.thinnings).isEmpty();
    new RecordingCheck(
            disk,
            index,
            RecordingCheck.Depth.HASH,
            ThinningProcess.CLOCK,
            fault -> {
              throw new AssertionError(fault);
            })
        .run();
    long first = 0;
    for (Segment segment : found.values()) {
      List<Long> pictures = RecordedPictures.numbers(root.resolve(segment.file()));
      if (SegmentNames.isThinned(segment.file())) {
        assertThat(pictures).containsExactly(first, first + 50);
      } else {
        assertThat(pictures).hasSize(PICTURES_OF_A_FILE).startsWith(first);
      }
      first += PICTURES_OF_A_FILE;
    }
  }

  /**
   * Kills a process some time after it has told of so many changes, all of which the index gets.
   */
  private static void killAfter(Path root, int changes, int micros, MemoryIndex index)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ThinningProcess.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seen += follow(line, index) ? 1 : 0;
        if (seen == changes) {
          TimeUnit.MICROSECONDS.sleep(micros);
          process.toHandle().destroyForcibly(); // which leaves its output to be read
        }
      }
      assertThat(seen).as("changes before it was killed").isGreaterThanOrEqualTo(changes);
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean follow(String line, MemoryIndex index) {
    String[] told = line.split(" ");
    ThinningIndex rows = index.thinning();
    switch (told[0]) {
      case "begin" -> rows.begin(note(told[1], index));
      case "complete" -> {
        Segment first = index.find(told[1]).orElseThrow().segment();
        Segment thinned =
            new Segment(
                first.camera(),
                told[2],
                Instant.parse(told[3]),
                Instant.parse(told[4]),
                Long.parseLong(told[5]),
                false,
                first.disk());
        rows.complete(first, thinned, told[6]);
      }
      case "end" -> rows.end(note(told[1], index));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static ThinningIndex.Note note(String file, MemoryIndex index) {
    return new ThinningIndex.Note(file, index.segments.values().iterator().next().disk());
  }
}
