package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.playback.StreamChoice;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both streams of a camera from GStreamer's server, recorded by the whole of streaming. */
class TwoStreamsRecordingTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final RecordedStream MAIN = RecordedStream.main(GATE);
  private static final RecordedStream SUB = new RecordedStream(GATE, StreamRole.SUB);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();

  private Path video(int width) throws Exception {
    Path file = folder.resolve(width + ".mp4");
    String command =
        "ffmpeg -v error -f lavfi -i testsrc2=size=%dx%d:rate=25:duration=30 -c:v libx264"
            + " -preset ultrafast -pix_fmt yuv420p -bf 0 -g 25 %s";
    FfmpegTools.run(folder, command.formatted(width, width * 9 / 16, file).split(" "));
    return file;
  }

  /** Runs a node's ingest and streaming until some streams have 3 s more than before. */
  private void record(String url, String secondUrl, List<RecordedStream> until) throws Exception {
    Instant from = Instant.now();
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    EvidenceSettings evidence =
        new EvidenceSettings(folder.resolve("evidence"), Duration.ZERO, Duration.ZERO);
    try (Recordings recordings =
            new Recordings(
                new RecordingSettings(root(), 1L << 40, 0, Duration.ofSeconds(2)),
                index,
                camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
                () -> {},
                metrics,
                Clock.systemUTC());
        Ingest ingest = new Ingest(Clock.systemUTC(), metrics, status -> {});
        Streaming streaming =
            new Streaming(ingest, evidence, recordings, metrics, (camera, alert, item) -> {})) {
      streaming.add(GATE, Scene.EMPTY);
      CameraSource second = CameraSource.of(GATE, secondUrl);
      streaming.second(GATE, taker -> ingest.pull(second, taker)::close);
      streaming.record(
          GATE,
          new CameraRecording(
              new RecordingPlan.Continuous(), StreamRole.SUB, StreamRole.MAIN, false));
      ingest.add(CameraSource.of(GATE, url));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (until.stream().anyMatch(stream -> !hasThreeSeconds(stream, from))) {
        assertThat(System.nanoTime()).as("recorded in a minute").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private boolean hasThreeSeconds(RecordedStream stream, Instant from) {
    return index.segments(stream, from, Instant.MAX, 100).stream()
            .mapToLong(one -> Duration.between(one.start(), one.end()).toMillis())
            .sum()
        > 3000;
  }

  private Path root() {
    return folder.resolve("recordings");
  }

  private List<Segment> segments(RecordedStream stream) {
    return index.segments(stream, Instant.EPOCH, Instant.MAX, 1000);
  }

  private List<String> widths(Path file) throws Exception {
    return FfmpegTools.run(
            folder,
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "frame=width",
            "-of",
            "csv=p=0",
            file.toString())
        .lines()
        .map(line -> line.replace(",", "").trim())
        .filter(line -> !line.isEmpty())
        .distinct()
        .toList();
  }

  @Test
  void bothAreInFilesOfTheirOwnAndTheSubStreamGoesOnWithoutTheMainStream() throws Exception {
    GStreamerServer.assumeInstalled();
    FfmpegTools.assumeInstalled();
    Path small = video(320);
    Path large = video(640);
    try (GStreamerServer server = GStreamerServer.start(small, 0, "--also", large.toString())) {
      record(server.url(), server.url() + "1", List.of(MAIN, SUB));
    }
    int before = segments(MAIN).size();
    try (GStreamerServer server = GStreamerServer.start(small, 0)) {
      record(server.url(), server.url() + "1", List.of(SUB));
    }

    for (Segment one : segments(MAIN)) {
      assertThat(widths(root().resolve(one.file()))).containsExactly("640");
    }
    for (Segment one : segments(SUB)) {
      assertThat(one.file()).endsWith(".sub.mp4");
      assertThat(widths(root().resolve(one.file()))).containsExactly("320");
    }
    assertThat(segments(MAIN)).hasSize(before);
    assertThat(index.open()).isEmpty();
    MemoryIndex files = new MemoryIndex();
    new RecordingFolder(root(), OneDisk.id(root())).scan(files::put);
    assertThat(index.segments).isEqualTo(files.segments);
    assertThat(index.gaps(SUB, Instant.EPOCH, Instant.MAX, 100))
        .extracting(Gap::reason)
        .contains(Gap.Reason.NODE_DOWN);

    SegmentFiles where = SegmentFiles.in(root());
    List<Segment> shown =
        StreamChoice.of(where, index.segments(GATE, Instant.EPOCH, Instant.MAX, 1000));
    RecordedSpan span =
        RecordedSpan.open(where, shown, segments(MAIN).get(0).start(), Instant.MAX, false);
    Path played = folder.resolve("played.mp4");
    try (FileChannel out =
        FileChannel.open(played, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      span.write(out, 0, span.size());
    }
    assertThat(widths(played)).containsExactly("640", "320");
    assertThat(span.end()).isAfterOrEqualTo(segments(SUB).get(segments(SUB).size() - 1).start());
  }
}
