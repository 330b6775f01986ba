package io.kydai.streaming.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.export.ExportPlan;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamChoiceTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-11-29T01:00:00Z");
  private static final SegmentFiles THERE = SegmentFiles.in(Path.of("disk"));

  @TempDir Path folder;

  private static Instant at(double seconds) {
    return START.plusMillis(Math.round(seconds * 1000));
  }

  private static Segment segment(String name, double from, double to, long bytes, boolean open) {
    return new Segment(GATE, "gate/d/" + name, at(from), at(to), bytes, open);
  }

  private static Segment main(double from, double to) {
    return segment(from + ".mp4", from, to, 1000, false);
  }

  private static Segment sub(double from, double to, long bytes) {
    return segment("x.sub.mp4", from, to, bytes, false);
  }

  @Test
  void theSubStreamIsShownWhereTheMainStreamIsNot() {
    List<Segment> all = List.of(sub(-5, 50, 5500), main(0, 10), main(10.05, 20), main(30, 40));

    assertThat(StreamChoice.of(THERE, all))
        .containsExactly(
            sub(-5, 0, 500),
            main(0, 10),
            main(10.05, 20),
            sub(20, 30, 1000),
            main(30, 40),
            sub(40, 50, 1000));
    assertThat(StreamChoice.of(THERE, List.of(sub(0, 9, 1)))).containsExactly(sub(0, 9, 1));
    assertThat(StreamChoice.of(THERE, List.of(main(0, 9), sub(1, 8, 1))))
        .containsExactly(main(0, 9));
  }

  @Test
  void whatIsBeingRecordedHasNoEndYet() {
    Segment growing = segment("new.mp4", 10, 12, 1000, true);
    Segment beside = segment("new.sub.mp4", 5, 15, 1000, true);

    assertThat(StreamChoice.of(THERE, List.of(beside, growing)))
        .containsExactly(segment("new.sub.mp4", 5, 10, 500, false), growing);
    assertThat(StreamChoice.of(THERE, List.of(main(0, 7), beside)))
        .as("the sub-stream goes on alone")
        .containsExactly(main(0, 7), segment("new.sub.mp4", 7, 15, 800, true));
  }

  @Test
  void aMainStreamOnADiskThatIsAwayHidesNothing() {
    SegmentFiles away =
        one -> one.stream() == StreamRole.MAIN ? null : Path.of("disk").resolve(one.file());

    assertThat(StreamChoice.of(away, List.of(main(0, 9), sub(1, 8, 70))))
        .containsExactly(main(0, 9), sub(1, 8, 70));
  }

  private static Gap gap(StreamRole stream, double from, double to, Gap.Reason why) {
    return new Gap(GATE, stream, at(from), at(to), why);
  }

  @Test
  void aGapIsWhereNeitherIs() {
    List<Segment> shown =
        StreamChoice.of(THERE, List.of(main(0, 10), sub(0, 15, 1), sub(18, 30, 1), main(20, 30)));
    List<Gap> gaps =
        List.of(
            gap(StreamRole.MAIN, 10, 20, Gap.Reason.CAMERA_LOST),
            gap(StreamRole.SUB, 15, 18, Gap.Reason.DAMAGED),
            gap(StreamRole.SUB, 22, 23, Gap.Reason.DAMAGED));

    assertThat(StreamChoice.gaps(shown, gaps))
        .containsExactly(gap(StreamRole.MAIN, 15, 18, Gap.Reason.CAMERA_LOST));
    Gap own = gap(StreamRole.SUB, 3, 3, Gap.Reason.CAMERA_LOST);
    assertThat(StreamChoice.gaps(List.of(sub(0, 9, 1)), List.of(own)))
        .as("of one stream all are told")
        .containsExactly(own);
  }

  /** Records a stream in files of 3 s. */
  private void record(Recordings recordings, StreamRole role, List<AccessUnit> units) {
    PlannedRecorder recorder =
        recordings.begin(
            new RecordedStream(SampleVideo.CAMERA, role),
            new RecordingPlan.Continuous(),
            Runnable::run);
    units.forEach(recorder::add);
    recorder.end();
  }

  private List<AccessUnit> without(List<AccessUnit> units, int from, int to) {
    List<AccessUnit> left = new ArrayList<>(units.subList(0, from));
    left.addAll(units.subList(to, units.size()));
    return left;
  }

  @Test
  void playbackAndExportGoOverFromOneToTheOtherAndBack() throws Exception {
    FfmpegTools.assumeInstalled();
    Path root = folder.resolve("recordings");
    SampleVideo large = SampleVideo.encode(Files.createDirectory(folder.resolve("a")), 10, 2);
    SampleVideo small =
        SampleVideo.encode(Files.createDirectory(folder.resolve("b")), 10, 2, 160, 90);
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(3)),
            new MemoryIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      // The main stream is away from 3.2 s on; the key frame of 8 s is the first behind that.
      record(recordings, StreamRole.MAIN, without(large.units(), 80, 180));
      record(recordings, StreamRole.SUB, small.units());
    }
    List<Segment> found = new ArrayList<>();
    new RecordingFolder(root).scan(found::add);
    found.sort(Comparator.comparing(Segment::start));
    SegmentFiles files = SegmentFiles.in(root);
    List<Segment> shown = StreamChoice.of(files, found);
    Instant end = SampleVideo.START.plusSeconds(60);

    RecordedSpan span = RecordedSpan.open(files, shown, SampleVideo.START, end, false);
    assertThat(Duration.between(SampleVideo.START, span.end()))
        .isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
    Path played = write(out -> span.write(out, 0, span.size()));
    List<String> widths = widths(played);
    assertThat(changes(widths)).containsExactly("320", "160", "320");
    int count = widths.size();
    assertThat(count)
        .as("no picture twice, and less than a key frame's distance missing")
        .isBetween(250 - 25, 250);

    List<List<Segment>> plan = ExportPlan.of(files, shown);
    assertThat(plan).hasSize(1);
    ExportedVideo video = ExportedVideo.open(files, plan.get(0), SampleVideo.START, end, false);
    assertThat(video.pictures()).isEqualTo(count);

    List<RecordedRun> runs = RecordedRun.of(files, shown, SampleVideo.START, end, false, false);
    assertThat(runs).hasSize(3);
    for (RecordedRun run : runs) {
      RecordedSpan alone =
          RecordedSpan.open(
              files, StreamChoice.of(files, overlapping(found, run)), run.from(), run.to(), false);
      RecordedRun.Piece last = run.segments().get(run.segments().size() - 1);
      assertThat(alone.size()).as("as its playlist says").isEqualTo(last.offset() + last.length());
    }
  }

  private static List<Segment> overlapping(List<Segment> all, RecordedRun run) {
    return all.stream()
        .filter(one -> one.start().isBefore(run.to()) && one.end().isAfter(run.from()))
        .toList();
  }

  private interface Writing {
    void to(WritableByteChannel out) throws IOException;
  }

  private Path write(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.to(Channels.newChannel(bytes));
    return Files.write(folder.resolve("played.mp4"), bytes.toByteArray());
  }

  /** The width of each picture as ffprobe decodes it. */
  private List<String> widths(Path file) throws Exception {
    String command = "ffprobe -v error -show_entries frame=width -of csv=p=0 " + file;
    return FfmpegTools.run(folder, command.split(" "))
        .lines()
        .map(line -> line.replace(",", "").trim())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> changes(List<String> values) {
    List<String> changes = new ArrayList<>();
    for (String value : values) {
      if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(value)) {
        changes.add(value);
      }
    }
    return changes;
  }
}
