package io.kydai.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityArchiveTest {
  private static final CameraId CAMERA = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final List<Point> LEFT_HALF =
      List.of(new Point(0, 0), new Point(0.45, 0), new Point(0.45, 1), new Point(0, 1));

  @TempDir Path folder;

  private Duration age = Duration.ofDays(30);
  private boolean recorded;

  private ActivityArchive archive(Instant now) {
    return new ActivityArchive(
        folder,
        new ActivityArchive.Keeping() {
          @Override
          public Duration age(CameraId camera) {
            return age;
          }

          @Override
          public boolean isRecorded(CameraId camera, Instant from, Instant to) {
            return recorded;
          }
        },
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Track track(long id, String label, double x, double y) {
    Box box = new Box((float) x - 0.05f, (float) y - 0.2f, (float) x + 0.05f, (float) y);
    return new Track(id, label, 0.9f, box, true, 0);
  }

  private static Observation at(Instant time, Track... tracks) {
    return new Observation(CAMERA, 0, time, 1280, 720, List.of(tracks));
  }

  /** A car crosses from the left to the right in two seconds, from a moment on. */
  private static void drive(ActivityArchive archive, Instant from) {
    for (int i = 0; i <= 20; i++) {
      archive.add(
          at(
              from.plusMillis(100 * i),
              track(1, "car", 0.1 + 0.04 * i, 0.5),
              track(2, "person", 0.8, 0.8 + 0.001 * (i % 3))));
    }
  }

  private ActivityReader reader() {
    return new ActivityReader(folder);
  }

  private List<ActivityReader.Step> steps(Instant from, int seconds) throws Exception {
    return reader().steps(CAMERA, from, from.plusSeconds(seconds), TEN);
  }

  @Test
  void whatMovesIsCountedAndWhatTremblesIsNot() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      drive(archive, START.plusSeconds(1));
      archive.add(at(START.plusSeconds(21)));
    }
    assertThat(steps(START, 60))
        .containsExactly(
            new ActivityReader.Step(START, true, Map.of(ObjectClass.CAR, 1)),
            new ActivityReader.Step(START.plusSeconds(20), true, Map.of()));
    assertThat(reader().steps(CAMERA, START, START.plusSeconds(60), Duration.ofMinutes(1)))
        .containsExactly(new ActivityReader.Step(START, true, Map.of(ObjectClass.CAR, 1)));
  }

  private List<ActivityReader.Moment> found(List<Point> region, Set<ObjectClass> classes)
      throws Exception {
    return reader()
        .search(
            CAMERA,
            START.minusSeconds(3600),
            START.plusSeconds(86_400),
            CellSet.touching(region),
            classes,
            10,
            () -> false)
        .moments();
  }

  @Test
  void aRegionFindsWhatStoodInIt() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      drive(archive, START.plusSeconds(1));
      drive(archive, START.plusSeconds(301));
      drive(archive, START.plus(Duration.ofHours(20))); // the next day of UTC
    }
    assertThat(found(LEFT_HALF, Set.of()))
        .extracting(ActivityReader.Moment::from)
        .containsExactly(START, START.plusSeconds(300), START.plus(Duration.ofHours(20)));
    assertThat(found(LEFT_HALF, Set.of(ObjectClass.PERSON))).isEmpty();
    assertThat(found(LEFT_HALF, Set.of(ObjectClass.CAR, ObjectClass.BUS))).hasSize(3);
    List<Point> above =
        List.of(new Point(0.1, 0.1), new Point(0.9, 0.1), new Point(0.9, 0.4), new Point(0.1, 0.4));
    assertThat(found(above, Set.of())).isEmpty();
    // Far smaller than a cell, between two observations of a fast car.
    List<Point> small =
        List.of(new Point(0.520, 0.5), new Point(0.521, 0.5), new Point(0.521, 0.501));
    assertThat(found(small, Set.of())).hasSize(3);
  }

  @Test
  void tensOfSecondsThatFollowOneAnotherAreOneMoment() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      for (int i = 0; i < 120; i++) {
        drive(archive, START.plusSeconds(10L * i));
      }
    }
    List<ActivityReader.Moment> moments = found(LEFT_HALF, Set.of());
    assertThat(moments)
        .containsExactly(
            new ActivityReader.Moment(START, START.plusSeconds(600), Map.of(ObjectClass.CAR, 1)),
            new ActivityReader.Moment(
                START.plusSeconds(600), START.plusSeconds(1200), Map.of(ObjectClass.CAR, 1)));
  }

  @Test
  void aSearchIsBoundedAndEndsWhereItIsCancelled() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      for (int i = 0; i < 20; i++) {
        drive(archive, START.plusSeconds(60L * i));
      }
    }
    List<Integer> asked = new ArrayList<>();
    ActivityReader.Found found =
        reader()
            .search(
                CAMERA,
                START,
                START.plusSeconds(3600),
                CellSet.touching(LEFT_HALF),
                Set.of(),
                5,
                () -> false);
    assertThat(found.moments()).hasSize(5);
    assertThat(found.searchedTo()).isEqualTo(START.plusSeconds(4 * 60 + 10));
    ActivityReader.Found none =
        reader()
            .search(
                CAMERA,
                START,
                START.plusSeconds(3600),
                CellSet.touching(LEFT_HALF),
                Set.of(),
                5,
                () -> asked.add(1));
    assertThat(none.moments()).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRecordThatACrashCutOffIsNotReadAndTheNextTakesItsPlace() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      drive(archive, START);
    }
    Path file = folder.resolve("gate/20261128.activity");
    Files.write(file, new byte[33], StandardOpenOption.APPEND);
    assertThat(steps(START, 60)).hasSize(1);
    try (ActivityArchive archive = archive(START)) {
      drive(archive, START.plusSeconds(30));
    }
    assertThat(steps(START, 60))
        .extracting(ActivityReader.Step::most)
        .containsExactly(Map.of(ObjectClass.CAR, 1), Map.of(ObjectClass.CAR, 1));
  }

  @Test
  void daysGoWithTheRecordings() throws Exception {
    try (ActivityArchive archive = archive(START)) {
      drive(archive, START);
    }
    Path old = folder.resolve("gate/20261128.activity");
    age = Duration.ofDays(7);
    recorded = true; // a hold keeps it
    Instant later = START.plus(Duration.ofDays(9));
    try (ActivityArchive archive = archive(later)) {
      drive(archive, later);
    }
    assertThat(old).exists();
    recorded = false;
    try (ActivityArchive archive = archive(later)) {
      drive(archive, later.plusSeconds(60));
    }
    assertThat(old).doesNotExist();
    assertThat(folder.resolve("gate/20261207.activity")).exists();
  }
}
