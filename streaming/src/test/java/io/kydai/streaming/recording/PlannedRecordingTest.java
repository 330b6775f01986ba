package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.settings.Schedule;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Gap.Reason;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded by a schedule and around alerts, and what is said of the time between. */
class PlannedRecordingTest {
  private static final RecordingPlan ALERTS =
      new RecordingPlan.AroundAlerts(Duration.ofSeconds(4), Duration.ofSeconds(6));

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final CameraPictures camera = new CameraPictures("gate-1", 2000);
  private final SettableClock clock = new SettableClock(CameraPictures.START);
  private FaultyDisk files;
  private DiskWriter disk;
  private long nanos;

  @BeforeEach
  void open() throws Exception {
    files = new FaultyDisk(folder);
    disk = new DiskWriter(64 << 20);
  }

  @AfterEach
  void close() {
    disk.close(10_000);
  }

  private static RecordingPlan scheduled(String zone, String... windows) {
    return new RecordingPlan.Scheduled(Schedule.parse(List.of(windows), ZoneId.of(zone)));
  }

  private PlannedRecorder recorder(RecordingPlan plan) {
    return recorder(plan, camera, folder, files, index, null);
  }

  private PlannedRecorder recorder(
      RecordingPlan plan,
      CameraPictures of,
      Path root,
      FaultyDisk on,
      MemoryIndex rows,
      Instant recordedUntil) {
    return new PlannedRecorder(
        new CameraRecorder(
            RecordedStream.main(of.camera),
            Duration.ofMinutes(5),
            null,
            recordedUntil,
            rows,
            OneDisk.at(root, on, disk, () -> nanos),
            new RecordingMetrics(new SimpleMeterRegistry()).stream(RecordedStream.main(of.camera)),
            () -> nanos),
        plan,
        clock,
        () -> nanos);
  }

  private AccessUnit add(PlannedRecorder recorder) throws Exception {
    AccessUnit unit = camera.next();
    add(recorder, unit);
    return unit;
  }

  private void add(PlannedRecorder recorder, AccessUnit unit) throws Exception {
    pass(recorder, Duration.ofMillis(40));
    recorder.add(unit);
    settle();
  }

  private void pass(PlannedRecorder recorder, Duration time) throws Exception {
    nanos += time.toNanos();
    clock.pass(time);
    recorder.tick();
    settle();
  }

  private void record(PlannedRecorder recorder, int pictures) throws Exception {
    for (int i = 0; i < pictures; i++) {
      add(recorder);
    }
  }

  private void settle() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    disk.execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private List<Long> recorded() throws Exception {
    List<Long> numbers = new ArrayList<>();
    for (String name : files.names()) {
      numbers.addAll(RecordedPictures.numbers(folder.resolve(name)));
    }
    return numbers;
  }

  static Alert alert(long start, Alert.Phase phase) {
    Timestamp at = new Timestamp(new MediaTime(start), CameraPictures.START);
    return new Alert(
        new AlertId("alert-" + start),
        new Alert.Origin(new CameraPictures("gate-1", 20).camera, new RuleId("crowd"), "crowding"),
        phase,
        new Alert.Span(at, at),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("six people", Map.of()));
  }

  @Test
  void aScheduleRecordsItsWindowsAndSaysOfTheRestThatItWasNotWanted() throws Exception {
    // The camera begins at 01:00:00 UTC; the window is 01:01 to 01:02.
    PlannedRecorder recorder = recorder(scheduled("UTC", "sun 01:01-01:02"));
    record(recorder, 25 * 200);
    recorder.end();
    settle();

    List<Long> numbers = recorded();
    assertThat(numbers.get(0)).as("the key frame at the window's beginning").isEqualTo(1500);
    assertThat(numbers.get(numbers.size() - 1)).isEqualTo(2999);
    assertThat(numbers).hasSize(1500).isSorted();
    assertThat(index.gaps)
        .as("as far as is known, while it lasts")
        .containsExactly(
            new Gap(
                camera.camera,
                CameraPictures.START.plusSeconds(120),
                index.gaps.get(0).to(),
                Reason.NOT_SCHEDULED));
  }

  @Test
  void aWindowThatBeginsWithinAGroupOfPicturesHasItsFirstSecond() throws Exception {
    camera.setClock(Duration.ofMillis(-900));
    PlannedRecorder recorder = recorder(scheduled("UTC", "sun 01:00-02:00"));
    record(recorder, 100);
    recorder.end();
    settle();

    assertThat(recorded()).as("from the key frame before").hasSize(100).startsWith(0L);
  }

  @Test
  void aWindowIsKeptAcrossBothChangesOfTheClocks() {
    Schedule night = Schedule.parse(List.of("22:00-06:00"), ZoneId.of("Europe/Berlin"));
    RecordingPlan.Scheduled plan = new RecordingPlan.Scheduled(night);
    // Spring: 02:00 becomes 03:00 on 2026-03-29; the window ends at 06:00 CEST, 04:00 UTC.
    assertThat(plan.times().contains(Instant.parse("2026-03-29T03:59:59Z"))).isTrue();
    assertThat(plan.times().contains(Instant.parse("2026-03-29T04:00:00Z"))).isFalse();
    // Autumn: 03:00 becomes 02:00 on 2026-10-25; the window ends at 06:00 CET, 05:00 UTC.
    assertThat(plan.times().contains(Instant.parse("2026-10-25T04:59:59Z"))).isTrue();
    assertThat(plan.times().contains(Instant.parse("2026-10-25T05:00:00Z"))).isFalse();
  }

  @Test
  void theHourThatComesTwiceIsRecordedTwice() throws Exception {
    // 02:30 to 02:59 is there at 00:30 and at 01:30 UTC on the day of the change.
    Instant before = Instant.parse("2026-10-25T00:29:50Z");
    camera.setClock(Duration.between(CameraPictures.START, before));
    clock.set(before);
    PlannedRecorder recorder = recorder(scheduled("Europe/Berlin", "02:30-02:31"));
    for (int hour = 0; hour < 2; hour++) {
      record(recorder, 25 * 90);
      Instant next = before.plusSeconds(3600);
      camera.lost(Duration.between(camera.now(), next));
      pass(recorder, Duration.between(clock.instant(), next));
    }
    recorder.end();
    settle();

    assertThat(index.segments.values())
        .extracting(Segment::start)
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"));
    assertThat(index.gaps).extracting(Gap::reason).contains(Reason.NOT_SCHEDULED);
  }

  @Test
  void aCameraThatIsAwayIsMissedOnlyWhileItIsWanted() throws Exception {
    PlannedRecorder recorder = recorder(scheduled("UTC", "sun 01:00-01:01", "sun 01:03-01:04"));
    record(recorder, 25 * 30);
    for (int i = 0; i < 170; i++) {
      pass(recorder, Duration.ofSeconds(1));
    }
    camera.lost(Duration.ofSeconds(170));
    record(recorder, 25 * 10);
    recorder.end();
    settle();

    assertThat(index.gaps)
        .extracting(Gap::reason)
        .containsExactly(Reason.CAMERA_LOST, Reason.NOT_SCHEDULED, Reason.CAMERA_LOST);
    Instant start = CameraPictures.START;
    assertThat(index.gaps.get(0).from()).isEqualTo(start.plusSeconds(30));
    assertThat(index.gaps.get(1))
        .isEqualTo(
            new Gap(
                camera.camera,
                start.plusSeconds(60),
                start.plusSeconds(180),
                Reason.NOT_SCHEDULED));
    assertThat(index.gaps.get(2).to()).isEqualTo(start.plusSeconds(200));
  }

  @Test
  void aroundAlertsIsThePastAndThePostRollAndAFurtherAlertExtendsIt() throws Exception {
    PlannedRecorder recorder = recorder(ALERTS);
    record(recorder, 25 * 20);
    assertThat(recorded()).isEmpty();

    recorder.onAlert(alert(ticks(19), Alert.Phase.OPENED));
    record(recorder, 25 * 20);
    recorder.onAlert(alert(ticks(19), Alert.Phase.CLOSED));
    record(recorder, 25 * 4);
    recorder.onAlert(alert(ticks(43), Alert.Phase.OPENED));
    recorder.onAlert(alert(ticks(43), Alert.Phase.CLOSED));
    record(recorder, 25 * 90);
    recorder.end();
    settle();

    List<Long> numbers = recorded();
    assertThat(numbers.get(0)).as("the key frame 4 s before the alert began").isEqualTo(350L);
    assertThat(numbers.get(numbers.size() - 1)).as("6 s after the second").isEqualTo(1249L);
    assertThat(numbers).hasSize(900).isSorted().doesNotHaveDuplicates();
    assertThat(index.gaps).extracting(Gap::reason).containsOnly(Reason.NO_ALERT);
  }

  private static long ticks(int seconds) {
    return MediaTime.ticksOfSeconds(seconds);
  }

  @Test
  void alertsSoonAfterOneAnotherRecordNoPictureTwice() throws Exception {
    PlannedRecorder recorder = recorder(ALERTS);
    record(recorder, 25 * 10);
    for (int i = 0; i < 5; i++) {
      int now = 10 + 9 * i;
      recorder.onAlert(alert(ticks(now), Alert.Phase.OPENED));
      recorder.onAlert(alert(ticks(now), Alert.Phase.CLOSED));
      record(recorder, 25 * 9);
    }
    recorder.end();
    settle();

    assertThat(recorded()).isSorted().doesNotHaveDuplicates();
    assertThat(index.gaps).extracting(Gap::reason).containsOnly(Reason.NO_ALERT);
  }

  @Test
  void aPlanIsChangedWithoutABreakAndThenEndsWithItsReason() throws Exception {
    PlannedRecorder recorder = recorder(new RecordingPlan.Continuous());
    record(recorder, 100);
    recorder.plan(scheduled("UTC", "sun 01:00-02:00"));
    record(recorder, 100);
    recorder.plan(ALERTS);
    record(recorder, 100);
    recorder.plan(new RecordingPlan.Continuous());
    record(recorder, 100);
    recorder.end();
    settle();

    assertThat(recorded()).hasSize(300).contains(0L, 199L, 300L, 399L).doesNotContain(200L, 299L);
    assertThat(index.gaps)
        .containsExactly(
            new Gap(
                camera.camera,
                CameraPictures.START.plusSeconds(8),
                CameraPictures.START.plusSeconds(12),
                Reason.NO_ALERT));
  }

  @Test
  void aNodeThatStartsOutsideOfAWindowWasDownOnlyUntilItStarted() throws Exception {
    Instant recordedUntil = CameraPictures.START.minusSeconds(600);
    PlannedRecorder recorder =
        recorder(scheduled("UTC", "sun 01:01-01:05"), camera, folder, files, index, recordedUntil);
    record(recorder, 25 * 70);

    assertThat(index.gaps)
        .containsExactly(
            new Gap(camera.camera, recordedUntil, CameraPictures.START, Reason.NODE_DOWN),
            new Gap(
                camera.camera,
                CameraPictures.START,
                CameraPictures.START.plusSeconds(60),
                Reason.NOT_SCHEDULED));
  }

  @Test
  void aLossOfPowerCostsLessThanASecondOfWhatWasWanted() throws Exception {
    int rounds = Integer.getInteger("kydai.power-losses", 200);
    for (int round = 0; round < rounds; round++) {
      losePower(Files.createDirectory(folder.resolve("round-" + round)), round);
    }
  }

  private void losePower(Path root, int round) throws Exception {
    Random random = new Random(round);
    FaultyDisk power = new FaultyDisk(root);
    MemoryIndex rows = new MemoryIndex(power::powerLost);
    CameraPictures pictures = new CameraPictures("gate-1", 200 + random.nextInt(3000));
    clock.set(CameraPictures.START);
    boolean isAroundAlerts = round % 2 == 0;
    PlannedRecorder recorder =
        recorder(
            isAroundAlerts ? ALERTS : scheduled("UTC", "sun 01:00-03:00"),
            pictures,
            root,
            power,
            rows,
            null);
    int alertAt = random.nextInt(400);
    power.losePowerAfter(1 + random.nextInt(80));
    long sent = 0;
    while (!power.powerLost()) {
      AccessUnit unit = pictures.next();
      add(recorder, unit);
      if (isAroundAlerts && sent >= alertAt && (sent - alertAt) % 100 == 0) {
        long start = Math.max(0, unit.mediaTime() - ticks(1));
        recorder.onAlert(alert(start, Alert.Phase.OPENED));
        recorder.onAlert(alert(start, Alert.Phase.CLOSED));
        settle();
      }
      sent++;
    }
    power.afterPowerLoss(random);

    MemoryIndex afterwards = rows.asOfPowerLoss();
    new IndexRepair(new RecordingFolder(root), afterwards).run();
    assertThat(afterwards.segments.keySet()).containsExactlyElementsOf(power.names());
    List<Long> numbers = new ArrayList<>();
    for (Segment segment : afterwards.segments.values()) {
      assertThat(new RecordingFolder(root).read(segment.file())).contains(segment);
      numbers.addAll(RecordedPictures.numbers(root.resolve(segment.file())));
    }
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).as("round %s", round).isEqualTo(numbers.get(i - 1) + 1);
    }
    // The past before an alert is not on the disk before somebody wanted it.
    if (sent > (isAroundAlerts ? alertAt + 25 : 25)) {
      long last = numbers.get(numbers.size() - 1);
      assertThat(sent - last).as("round %s", round).isLessThanOrEqualTo(26);
    }
  }
}
