package io.kydai.console.http.api;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.recording.retention.Thinning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/** A recording of made-up pictures, 25 a second, as the real recorder writes it. */
public final class RecordedCamera {
  private static final Duration GAP = Duration.ofSeconds(8);

  private RecordedCamera() {}

  /**
   * Records pictures in runs, each 8 s after the one before has ended.
   *
   * @param runs how many pictures each has, a multiple of 25
   */
  public static void record(DeskServer server, CameraId camera, Instant start, int... runs)
      throws IOException {
    recordLarge(server, camera, start, 500, runs);
  }

  /**
   * As {@link #record}.
   *
   * @param size of a picture in bytes
   */
  static void recordLarge(DeskServer server, CameraId camera, Instant start, int size, int... runs)
      throws IOException {
    record(server.recordings(), server.index(), camera, start, size, runs);
  }

  /**
   * As {@link #record(DeskServer, CameraId, Instant, int...)}, without a server.
   *
   * @param folder of the recordings
   * @param size of a picture in bytes
   */
  public static void record(
      Path folder, RecordingIndex index, CameraId camera, Instant start, int size, int... runs)
      throws IOException {
    CodecParameters parameters =
        new CodecParameters(
            Codec.H264,
            320,
            180,
            List.of(HexFormat.of().parseHex("6742c01ed900a047fe88")),
            List.of(HexFormat.of().parseHex("68cb83cb20")));
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(folder, 1L << 40, 0, Duration.ofSeconds(5)),
            index,
            any -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(camera, new RecordingPlan.Continuous(), Runnable::run);
      int number = 0;
      long time = 0;
      for (int run : runs) {
        for (int i = 0; i < run; i++) {
          ByteBuffer data = ByteBuffer.allocate(size);
          data.putInt(size - 4).put((byte) 0x65).putInt(number).rewind();
          recorder.add(
              new AccessUnit(
                  camera,
                  parameters,
                  number,
                  time,
                  time,
                  start.plusMillis(time / 90),
                  WallClockSource.ARRIVAL,
                  number % 25 == 0,
                  i == 0,
                  false,
                  data));
          number++;
          time += 3600;
        }
        time += GAP.toMillis() * 90;
      }
      recorder.end();
    }
  }

  /**
   * Thins a camera's recordings as the node does.
   *
   * @param before those that end before it
   * @return how many files
   */
  public static int thin(DeskServer server, CameraId camera, Instant before) throws IOException {
    RecordingDisks disks =
        RecordingDisks.open(
            List.of(server.recordings()), List.of(), server.index(), 1 << 20, System::nanoTime);
    try {
      Duration age = Duration.ofDays(3);
      RetentionAges whole = RetentionAges.keeping(Duration.ofDays(30));
      RetentionAges thinned = new RetentionAges(Duration.ofDays(30), age, null);
      Clock then = Clock.fixed(before.plus(age), ZoneOffset.UTC);
      return new Thinning(
              disks,
              server.index(),
              one -> one.equals(camera) ? thinned : whole,
              0,
              then,
              System::nanoTime)
          .run();
    } finally {
      disks.close(1_000);
    }
  }
}
