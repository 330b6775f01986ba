package io.kydai.streaming.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.export.ExportPlan;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.RangePlaylist;
import io.kydai.streaming.playback.RecordedRun;
import io.kydai.streaming.playback.RecordedSpan;
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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Byte streams of encoders with what cameras do at times, through RTP, the recorder, playback and
 * export: each picture that comes back, as ffmpeg decodes it, is the source's, in its order. {@code
 * -Dkydai.streams=FOLDER} does it with the streams of a folder, and says of each what came of it.
 */
class ConformanceStreamsTest {
  private static final Instant START = SampleVideo.START;
  private static final Instant END = START.plusSeconds(3600);
  private static final String SOURCE =
      "ffmpeg -v error -y -f lavfi -i testsrc2=size=%s:rate=25:duration=4 -pix_fmt yuv420p ";

  @TempDir Path folder;
  private int number;

  @BeforeEach
  void needsFfmpeg() {
    FfmpegTools.assumeInstalled();
  }

  private Path encode(String name, String size, String how) throws Exception {
    Path file = folder.resolve(name);
    FfmpegTools.run(folder, (SOURCE.formatted(size) + how + " " + file).split(" "));
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          B-pictures that others refer to | h264 | -c:v libx264 -preset veryfast -g 25 -bf 3 -x264-params b-pyramid=normal:ref=4
          several slices                  | h264 | -c:v libx264 -preset veryfast -g 25 -bf 0 -x264-params slices=5
          open GOP                        | h264 | -c:v libx264 -preset veryfast -g 25 -bf 2 -x264-params open-gop=1:slices=3
          fields                          | h264 | -c:v libx264 -preset veryfast -g 25 -bf 2 -flags +ildct+ilme -x264-params tff=1
          H.265 with B-pictures           | h265 | -c:v libx265 -preset ultrafast -x265-params bframes=4:keyint=25:open-gop=0:pools=1:log-level=error
          H.265 with open GOP             | h265 | -c:v libx265 -preset ultrafast -x265-params bframes=3:keyint=25:open-gop=1:slices=2:pools=1:log-level=error
          """)
  void eachPictureComesBack(String what, String codec, String how) throws Exception {
    Path source = encode("source." + codec, "320x192", how);
    ByteStream stream = ByteStream.read(source, codec.equals("h265"), 0, 0);
    List<String> pictures = FfmpegTools.streamPictures(source, "error");
    assertThat(pictures).as(what).hasSize(100);
    assertThat(comesBack(stream.units(), pictures, "error")).as(what).isEmpty();
  }

  @Test
  void theResolutionMayChangeInMidStream() throws Exception {
    String how = "-c:v libx264 -preset veryfast -g 25 -bf 2";
    ByteStream one = ByteStream.read(encode("one.h264", "320x192", how), false, 0, 0);
    ByteStream other =
        ByteStream.read(encode("other.h264", "192x112", how), false, one.end(), one.units().size());
    List<AccessUnit> units = new ArrayList<>(one.units());
    units.addAll(other.units());
    List<String> pictures = new ArrayList<>(FfmpegTools.streamPictures(one.file(), "error"));
    pictures.addAll(FfmpegTools.streamPictures(other.file(), "error"));
    assertThat(comesBack(units, pictures, "error")).isEmpty();
  }

  /** So that it is known to tell. */
  @Test
  void aPictureThatIsMissingIsTold() throws Exception {
    Path source = encode("source.h264", "320x192", "-c:v libx264 -preset veryfast -g 25 -bf 0");
    List<AccessUnit> units = ByteStream.read(source, false, 0, 0).units();
    List<String> pictures = FfmpegTools.streamPictures(source, "error");
    List<AccessUnit> fewer = new ArrayList<>(units);
    fewer.remove(99);
    assertThat(comesBack(fewer, pictures, "error"))
        .isEqualTo(
            "playback has 99, and another one at 99; HLS has 99, and another one at 99; export has"
                + " 99, and another one at 99; ");
  }

  @Test
  void theStreamsOfAFolderComeBack() throws Exception {
    String streams = System.getProperty("kydai.streams");
    assumeTrue(streams != null, "for the streams of a folder: -Dkydai.streams=FOLDER");
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(streams))) {
      files = all.filter(one -> kind(one) != null).sorted().toList();
    }
    int same = 0;
    for (Path file : files) {
      String outcome;
      try {
        Path copy = Files.copy(file, folder.resolve("source." + kind(file)));
        ByteStream stream = ByteStream.read(copy, kind(file).equals("h265"), 0, 0);
        List<String> pictures = FfmpegTools.streamPictures(copy, "quiet");
        String wrong = comesBack(stream.units(), pictures, "quiet");
        same += wrong.isEmpty() ? 1 : 0;
        outcome = pictures.size() + " pictures: " + (wrong.isEmpty() ? "the same" : wrong);
      } catch (Exception | AssertionError e) {
        outcome = "not received: " + e.getMessage();
      }
      Files.deleteIfExists(folder.resolve("source." + kind(file)));
      System.out.printf("%-55s %s%n", file.getFileName(), outcome);
    }
    System.out.printf("%d of %d streams come back the same%n", same, files.size());
    assertThat(files).isNotEmpty();
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.(264|h264|jsv|avc|26l|jvt)")
        ? "h264"
        : name.matches(".*\\.(265|h265|hevc|bit)") ? "h265" : null;
  }

  /** Returns what does not have the source's pictures; nothing where all have. */
  private String comesBack(List<AccessUnit> units, List<String> pictures, String level)
      throws Exception {
    Path root = folder.resolve("recordings-" + number++);
    List<Segment> segments = record(root, units);
    SegmentFiles files = SegmentFiles.in(root);
    StringBuilder wrong = new StringBuilder();
    if (!recorded(root, segments).equals(units.stream().map(AccessUnit::data).toList())) {
      wrong.append("the recorder's bytes differ; ");
    }
    Path span = folder.resolve("span.mp4");
    try (FileChannel out = create(span)) {
      RecordedSpan whole = RecordedSpan.open(files, segments, START, END, false);
      whole.write(out, 0, whole.size());
    }
    compare("playback", FfmpegTools.pictures(span, level), pictures, wrong);
    List<String> hls = new ArrayList<>();
    List<String> exported = new ArrayList<>();
    for (RecordedRun run : RecordedRun.of(files, segments, START, END, false, false)) {
      hls.addAll(hls(files, segments, run, level));
    }
    compare("HLS", hls, pictures, wrong);
    for (List<Segment> part : ExportPlan.of(files, segments)) {
      Path file = folder.resolve("export.mp4");
      try (FileChannel out = create(file)) {
        ExportedVideo.open(files, part, START, END, false).write(out, bytes -> {});
      }
      exported.addAll(FfmpegTools.pictures(file, level));
    }
    compare("export", exported, pictures, wrong);
    return wrong.toString();
  }

  private static void compare(
      String what, List<String> found, List<String> pictures, StringBuilder wrong) {
    if (!found.equals(pictures)) {
      int first = 0;
      int most = Math.min(found.size(), pictures.size());
      while (first < most && found.get(first).equals(pictures.get(first))) {
        first++;
      }
      wrong.append("%s has %d, and another one at %d; ".formatted(what, found.size(), first));
    }
  }

  /** The file of a run put together of what its playlist names, as a player fetches it. */
  private List<String> hls(
      SegmentFiles files, List<Segment> segments, RecordedRun run, String level) throws Exception {
    RecordedSpan span = RecordedSpan.open(files, segments, run.from(), run.to(), false);
    assertThat(RangePlaylist.of(List.of(run), one -> "run.mp4")).contains("#EXT-X-MAP");
    Path file = folder.resolve("run.mp4");
    try (FileChannel out = create(file)) {
      span.write(out, 0, run.initialisation());
      for (RecordedRun.Piece piece : run.segments()) {
        span.write(out, piece.offset(), piece.length());
      }
    }
    return FfmpegTools.pictures(file, level);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Records in files of a second or two, and returns what the folder has. */
  private static List<Segment> record(Path root, List<AccessUnit> units) throws IOException {
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(1)),
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

  private static List<ByteBuffer> recorded(Path root, List<Segment> segments) throws IOException {
    List<ByteBuffer> pictures = new ArrayList<>();
    for (Segment segment : segments) {
      try (FileChannel file = FileChannel.open(root.resolve(segment.file()))) {
        for (RecordedFragment fragment : RecordedFile.read(file).fragments()) {
          long at = fragment.mediaOffset();
          for (int size : fragment.samples().sizes()) {
            ByteBuffer picture = ByteBuffer.allocate(size);
            file.read(picture, at);
            pictures.add(picture.flip());
            at += size;
          }
        }
      }
    }
    return pictures;
  }
}
