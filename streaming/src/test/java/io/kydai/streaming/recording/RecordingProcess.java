package io.kydai.streaming.recording;

import static io.kydai.analytics.alert.Alert.Phase.CLOSED;
import static io.kydai.analytics.alert.Alert.Phase.OPENED;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A process that records both streams of several cameras, at the pace of real ones, and writes a
 * line to standard output for each picture that all have: up to when their pictures have been
 * recorded but for the newest group, which is when they were handed over less what waits for the
 * disk. With the word {@code alerts} behind its folder it records around alerts, of which the first
 * comes after 20 pictures and a further one after each 50.
 */
final class RecordingProcess {
  static final int CAMERAS = 4;
  private static final int FIRST_ALERT = 20;
  private static final int MAIN_BYTES = 16_000;
  private static final int SUB_BYTES = 4_000;

  private RecordingProcess() {}

  private static final class Recorded {
    final CameraPictures pictures;
    final PlannedRecorder recorder;

    Recorded(
        Recordings recordings,
        String name,
        StreamRole role,
        RecordingPlan plan,
        Executor executor) {
      pictures =
          role == StreamRole.MAIN
              ? new CameraPictures(name, MAIN_BYTES)
              : new CameraPictures(name, SUB_BYTES, 25);
      recorder = recordings.begin(new RecordedStream(pictures.camera, role), plan, executor);
    }
  }

  /** Tells the other process what it has, which a database would still have after the end. */
  private static final class ToldIndex extends MemoryIndex {
    @Override
    public synchronized void put(Segment segment) {
      super.put(segment);
      System.out.println(
          "row %s %s %s %d %b %s ."
              .formatted(
                  segment.file(),
                  segment.start(),
                  segment.end(),
                  segment.bytes(),
                  segment.open(),
                  segment.disk()));
    }
  }

  /** How long the pictures last that wait for the disk, where it or the processor is busy. */
  private static Duration waiting(Recordings recordings) {
    long perPicture = CAMERAS * (MAIN_BYTES + SUB_BYTES);
    return Duration.ofMillis(recordings.waitingBytes() * 40 / perPicture).negated();
  }

  public static void main(String[] arguments) throws Exception {
    RecordingSettings settings =
        new RecordingSettings(Path.of(arguments[0]), 1L << 40, 0, Duration.ofSeconds(2));
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    Recordings recordings =
        new Recordings(
            settings,
            new ToldIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    boolean isAroundAlerts = arguments.length > 1 && arguments[1].equals("alerts");
    RecordingPlan plan =
        isAroundAlerts
            ? new RecordingPlan.AroundAlerts(Duration.ofSeconds(4), Duration.ofSeconds(6))
            : new RecordingPlan.Continuous();
    List<Recorded> cameras = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      for (StreamRole role : StreamRole.values()) {
        cameras.add(new Recorded(recordings, "gate-" + i, role, plan, clock));
      }
    }
    clock.scheduleWithFixedDelay(
        () -> {
          boolean isWanted = true;
          for (Recorded camera : cameras) {
            AccessUnit unit = camera.pictures.next();
            camera.recorder.add(unit);
            if (isAroundAlerts && unit.sequence() % 50 == FIRST_ALERT) {
              camera.recorder.onAlert(PlannedRecordingTest.alert(unit.mediaTime(), OPENED));
              camera.recorder.onAlert(PlannedRecordingTest.alert(unit.mediaTime(), CLOSED));
            }
            isWanted = !isAroundAlerts || unit.sequence() >= FIRST_ALERT;
          }
          if (!isWanted) {
            return;
          }
          Instant handedOver = cameras.get(0).pictures.now();
          System.out.println(handedOver.plus(waiting(recordings)));
        },
        0,
        40,
        TimeUnit.MILLISECONDS);
  }
}
