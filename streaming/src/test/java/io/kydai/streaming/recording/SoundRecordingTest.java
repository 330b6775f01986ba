package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.playback.SegmentFiles;
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
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sound of real and of simulated cameras, through recorder, playback and export. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SoundRecordingTest {
  private static final CameraId GATE = new CameraId("gate");

  /**
   * Of a camera of which the reports come after some seconds, when sound that is placed by its
   * arrival until then may have to go back.
   */
  private static final int MOST_LEFT_OUT = 20;

  @TempDir Path folder;
  private final List<AudioFrame> sent = new CopyOnWriteArrayList<>();

  /** Records a camera until it has sent so many pictures and as much sound, in files of 2 s. */
  private List<Segment> record(String address, int pictures) throws Exception {
    Path root = folder.resolve("recordings");
    CountDownLatch enough = new CountDownLatch(pictures);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(2)),
            new MemoryIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder = recordings.begin(GATE, new RecordingPlan.Continuous(), executor);
      try (Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
        ingest.subscribeAudio(
            GATE,
            frame -> {
              sent.add(frame);
              executor.execute(() -> recorder.add(frame));
            });
        ingest.subscribe(
            GATE,
            unit -> {
              executor.execute(() -> recorder.add(unit));
              enough.countDown();
            });
        ingest.add(CameraSource.of(GATE, address));
        assertThat(enough.await(90, TimeUnit.SECONDS)).isTrue();
      }
      executor.submit(recorder::end).get();
    } finally {
      executor.shutdownNow();
    }
    List<Segment> segments = new ArrayList<>();
    new RecordingFolder(root).scan(segments::add);
    segments.sort(Comparator.comparing(Segment::start));
    return segments;
  }

  private SegmentFiles files() {
    return SegmentFiles.in(folder.resolve("recordings"));
  }

  private static String md5(ByteBuffer bytes) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(bytes);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of each packet of sound in a file, as ffmpeg demultiplexes it. */
  private List<String> packets(Path file) throws Exception {
    String command = "ffmpeg -v error -i " + file + " -map 0:a -c copy -f framemd5 -";
    return FfmpegTools.run(folder, command.split(" "))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  private List<String> sentPackets() throws Exception {
    List<String> packets = new ArrayList<>();
    for (AudioFrame frame : sent) {
      packets.add(md5(frame.data()));
    }
    return packets;
  }

  private String probe(Path file, String entries) throws Exception {
    String command =
        "ffprobe -v warning -select_streams a -show_entries " + entries + " -of csv=p=0 " + file;
    return FfmpegTools.run(folder, command.split(" ")).trim();
  }

  private void decodes(Path file) throws Exception {
    FfmpegTools.run(
        folder,
        ("ffmpeg -v warning -guess_layout_max 0 -i " + file + " -map 0:a -f null -").split(" "));
  }

  private Path played(List<Segment> segments, Instant from, boolean audio) throws IOException {
    RecordedSpan span = RecordedSpan.open(files(), segments, from, from.plusSeconds(3600), audio);
    Path file = folder.resolve("played.mp4");
    try (FileChannel out = fresh(file)) {
      span.write(out, 0, span.size());
    }
    assertThat(Files.size(file)).isEqualTo(span.size());
    return file;
  }

  private Path exported(List<Segment> segments) throws IOException {
    ExportedVideo video = ExportedVideo.open(files(), segments, Instant.EPOCH, Instant.MAX, true);
    Path file = folder.resolve("exported.mp4");
    try (FileChannel out = fresh(file)) {
      video.write(out, bytes -> {});
    }
    assertThat(Files.size(file)).isEqualTo(video.size());
    return file;
  }

  private static FileChannel fresh(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private AudioClip clip(AudioCodec codec) throws Exception {
    if (codec == AudioCodec.PCMU) {
      return AudioClip.tone();
    }
    Path aac = folder.resolve("noise.aac");
    String command =
        "ffmpeg -v error -f lavfi -i anoisesrc=r=16000:d=7:seed=1 -c:a aac -b:a 48k " + aac;
    FfmpegTools.run(folder, command.split(" "));
    return AudioClip.adts(aac);
  }

  @ParameterizedTest
  @EnumSource(
      value = AudioCodec.class,
      names = {"AAC", "PCMU"})
  void whatACameraSaidIsInTheFileInPlaybackAndInTheExportAsItWasSent(AudioCodec codec)
      throws Exception {
    SampleVideo.encode(folder, 4, 0);
    SimulatedCamera camera =
        new SimulatedCamera("gate", Clip.load(folder.resolve("sample.h264")), 25)
            .withSound(clip(codec));
    List<Segment> segments;
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      segments = record(simulator.address("gate"), 140);
    }
    assertThat(segments).hasSizeGreaterThan(1);
    String kind = codec == AudioCodec.AAC ? "aac,16000,1" : "pcm_mulaw,8000,1";
    List<String> sound = sentPackets();

    Path played = played(segments, segments.get(0).start(), true);
    Path exported = exported(segments);
    for (Path file : List.of(played, exported)) {
      assertThat(probe(file, "stream=codec_name,sample_rate,channels")).isEqualTo(kind);
      decodes(file);
    }
    assertThat(pictures(exported)).isEqualTo(pictures(played));
    if (codec == AudioCodec.AAC) {
      List<String> heard = packets(exported);
      assertThat(heard).hasSizeGreaterThan(70);
      assertThat(leftOut(sound, heard)).isLessThanOrEqualTo(MOST_LEFT_OUT);
      assertThat(packets(played)).isEqualTo(heard);
    } else {
      assertThat(raw(exported)).isEqualTo(raw(played)).hasSizeGreaterThan(8000 * 4);
      assertThat(raw(exported)).containsOnly(tone());
    }
    assertThat(soundOf(segments.get(0))).isNotEmpty();

    Path silent = played(segments, segments.get(0).start(), false);
    assertThat(probe(silent, "stream=codec_name")).isEmpty();
    assertThat(pictures(silent)).isEqualTo(pictures(played));
    Path later = played(segments, segments.get(1).start().plusMillis(1200), true);
    decodes(later);
    assertThat(packets(later)).isNotEmpty();
  }

  /** It warns that the number of channels of G.711 says nothing of where they are. */
  private static List<String> pictures(Path file) throws Exception {
    return FfmpegTools.pictures(file, "error");
  }

  private byte[] raw(Path file) throws Exception {
    Path raw = folder.resolve("raw.ul");
    String command = "ffmpeg -v error -y -i " + file + " -map 0:a -c copy -f mulaw " + raw;
    FfmpegTools.run(folder, command.split(" "));
    return Files.readAllBytes(raw);
  }

  /** Each value of the tone, of which one packet has all. */
  private byte[] tone() {
    byte[] samples = new byte[sent.get(0).data().remaining()];
    sent.get(0).data().get(samples);
    return samples;
  }

  /** Returns how many packets are not there, of those between the first and the last that are. */
  private static int leftOut(List<String> all, List<String> some) {
    int first = all.indexOf(some.get(0));
    int at = first;
    for (String packet : some) {
      int found = all.subList(at, all.size()).indexOf(packet);
      assertThat(found).as("a packet of the camera, in its order").isNotNegative();
      at += found + 1;
    }
    return at - first - some.size();
  }

  private List<RecordedFragment.Sound> soundOf(Segment segment) throws IOException {
    try (FileChannel in = FileChannel.open(folder.resolve("recordings").resolve(segment.file()))) {
      return RecordedFile.read(in).fragments().stream()
          .map(RecordedFragment::sound)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /** Another's server, whose sender reports say which sound belongs to which picture. */
  @Test
  void theSoundOfGStreamersServerStaysWithItsPictures() throws Exception {
    GStreamerServer.assumeInstalled();
    Path source = folder.resolve("source.mp4");
    String command =
        "ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=25:duration=13 -f lavfi -i"
            + " anoisesrc=r=48000:d=13:seed=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -bf 0"
            + " -g 25 -c:a aac -b:a 64k "
            + source;
    FfmpegTools.run(folder, command.split(" "));
    List<Segment> segments;
    try (GStreamerServer server = GStreamerServer.start(source, 0, "--sound", "aac")) {
      segments = record(server.url(), 290);
    }
    Path exported = exported(segments);
    decodes(exported);
    assertThat(probe(exported, "stream=codec_name,sample_rate")).isEqualTo("aac,48000");
    List<String> heard = packets(exported);
    List<String> original = packets(source);
    assertThat(leftOut(original, heard)).isLessThanOrEqualTo(MOST_LEFT_OUT);

    // The last packet, by when reports of both tracks have come.
    int last = original.lastIndexOf(heard.get(heard.size() - 1));
    double inSource = at(source, "a", last) - at(source, "v", 150);
    List<String> pictures = FfmpegTools.pictures(exported);
    int same = pictures.indexOf(FfmpegTools.pictures(source).get(150));
    double inExport = at(exported, "a", heard.size() - 1) - at(exported, "v", same);
    assertThat(inExport).isCloseTo(inSource, within(0.06));
  }

  private double at(Path file, String stream, int packet) throws Exception {
    String command =
        "ffprobe -v warning -select_streams "
            + stream
            + " -show_entries packet=pts_time -of csv=p=0 "
            + file;
    List<String> times =
        FfmpegTools.run(folder, command.split(" ")).lines().filter(one -> !one.isBlank()).toList();
    return Double.parseDouble(times.get(packet).replace(",", ""));
  }
}
