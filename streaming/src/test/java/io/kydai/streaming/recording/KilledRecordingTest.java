package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.check.Reindex;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that record both streams of four cameras, and are killed at random moments. At most a
 * second of what they had is lost of each stream, and what was waiting for the disk because the
 * machine was busy. {@code -Dkydai.recording-kills} says how often, 3 otherwise.
 */
class KilledRecordingTest {
  @TempDir Path folder;

  @Test
  void whatAKilledProcessHadMoreThanASecondAgoIsOnTheDisk() throws Exception {
    killAndLook("all");
  }

  @Test
  void soItIsAroundAlerts() throws Exception {
    killAndLook("alerts");
  }

  private void killAndLook(String mode) throws Exception {
    int rounds = Integer.getInteger("kydai.recording-kills", 3);
    Random random = new Random(20261129);
    for (int round = 0; round < rounds; round++) {
      Path root = Files.createDirectory(folder.resolve("round-" + round));
      MemoryIndex index = new MemoryIndex();
      Instant handedOver = killAfter(root, mode, 30 + random.nextInt(120), index);

      Map<String, Segment> found = new TreeMap<>();
      RecordingFolder recordings = new RecordingFolder(root);
      recordings.scan(segment -> found.put(segment.file(), segment));
      for (int camera = 0; camera < RecordingProcess.CAMERAS; camera++) {
        for (StreamRole role : StreamRole.values()) {
          RecordedStream stream = new RecordedStream(new CameraId("gate-" + camera), role);
          List<Segment> files =
              found.values().stream()
                  .filter(one -> one.camera().equals(stream.camera()) && one.stream() == role)
                  .toList();
          assertThatOneSecondIsLost(root, files, handedOver, stream + " in round " + round);
        }
      }
      assertThatTheIndexIsMadeEqual(root, index, random.nextBoolean());
    }
  }

  private static void assertThatOneSecondIsLost(
      Path root, List<Segment> files, Instant handedOver, String of) throws Exception {
    Instant end =
        files.stream().map(Segment::end).max(Instant::compareTo).orElse(CameraPictures.START);
    assertThat(Duration.between(end, handedOver))
        .as("lost of %s", of)
        .isLessThanOrEqualTo(Duration.ofSeconds(1));
    long next = 0;
    for (Segment segment : files) {
      for (long number : RecordedPictures.numbers(root.resolve(segment.file()))) {
        assertThat(number).as(of).isEqualTo(next++);
      }
    }
  }

  private static void assertThatTheIndexIsMadeEqual(Path root, MemoryIndex index, boolean isLost)
      throws Exception {
    RecordingFolder disk = new RecordingFolder(root, OneDisk.id(root));
    if (isLost) {
      index.segments.clear();
    } else {
      new IndexRepair(disk, index).run();
    }
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    new Reindex(disk, index, any -> false, later).run(true, true, (difference, file) -> {});
    MemoryIndex again = new MemoryIndex();
    disk.scan(again::put);
    assertThat(index.segments).isEqualTo(again.segments);
    RecordingCheck check =
        new RecordingCheck(
            disk,
            index,
            RecordingCheck.Depth.HASH,
            later,
            fault -> {
              throw new AssertionError(fault);
            });
    RecordingCheck.Outcome outcome = check.run();
    assertThat(outcome.files()).isEqualTo(index.count() + outcome.torn());
  }

  /** Kills a process, and returns up to when it had handed pictures to its recorder. */
  private static Instant killAfter(Path root, String mode, int pictures, MemoryIndex index)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProcess.class.getName(),
                root.toString(),
                mode)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Instant last = CameraPictures.START;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < pictures; i++) {
        last = time(lines.readLine(), last, index);
      }
      process.toHandle().destroyForcibly(); // which leaves its output to be read
      // What it had said before it died counts too.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = time(line, last, index);
      }
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    return last;
  }

  private static Instant time(String line, Instant otherwise, MemoryIndex index) {
    assertThat(line).as("the process ended by itself").isNotNull();
    String[] row = line.split(" ");
    if (row.length == 8 && row[0].equals("row") && row[7].equals(".")) {
      index.put(
          new Segment(
              SegmentNames.camera(row[1]).orElseThrow(),
              row[1],
              Instant.parse(row[2]),
              Instant.parse(row[3]),
              Long.parseLong(row[4]),
              Boolean.parseBoolean(row[5]),
              row[6]));
    }
    return line.startsWith("20") && line.endsWith("Z") ? Instant.parse(line) : otherwise;
  }
}
