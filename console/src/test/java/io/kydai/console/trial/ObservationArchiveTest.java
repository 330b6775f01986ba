package io.kydai.console.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationArchiveTest {
  private static final CameraId CAMERA = new CameraId("gate");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Scene SCENE =
      new Scene(
          List.of(),
          List.of(
              new Zone(
                  "z",
                  List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)))));
  private static final RuleSpec CROWD =
      new RuleSpec("crowd", "crowding", Map.of("zone", "z", "people", 1, "for", "1s"));

  @TempDir Path folder;

  private static Observation at(Instant time, long mediaTime, Track... tracks) {
    return new Observation(CAMERA, mediaTime, time, 1280, 720, List.of(tracks));
  }

  private static Track person(long id, long first) {
    return new Track(id, "person", 0.9f, new Box(0.4f, -0.1f, 0.5f, 0.5f), true, first, 1);
  }

  private ObservationArchive archive() {
    return new ObservationArchive(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<Observation> read(ObservationArchive archive, Instant since)
      throws IOException {
    List<Observation> read = new ArrayList<>();
    archive.read(CAMERA, since, read::add);
    return read;
  }

  @Test
  void whatIsKeptIsReadInOrderAlsoByTheNextNodeAndWhileItIsWritten() throws Exception {
    Observation first = at(NOW.minusSeconds(60), 0, person(1, 0));
    Observation second = at(NOW.minusSeconds(59), 90_000);
    try (ObservationArchive archive = archive()) {
      archive.add(first);
      archive.add(second);
      List<Observation> read = read(archive, NOW.minusSeconds(100));
      assertThat(read).hasSize(2);
      assertThat(read.get(1)).isEqualTo(second);
      Track track = read.get(0).tracks().get(0);
      assertThat(track.label()).isEqualTo("person");
      assertThat(track.riders()).isEqualTo(1);
      assertThat((double) track.box().top()).isEqualTo(-0.1, within(1e-4));
    }
    try (ObservationArchive next = archive()) {
      next.add(at(NOW, 5));
      assertThat(read(next, NOW.minusSeconds(100))).hasSize(3);
      assertThat(read(next, NOW.minusSeconds(59))).hasSize(2);
      next.forget(CAMERA);
      assertThat(read(next, Instant.EPOCH)).isEmpty();
    }
  }

  @Test
  void olderFilesAreDroppedAndSoAreTheOldestBeyondTheBytes() throws Exception {
    Random random = new Random(1);
    try (ObservationArchive archive =
        new ObservationArchive(folder, Clock.fixed(NOW, ZoneOffset.UTC), 3 * 1024 * 1024)) {
      archive.add(at(NOW.minus(Duration.ofHours(20)), 0));
      long time = 1;
      for (int segment = 0; segment < 20; segment++) {
        Instant begin = NOW.minus(Duration.ofMinutes(11L * (20 - segment)));
        for (int i = 0; i < 400; i++) {
          Track[] tracks = new Track[20];
          for (int track = 0; track < tracks.length; track++) {
            float x = random.nextFloat();
            tracks[track] =
                new Track(random.nextLong(), "car", 0.5f, new Box(x, x, x, x), true, time);
          }
          archive.add(at(begin.plusSeconds(i), time++, tracks));
        }
        read(archive, NOW); // Waits until it is written.
      }
      List<Observation> kept = read(archive, Instant.EPOCH);
      assertThat(kept.get(0).wallClock()).isAfter(NOW.minus(ObservationArchive.KEEP));
      assertThat(kept.get(kept.size() - 1).wallClock()).isAfter(NOW.minus(Duration.ofMinutes(11)));
      assertThat(bytes()).isLessThan(3L * 1024 * 1024);
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aFileThatWasCutOffIsReadUpToThere() throws Exception {
    try (ObservationArchive archive = archive()) {
      for (int i = 0; i < 100; i++) {
        archive.add(at(NOW.minusSeconds(100 - i), i, person(i, 0)));
      }
      assertThat(read(archive, Instant.EPOCH)).hasSize(100);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    }
    try (ObservationArchive archive = archive()) {
      assertThat(read(archive, Instant.EPOCH).size()).isBetween(1, 99);
    }
  }

  @Test
  void aTrialGivesTheSameAsTheRuleLiveAndStartsAnewWithTheNode() throws Exception {
    try (ObservationArchive archive = archive()) {
      // Twice ten seconds with somebody and twenty without, then the node was started anew.
      for (int run = 0; run < 2; run++) {
        for (int i = 0; i < 300; i++) {
          boolean there = i < 100;
          long time = i * (long) MediaTime.TICKS_PER_SECOND / 10;
          Instant clock = NOW.minusSeconds(600).plusMillis(run * 60_000L + i * 100L);
          archive.add(there ? at(clock, time, person(1, 0)) : at(clock, time));
        }
      }
      RuleTrial trial = new RuleTrial(CAMERA, SCENE, CROWD);
      archive.read(CAMERA, Instant.EPOCH, trial::observe);
      Trial result = trial.result();

      assertThat(result.alerts()).isEqualTo(2);
      assertThat(result.found()).hasSize(2);
      assertThat(result.found().get(0).at())
          .isBetween(NOW.minusSeconds(600), NOW.minusSeconds(597));
      assertThat(result.found().get(0).boxes()).hasSize(1);
      assertThat(result.found().get(0).until()).isAfter(NOW.minusSeconds(592));
      assertThat(result.observed()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));

      RuleTrial again = new RuleTrial(CAMERA, SCENE, CROWD);
      archive.read(CAMERA, Instant.EPOCH, again::observe);
      assertThat(again.result()).isEqualTo(result);
    }
  }
}
