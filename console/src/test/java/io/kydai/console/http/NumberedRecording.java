package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.console.http.api.DeskServer;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Encoded pictures, ten a second, of which each says its number in {@value #BITS} black and white
 * fields from left to right, the lowest bit first; a key frame every two seconds.
 */
public record NumberedRecording(
    List<byte[]> sequenceSets, List<byte[]> pictureSets, List<ByteBuffer> pictures) {
  static final int BITS = 10;
  static final int FIELD = 32;
  static final int MILLIS = 100;
  private static final int KEY = 20;

  /** Encodes pictures by Debian's ffmpeg; the test is skipped where that is missing. */
  public static NumberedRecording encode(Path folder, int count) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs Debian package ffmpeg");
    Path file = folder.resolve("numbered.h264");
    List<String> command =
        List.of(
            "/usr/bin/ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "color=c=gray:s=%dx180:r=10".formatted(BITS * FIELD),
            "-vf",
            "format=yuv420p,geq=lum='if(mod(floor(N/pow(2,floor(X/%d))),2),235,16)':cb=128:cr=128"
                .formatted(FIELD),
            "-frames:v",
            Integer.toString(count),
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-bf",
            "0",
            "-g",
            Integer.toString(KEY),
            "-keyint_min",
            Integer.toString(KEY),
            "-sc_threshold",
            "0",
            "-x264-params",
            "slices=1",
            "-bsf:v",
            "h264_metadata=aud=insert",
            file.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return of(Files.readAllBytes(file));
  }

  private static NumberedRecording of(byte[] stream) {
    List<byte[]> sequence = new ArrayList<>();
    List<byte[]> picture = new ArrayList<>();
    List<ByteBuffer> pictures = new ArrayList<>();
    ByteBuffer data = ByteBuffer.allocate(0);
    for (byte[] nal : nals(stream)) {
      switch (nal[0] & 0x1f) {
        case 9 -> {
          add(pictures, data);
          data = ByteBuffer.allocate(1 << 16);
        }
        case 7 -> keepFirst(sequence, nal);
        case 8 -> keepFirst(picture, nal);
        default -> data.putInt(nal.length).put(nal);
      }
    }
    add(pictures, data);
    return new NumberedRecording(sequence, picture, pictures);
  }

  private static void add(List<ByteBuffer> pictures, ByteBuffer data) {
    if (data.position() > 0) {
      pictures.add(data.flip());
    }
  }

  private static void keepFirst(List<byte[]> sets, byte[] nal) {
    if (sets.isEmpty()) {
      sets.add(nal);
    }
  }

  /** NAL units of a byte stream (H.264, annex B). */
  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= stream.length; i++) {
      boolean isEnd = i == stream.length;
      if (isEnd
          || (i + 2 < stream.length
              && stream[i] == 0
              && stream[i + 1] == 0
              && stream[i + 2] == 1)) {
        int end = i;
        while (!isEnd && start >= 0 && end > start && stream[end - 1] == 0) {
          end--;
        }
        if (start >= 0) {
          nals.add(Arrays.copyOfRange(stream, start, end));
        }
        start = i + 3;
        i += 2;
      }
    }
    return nals;
  }

  /** Records them as the node does, the first one's time being the start. */
  public void record(DeskServer server, CameraId camera, Instant start) throws IOException {
    CodecParameters parameters =
        new CodecParameters(Codec.H264, BITS * FIELD, 180, sequenceSets, pictureSets);
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(server.recordings(), 1L << 40, 0, Duration.ofSeconds(10)),
            server.index(),
            any -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(camera, new RecordingPlan.Continuous(), Runnable::run);
      for (int i = 0; i < pictures.size(); i++) {
        long time = 90L * MILLIS * i;
        recorder.add(
            new AccessUnit(
                camera,
                parameters,
                i,
                time,
                time,
                start.plusMillis((long) MILLIS * i),
                WallClockSource.ARRIVAL,
                i % KEY == 0,
                i == 0,
                false,
                pictures.get(i).duplicate()));
      }
      recorder.end();
      // Closing waits no longer than a node's end may take, which a busy machine exceeds.
      Instant end = start.plusMillis((long) MILLIS * pictures.size());
      while (server.index().segments(camera, start, end, 100).stream()
          .noneMatch(one -> !one.open() && !one.end().isBefore(end))) {
        LockSupport.parkNanos(50_000_000);
      }
    }
  }
}
