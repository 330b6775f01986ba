package io.kydai.streaming.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of a recording of ffmpeg's test pattern, decoded by ffmpeg. */
class RecordedSpanTest {
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

  private byte[] bytes(RecordedSpan span, long offset, long length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    span.write(Channels.newChannel(out), offset, length);
    return out.toByteArray();
  }

  private Path file(RecordedSpan span) throws IOException {
    return Files.write(folder.resolve("span.mp4"), bytes(span, 0, span.size()));
  }

  @Test
  void aSpanOverSeveralFilesHasTheCamerasPictures() throws Exception {
    List<Segment> segments = record(sample.units());
    assertThat(segments).hasSize(4);
    Instant start = SampleVideo.START;

    RecordedSpan all =
        RecordedSpan.open(SegmentFiles.in(root), segments, start, start.plusSeconds(60), false);
    assertThat(FfmpegTools.pictures(file(all))).isEqualTo(FfmpegTools.pictures(sample.file()));

    RecordedSpan some =
        RecordedSpan.open(
            SegmentFiles.in(root),
            segments.subList(0, 3),
            start.plusMillis(2500),
            start.plusSeconds(7),
            false);
    List<String> pictures = FfmpegTools.pictures(file(some));
    assertThat(some.start()).isBetween(start.plusSeconds(2), start.plusMillis(2080));
    assertThat(pictures).isEqualTo(sublist(pictures.size()));
    assertThat(pictures.size()).isBetween(125, 140);
  }

  private List<String> sublist(int count) throws Exception {
    return FfmpegTools.pictures(sample.file()).subList(50, 50 + count);
  }

  @Test
  void anyRangeOfBytesIsTheSameAsInTheWhole() throws Exception {
    List<Segment> segments = record(sample.units());
    RecordedSpan span =
        RecordedSpan.open(
            SegmentFiles.in(root),
            segments,
            SampleVideo.START,
            SampleVideo.START.plusSeconds(60),
            false);
    byte[] whole = bytes(span, 0, span.size());
    assertThat(whole).hasSize((int) span.size());
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(whole.length);
      int length = random.nextInt(whole.length - from + 1);
      assertThat(bytes(span, from, length))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + length));
    }
  }

  private RecordedSpan withAnotherBehind(SampleVideo other, long gap) throws Exception {
    List<AccessUnit> units = new ArrayList<>(sample.units());
    long sequence = units.size();
    for (AccessUnit unit : other.units()) {
      units.add(SampleVideo.moved(unit, sequence++, unit.mediaTime() + gap, unit.sequence() == 0));
    }
    List<Segment> segments = record(units);
    return RecordedSpan.open(
        SegmentFiles.in(root),
        segments,
        SampleVideo.START,
        SampleVideo.START.plusSeconds(60),
        false);
  }

  @Test
  void aGapIsAHoleOfItsLength() throws Exception {
    long gap = 90_000L * 16;
    Path file = file(withAnotherBehind(SampleVideo.encode(folder, 2, 2), gap));

    List<Long> times = FfmpegTools.presentationTimes(file);
    assertThat(times).hasSize(300);
    assertThat(Collections.max(times) - times.get(0)).isEqualTo(gap + 49 * 3600);
    assertThat(FfmpegTools.pictures(file)).hasSize(300);
  }

  @Test
  void anotherResolutionPlaysOnInTheSameFile() throws Exception {
    SampleVideo larger = SampleVideo.encode(folder, 2, 0, 640, 360);
    Path file = file(withAnotherBehind(larger, 90_000L * 16));

    assertThat(FfmpegTools.pictures(file))
        .hasSize(300)
        .startsWith(FfmpegTools.pictures(sample.file()).toArray(new String[0]));
  }

  @Test
  void aCameraWhoseClockRunsFastIsAsLongAsTheDay() throws Exception {
    SampleVideo inOrder = SampleVideo.encode(folder, 10, 0);
    List<AccessUnit> units =
        inOrder.units().stream().map(RecordedSpanTest::withTicksTooFast).toList();
    RecordedSpan span =
        RecordedSpan.open(
            SegmentFiles.in(root),
            record(units),
            SampleVideo.START,
            SampleVideo.START.plusSeconds(60),
            false);

    RecordedSpan.Placed last = span.placed().get(span.placed().size() - 1);
    long lasts = last.decodeTime() + last.duration();
    assertThat(lasts - MediaTime.ticks(Duration.between(span.start(), span.end())))
        .as("1/90000 s that the file is longer than its span; 1,800 where the clock is followed")
        .isBetween(-90L, 180L);
    assertThat(FfmpegTools.pictures(file(span))).isEqualTo(FfmpegTools.pictures(inOrder.file()));
  }

  /** A picture of a camera whose clock gains two seconds in a thousand. */
  private static AccessUnit withTicksTooFast(AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime() * 1002 / 1000,
        unit.decodeTime() * 1002 / 1000,
        unit.wallClock(),
        unit.wallClockSource(),
        unit.keyFrame(),
        unit.discontinuity(),
        false,
        unit.data());
  }

  @Test
  void nothingRecordedIsNoBytes() throws Exception {
    RecordedSpan span =
        RecordedSpan.open(
            SegmentFiles.in(root),
            List.of(),
            SampleVideo.START,
            SampleVideo.START.plusSeconds(60),
            false);
    assertThat(span.size()).isZero();
    assertThat(bytes(span, 0, 0)).isEmpty();
  }
}
