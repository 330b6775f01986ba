package io.kydai.streaming.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
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
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playlist of ffmpeg's test pattern: by the RFC's rules, and as ffmpeg plays it. */
class RangePlaylistTest {
  private static final Instant START = SampleVideo.START;

  @TempDir Path folder;
  private Path root;
  private SampleVideo sample;

  @BeforeEach
  void encode() throws Exception {
    FfmpegTools.assumeInstalled();
    root = folder.resolve("recordings");
    sample = SampleVideo.encode(folder, 14, 2);
  }

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

  /** The sample, then after a while another. */
  private List<Segment> withAnotherBehind(SampleVideo other, long gap) throws IOException {
    List<AccessUnit> units = new ArrayList<>(sample.units());
    long sequence = units.size();
    for (AccessUnit unit : other.units()) {
      units.add(SampleVideo.moved(unit, sequence++, unit.mediaTime() + gap, unit.sequence() == 0));
    }
    return record(units);
  }

  /** Writes the file of a run, as the server composes it for the run's times; returns its name. */
  private String write(List<Segment> segments, RecordedRun run) {
    try {
      RecordedSpan span =
          RecordedSpan.open(SegmentFiles.in(root), segments, run.from(), run.to(), false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      span.write(Channels.newChannel(out), 0, span.size());
      String name = run.from().toEpochMilli() + ".mp4";
      Files.write(folder.resolve(name), out.toByteArray());
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String playlist(List<Segment> segments, List<RecordedRun> runs) throws IOException {
    String text = RangePlaylist.of(runs, run -> write(segments, run));
    Files.writeString(folder.resolve("recording.m3u8"), text);
    return text;
  }

  private List<String> broken(String playlist) {
    return PlaylistRules.broken(playlist, name -> folder.resolve(name).toFile().length());
  }

  private List<String> played() throws Exception {
    return FfmpegTools.pictures(folder.resolve("recording.m3u8"), "error");
  }

  @Test
  void filesThatFollowOneAnotherAreOneRunOfWhichFfmpegShowsEachPicture() throws Exception {
    List<Segment> segments = record(sample.units());
    List<RecordedRun> runs =
        RecordedRun.of(SegmentFiles.in(root), segments, START, START.plusSeconds(60), false, false);
    assertThat(segments).hasSizeGreaterThan(2);
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).segments()).hasSizeBetween(2, 3);

    String playlist = playlist(segments, runs);
    assertThat(broken(playlist)).isEmpty();
    assertThat(playlist)
        .contains("#EXT-X-PROGRAM-DATE-TIME:" + START.toString().replace("Z", ".000Z"))
        .doesNotContain("DISCONTINUITY");
    assertThat(played()).isEqualTo(FfmpegTools.pictures(sample.file()));
  }

  @Test
  void aGapIsADiscontinuityWithTheTimesOfBothSides() throws Exception {
    List<Segment> segments = withAnotherBehind(SampleVideo.encode(folder, 2, 2), 90_000L * 60);
    List<RecordedRun> runs =
        RecordedRun.of(SegmentFiles.in(root), segments, START, START.plusSeconds(90), false, false);
    assertThat(runs).hasSize(2);

    String playlist = playlist(segments, runs);
    assertThat(broken(playlist)).isEmpty();
    assertThat(playlist.split("#EXT-X-DISCONTINUITY\n")).hasSize(2);
    assertThat(playlist)
        .contains("PROGRAM-DATE-TIME:" + runs.get(1).from().toString().substring(0, 19));
    // ffmpeg plays on over the gap, and loses a fragment of its own there; each side alone is
    // whole.
    assertThat(played().size()).isBetween(385, 400);
    for (RecordedRun run : runs) {
      playlist(segments, List.of(run));
      assertThat(played()).hasSize(run == runs.get(0) ? 350 : 50);
    }
  }

  @Test
  void otherParametersHaveAMapOfTheirOwn() throws Exception {
    // Right behind the sample, without a gap.
    List<Segment> segments =
        withAnotherBehind(SampleVideo.encode(folder, 2, 0, 640, 360), 90_000L * 14);
    List<RecordedRun> runs =
        RecordedRun.of(SegmentFiles.in(root), segments, START, START.plusSeconds(60), false, false);
    assertThat(runs).hasSize(2);

    String playlist = playlist(segments, runs);
    assertThat(broken(playlist)).isEmpty();
    assertThat(playlist.lines().filter(line -> line.startsWith("#EXT-X-MAP")).distinct())
        .hasSize(2);
    // ffmpeg's HLS reader does not go over to another size within one output; each run plays.
    for (RecordedRun run : runs) {
      playlist(segments, List.of(run));
      assertThat(played()).hasSize(run == runs.get(0) ? 350 : 50);
    }
  }

  @Test
  void aSpanWithinBeginsWithAKeyFrameOfItsOwn() throws Exception {
    List<Segment> segments = record(sample.units());
    Instant from = START.plusMillis(2_500);
    assertThat(
            RecordedRun.of(
                    SegmentFiles.in(root), segments, from, START.plusSeconds(60), true, false)
                .get(0)
                .from())
        .isAfterOrEqualTo(from);
    assertThat(
            RecordedRun.of(
                    SegmentFiles.in(root), segments, from, START.plusSeconds(60), false, false)
                .get(0)
                .from())
        .isBeforeOrEqualTo(from);
    assertThat(
            RecordedRun.of(
                SegmentFiles.in(root), segments, START.minusSeconds(9), START, false, false))
        .isEmpty();
  }

  @Test
  void theRulesFindWhatIsBroken() throws Exception {
    List<Segment> segments = record(sample.units());
    String good =
        playlist(
            segments,
            RecordedRun.of(
                SegmentFiles.in(root), segments, START, START.plusSeconds(60), false, false));
    assertThat(broken(good.replace("#EXTM3U\n", ""))).anyMatch(rule -> rule.startsWith("4.3.1.1"));
    assertThat(broken(good.replaceAll("DURATION:\\d+", "DURATION:1")))
        .anyMatch(rule -> rule.startsWith("4.3.3.1"));
    assertThat(broken(good.replaceAll("#EXT-X-MAP.*\n", "")))
        .anyMatch(rule -> rule.startsWith("3.3"));
    assertThat(broken(good.replaceAll("BYTERANGE:\\d+", "BYTERANGE:99999999")))
        .anyMatch(rule -> rule.startsWith("4.3.2.2"));
    assertThat(broken(good.replace("VERSION:6", "VERSION:5")))
        .anyMatch(rule -> rule.startsWith("7"));
  }
}
