package io.kydai.streaming.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of ffmpeg's test pattern, probed and decoded by ffmpeg. */
class ExportedVideoTest {
  private static final Instant START = SampleVideo.START;
  private static final ExportProgress UNHEARD = bytes -> {};

  @TempDir Path folder;
  private Path root;
  private SampleVideo sample;

  @BeforeEach
  void encode() throws Exception {
    root = folder.resolve("recordings");
    sample = SampleVideo.encode(folder, 10, 2);
  }

  /** Records pictures in files of 3 s, and returns what the folder has. */
  private List<Segment> record(List<AccessUnit> units) throws IOException {
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(3)),
            new MemoryIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(SampleVideo.CAMERA, new RecordingPlan.Continuous(), Runnable::run);
      units.forEach(recorder::add);
      recorder.end();
    }
    List<Segment> segments = new ArrayList<>();
    new RecordingFolder(root).scan(segments::add);
    segments.sort(Comparator.comparing(Segment::start));
    return segments;
  }

  private Path file(ExportedVideo video) throws IOException {
    Path file = folder.resolve("export.mp4");
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      video.write(out, UNHEARD);
    }
    assertThat(Files.size(file)).isEqualTo(video.size());
    return file;
  }

  private List<AccessUnit> withAnotherBehind(SampleVideo other, long gapTicks) {
    List<AccessUnit> units = new ArrayList<>(sample.units());
    long sequence = units.size();
    for (AccessUnit unit : other.units()) {
      units.add(
          SampleVideo.moved(unit, sequence++, unit.mediaTime() + gapTicks, unit.sequence() == 0));
    }
    return units;
  }

  @Test
  void anExportHasTheCamerasPicturesAndAnIndexInFront() throws Exception {
    List<Segment> segments = record(sample.units());
    assertThat(ExportPlan.of(SegmentFiles.in(root), segments)).containsExactly(segments);
    ExportedVideo video =
        ExportedVideo.open(SegmentFiles.in(root), segments, START, START.plusSeconds(60), true);
    Path file = file(video);

    assertThat(FfmpegTools.pictures(file)).isEqualTo(FfmpegTools.pictures(sample.file()));
    List<Long> times = FfmpegTools.presentationTimes(file);
    assertThat(Collections.min(times)).isZero();
    assertThat(times).hasSize(250);
    assertThat(FfmpegTools.probe(file, "stream=codec_name,nb_frames").trim()).isEqualTo("h264,250");
    assertThat(FfmpegTools.run(folder, probeFormat(file)).trim())
        .isEqualTo("10.000000,2026-11-22T08:00:00.000000Z");
    String boxes = new String(Files.readAllBytes(file), 0, 200, US_ASCII);
    assertThat(boxes).contains("ftypisom").contains("moov").doesNotContain("moof");
    assertThat(video.pictures()).isEqualTo(250);
    assertThat(video.takenByCamera()).isZero();
    assertThat(video.spans()).hasSize(1);
    checkSpan(video.spans().get(0), START, START.plusSeconds(10));
  }

  /** Pictures that are shown out of order end a span up to two pictures beside its end. */
  private static void checkSpan(ExportedVideo.Span span, Instant from, Instant to) {
    assertThat(span.from()).isEqualTo(from);
    assertThat(span.to()).isBetween(to.minusMillis(80), to.plusMillis(80));
  }

  private static String[] probeFormat(Path file) {
    return ("ffprobe -v warning -show_entries format=duration:format_tags=creation_time -of csv=p=0 "
            + file)
        .split(" ");
  }

  @Test
  void aPartBeginsWithTheKeyFrameBeforeIt() throws Exception {
    List<Segment> segments = record(sample.units());
    ExportedVideo video =
        ExportedVideo.open(
            SegmentFiles.in(root),
            segments.subList(0, 3),
            START.plusMillis(2500),
            START.plusSeconds(7),
            true);
    List<String> pictures = FfmpegTools.pictures(file(video));
    assertThat(video.start()).isBetween(START.plusSeconds(2), START.plusMillis(2080));
    assertThat(pictures)
        .hasSizeBetween(125, 140)
        .isEqualTo(FfmpegTools.pictures(sample.file()).subList(50, 50 + pictures.size()));
  }

  @Test
  void inAGapThePictureStands() throws Exception {
    long gap = 90_000L * 16;
    List<Segment> segments = record(withAnotherBehind(SampleVideo.encode(folder, 2, 2), gap));
    ExportedVideo video =
        ExportedVideo.open(SegmentFiles.in(root), segments, START, START.plusSeconds(60), true);
    Path file = file(video);

    List<Long> times = FfmpegTools.presentationTimes(file);
    assertThat(Collections.max(times) - times.get(0)).isEqualTo(gap + 49 * 3600);
    assertThat(FfmpegTools.pictures(file)).hasSize(300);
    assertThat(video.spans()).hasSize(2);
    checkSpan(video.spans().get(0), START, START.plusSeconds(10));
    checkSpan(video.spans().get(1), START.plusSeconds(16), START.plusSeconds(18));
  }

  @Test
  void anotherResolutionPlaysOnInTheSameFile() throws Exception {
    SampleVideo larger = SampleVideo.encode(folder, 2, 0, 640, 360);
    List<Segment> segments = record(withAnotherBehind(larger, 90_000L * 16));
    assertThat(ExportPlan.of(SegmentFiles.in(root), segments)).hasSize(1);
    ExportedVideo video =
        ExportedVideo.open(SegmentFiles.in(root), segments, START, START.plusSeconds(60), true);

    assertThat(FfmpegTools.pictures(file(video)))
        .hasSize(300)
        .startsWith(FfmpegTools.pictures(sample.file()).toArray(new String[0]));
  }

  @Test
  void behindAGapOfMoreThanAnHourAnotherFileBegins() throws Exception {
    List<Segment> segments =
        record(withAnotherBehind(SampleVideo.encode(folder, 2, 2), 90_000L * 4000));
    List<List<Segment>> plan = ExportPlan.of(SegmentFiles.in(root), segments);
    assertThat(plan).hasSize(2);
    assertThat(
            FfmpegTools.pictures(
                file(
                    ExportedVideo.open(
                        SegmentFiles.in(root), plan.get(1), START, START.plusSeconds(9000), true))))
        .hasSize(50);
    Files.delete(root.resolve(plan.get(1).get(0).file()));
    assertThat(ExportPlan.of(SegmentFiles.in(root), segments)).hasSize(1);
  }

  @Test
  void theProgressHearsOfEachByteAndMayEndTheExport() throws Exception {
    List<Segment> segments = record(sample.units());
    ExportedVideo video =
        ExportedVideo.open(SegmentFiles.in(root), segments, START, START.plusSeconds(60), true);
    long[] heard = new long[1];
    try (FileChannel out =
        FileChannel.open(
            folder.resolve("one.mp4"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      video.write(out, bytes -> heard[0] += bytes);
      assertThat(heard[0]).isEqualTo(video.size());
      assertThatThrownBy(
              () ->
                  video.write(
                      out,
                      bytes -> {
                        throw new IOException("enough");
                      }))
          .hasMessage("enough");
    }
  }
}
