package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.rules.settings.Schedule;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.Retention;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seven days of three cameras, one in each way of recording, in which the clocks change, jump ahead
 * and back, and the node is started anew. Each camera sends a picture a minute, a key frame every
 * ten. After each hour the index equals the files, all of them have their room, and what is held is
 * there.
 */
class SevenDaysTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant BEGIN = Instant.parse("2026-10-23T00:00:00Z");
  private static final int MINUTES = 7 * 24 * 60;
  private static final long MOST = 9_000_000;
  private static final long CAPACITY = 12_000_000;
  private static final long LATER_CAPACITY = 9_000_000;
  private static final long LEAST_FREE = 700_000;
  private static final int PICTURE = 2000;

  /** What three cameras record between two looks of retention, with all that is around it. */
  private static final long BETWEEN_LOOKS = 3 * 10 * (PICTURE + 1000L) + 3 * 1000;

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final SettableClock clock = new SettableClock(BEGIN);
  private RecordingDisks disks;
  private final DiskWriter disk = new DiskWriter(64 << 20);
  private final Map<String, CameraPictures> cameras = new HashMap<>();
  private final Map<String, PlannedRecorder> recorders = new HashMap<>();
  private final Set<String> everHeld = new TreeSet<>();
  private FaultyDisk files;
  private Retention retention;
  private long nanos;

  @AfterEach
  void close() {
    disk.close(10_000);
  }

  private static Map<String, RecordingPlan> plans() {
    return Map.of(
        "always",
        new RecordingPlan.Continuous(),
        "daily",
        new RecordingPlan.Scheduled(Schedule.parse(List.of("06:00-22:00"), BERLIN)),
        "alerts",
        new RecordingPlan.AroundAlerts(Duration.ofSeconds(60), Duration.ofMinutes(10)));
  }

  /** Starts the node, again where it ran before. */
  private void start() throws IOException {
    new IndexRepair(new RecordingFolder(folder), index).run();
    disks = OneDisk.at(folder, files, disk, () -> nanos);
    retention =
        new Retention(
            new RecordingSettings(folder, MOST, LEAST_FREE, Duration.ofMinutes(5)),
            disks,
            index,
            camera ->
                RetentionAges.keeping(Duration.ofDays(camera.value().equals("alerts") ? 5 : 2)),
            clock,
            () -> nanos);
    plans()
        .forEach(
            (name, plan) -> {
              CameraPictures pictures = cameras.get(name);
              CameraRecorder recorder =
                  new CameraRecorder(
                      RecordedStream.main(pictures.camera),
                      Duration.ofMinutes(5),
                      null,
                      Recordings.lastEnd(
                          index, RecordedStream.main(pictures.camera), clock.instant()),
                      index,
                      disks,
                      new RecordingMetrics(new SimpleMeterRegistry())
                          .stream(RecordedStream.main(pictures.camera)),
                      () -> nanos);
              recorders.put(name, new PlannedRecorder(recorder, plan, clock, () -> nanos));
            });
  }

  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    disk.execute(done::countDown);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private void jump(Duration by) {
    clock.pass(by);
    cameras.values().forEach(camera -> camera.setClock(by));
  }

  private void passAMinute(int minute) {
    nanos += Duration.ofMinutes(1).toNanos();
    clock.pass(Duration.ofMinutes(1));
    cameras.forEach(
        (name, pictures) -> {
          AccessUnit unit = pictures.next();
          pictures.stalled(Duration.ofMillis(59_960));
          recorders.get(name).add(unit);
          if (name.equals("alerts") && minute % 360 == 100) {
            recorders
                .get(name)
                .onAlert(PlannedRecordingTest.alert(unit.mediaTime(), Alert.Phase.OPENED));
            recorders
                .get(name)
                .onAlert(PlannedRecordingTest.alert(unit.mediaTime(), Alert.Phase.CLOSED));
          }
          recorders.get(name).tick();
        });
  }

  private Set<String> namesOnDisk() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void afterEachOfTheirHoursTheIndexEqualsTheFilesWhichHaveTheirRoom() throws Exception {
    files = new FaultyDisk(folder);
    files.capacity(CAPACITY);
    for (String name : plans().keySet()) {
      cameras.put(name, new CameraPictures(name, PICTURE, 10));
      cameras.get(name).setClock(Duration.between(CameraPictures.START, BEGIN));
    }
    start();
    for (int minute = 0; minute < MINUTES; minute++) {
      disturb(minute);
      passAMinute(minute);
      if (minute % 10 == 9) {
        settle();
        retention.run();
      }
      if (minute % 60 == 59) {
        look(minute);
      }
      if (minute == 3 * 1440) {
        // 00:00 UTC on the 26th: the day on which the clocks go back is over.
        assertThatTheLongDayHasSixteenHours();
      }
    }
    recorders.values().forEach(PlannedRecorder::end);
    settle();
    look(MINUTES);
    assertThatEachFileIsWhatItsRowSays();
    assertThatNothingIsMissingInSilence("always");
    assertThat(everHeld).hasSizeGreaterThan(10);
    assertThat(cameras.get("alerts").camera).isIn(index.cameras());
    assertThat(disks.all().get(0).space().full()).isFalse();
  }

  private void disturb(int minute) throws Exception {
    switch (minute) {
      case 300 -> hold();
      case 3 * 1440 + 1 -> files.capacity(LATER_CAPACITY); // Somebody else fills the disk.
      case 4 * 1440 + 100 -> jump(Duration.ofHours(3));
      case 4 * 1440 + 160 -> jump(Duration.ofHours(-3));
      case 5 * 1440 -> {
        Set<String> before = new TreeSet<>(index.segments.keySet());
        jump(Duration.ofDays(400));
        settle();
        retention.run();
        assertThat(index.segments.keySet()).as("a leap deletes nothing").isEqualTo(before);
      }
      case 5 * 1440 + 30 -> jump(Duration.ofDays(-400));
      case 6 * 1440 -> {
        recorders.values().forEach(PlannedRecorder::end);
        settle();
        start();
      }
      default -> {}
    }
  }

  /** Holds what has ended of the first five hours. */
  private void hold() {
    everHeld.addAll(
        index.segments.values().stream().filter(one -> !one.open()).map(Segment::file).toList());
    index.held.addAll(everHeld);
  }

  private void look(int minute) throws IOException {
    assertThat(namesOnDisk()).as("minute %s", minute).isEqualTo(index.segments.keySet());
    assertThat(index.segments.keySet()).as("minute %s", minute).containsAll(everHeld);
    assertThat(index.totalBytes()).as("minute %s", minute).isLessThan(MOST + BETWEEN_LOOKS);
    assertThat(files.usableBytes())
        .as("minute %s", minute)
        .isGreaterThan(LEAST_FREE - BETWEEN_LOOKS);
  }

  private void assertThatTheLongDayHasSixteenHours() throws Exception {
    settle();
    Instant from = Instant.parse("2026-10-24T22:00:00Z");
    List<Segment> day =
        index.segments(cameras.get("daily").camera, from, from.plus(Duration.ofHours(25)), 1000);
    long minutes =
        day.stream().mapToLong(one -> Duration.between(one.start(), one.end()).toMinutes()).sum();
    assertThat(minutes).isBetween(16 * 60 - 2L, 16 * 60 + 11L);
    LocalTime first = day.get(0).start().atZone(BERLIN).toLocalTime();
    assertThat(first).isBetween(LocalTime.of(5, 49), LocalTime.of(6, 0));
    LocalTime last = day.get(day.size() - 1).end().atZone(BERLIN).toLocalTime();
    assertThat(last).isBetween(LocalTime.of(21, 58), LocalTime.of(22, 1));
  }

  private void assertThatEachFileIsWhatItsRowSays() throws IOException {
    RecordingFolder recordings = new RecordingFolder(folder);
    for (Segment segment : index.segments.values()) {
      assertThat(recordings.read(segment.file())).contains(segment);
    }
  }

  private void assertThatNothingIsMissingInSilence(String camera) {
    List<Segment> inOrder = new ArrayList<>(index.segments.values());
    inOrder.removeIf(one -> !one.camera().value().equals(camera) || everHeld.contains(one.file()));
    inOrder.sort(Comparator.comparing(Segment::start));
    for (int i = 1; i < inOrder.size(); i++) {
      Instant end = inOrder.get(i - 1).end();
      Instant next = inOrder.get(i).start();
      if (Duration.between(end, next).toMillis() > 100) {
        assertThat(index.gaps(inOrder.get(i).camera(), end, next, 1))
            .as(end + " " + next)
            .isNotEmpty();
      }
    }
  }
}
