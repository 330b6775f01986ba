package io.kydai.console.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.console.TestClock;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.PrivacyMask;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real street, recorded by the real recorder, and exported with what is drawn and hidden. */
@Timeout(240)
class RenderedCaseTest {
  private static final Path STREET = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "a1", "Lan");
  private static final int PICTURES = 50;
  private static final PrivacyMask CORNER =
      new PrivacyMask(
          "corner",
          List.of(new Point(0.7, 0), new Point(1, 0), new Point(1, 0.35), new Point(0.7, 0.35)));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(START.plus(Duration.ofHours(1)));
  private final List<Observation> observed = new ArrayList<>();
  private final DetectorModel model =
      DetectorCatalogue.load(new DetectorSettings("default", 0.1f, 1));
  private final Redaction redaction = new Redaction(model);
  private Database database;
  private AuditLog audit;
  private Cases cases;

  @BeforeEach
  void record() throws Exception {
    assumeTrue(Files.exists(STREET), "Debian's opencv-doc is not installed");
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    RecordingTable index = new RecordingTable(database, clock);
    Path recordings = folder.resolve("recordings");
    record(recordings, index);
    Files.createDirectories(folder.resolve("evidence"));
    cases =
        new Cases(
            database,
            audit,
            new RecordingLibrary(
                SegmentFiles.in(recordings),
                index,
                new Holds(database, audit, clock),
                new DeletionList(database),
                new ActivityReader(folder.resolve("activity")),
                new AlertDays(database),
                Optional::empty),
            SigningKey.open(folder.resolve("key.pem"), folder.resolve("evidence")),
            Optional::empty,
            camera -> Optional.empty(),
            new CaseRenderer(
                (camera, since, reader) -> observed.forEach(reader),
                redaction,
                ZoneId.of("Asia/Ho_Chi_Minh")),
            new CaseSettings(folder.resolve("cases"), 1L << 30, 0, Duration.ofDays(30)),
            clock,
            nanos -> {});
  }

  @AfterEach
  void close() {
    if (cases != null) {
      cases.close();
      database.close();
    }
    redaction.close();
    model.close();
  }

  private void ffmpeg(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Encodes the street as a camera does, and has it recorded. */
  private void record(Path recordings, RecordingTable index) throws Exception {
    Path stream = folder.resolve("street.h264");
    ffmpeg(
        "-i",
        STREET.toString(),
        "-frames:v",
        "" + PICTURES,
        "-r",
        "25",
        "-vf",
        "scale=640:480",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "18",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "25",
        "-bf",
        "0",
        "-bsf:v",
        "h264_metadata=aud=insert",
        stream.toString());
    List<List<byte[]>> pictures = pictures(Files.readAllBytes(stream));
    assertThat(pictures).hasSize(PICTURES);
    CodecParameters parameters =
        new CodecParameters(
            Codec.H264,
            640,
            480,
            of(pictures.get(0), 7).limit(1).toList(),
            of(pictures.get(0), 8).limit(1).toList());
    try (Recordings writing =
        new Recordings(
            new RecordingSettings(recordings, 1L << 40, 0, Duration.ofSeconds(5)),
            index,
            any -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            clock)) {
      PlannedRecorder recorder = writing.begin(GATE, new RecordingPlan.Continuous(), Runnable::run);
      for (int i = 0; i < PICTURES; i++) {
        recorder.add(unit(parameters, i, pictures.get(i)));
      }
      recorder.end();
    }
  }

  private static AccessUnit unit(CodecParameters parameters, int number, List<byte[]> units) {
    List<byte[]> slices =
        units.stream().filter(one -> (one[0] & 31) == 1 || (one[0] & 31) == 5).toList();
    ByteBuffer data = ByteBuffer.allocate(slices.stream().mapToInt(one -> 4 + one.length).sum());
    slices.forEach(one -> data.putInt(one.length).put(one));
    long time = 3_600L * number;
    return new AccessUnit(
        GATE,
        parameters,
        number,
        time,
        time,
        START.plusMillis(40L * number),
        WallClockSource.SENDER_REPORT,
        number % 25 == 0,
        number == 0,
        false,
        data.flip());
  }

  private static Stream<byte[]> of(List<byte[]> units, int type) {
    return units.stream().filter(one -> (one[0] & 31) == type);
  }

  /** The NAL units of a byte stream by picture, each of which begins with a delimiter. */
  private static List<List<byte[]>> pictures(byte[] stream) {
    List<List<byte[]>> pictures = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i + 3 <= stream.length; i++) {
      boolean code = stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      boolean last = i + 3 == stream.length;
      if (code || last) {
        if (begin >= 0) {
          int end = last ? stream.length : i;
          while (!last && end > begin && stream[end - 1] == 0) {
            end--;
          }
          byte[] unit = Arrays.copyOfRange(stream, begin, end);
          if ((unit[0] & 31) == 9) {
            pictures.add(new ArrayList<>());
          }
          pictures.get(pictures.size() - 1).add(unit);
        }
        begin = i + 3;
      }
    }
    return pictures;
  }

  private ExportedCase make(boolean boxes, boolean time, Privacy hidden) {
    ExportedCase asked =
        cases.ask(
            new ExportedCase.Wish(
                "Lê Lợi",
                "Công văn 118",
                "",
                List.of(new ExportedCase.Camera(GATE, "Cổng", hidden)),
                START,
                START.plusSeconds(2),
                boxes,
                time),
            LAN,
            RequestOrigin.NONE);
    cases.start();
    for (; ; ) {
      ExportedCase now = cases.find(asked.id()).orElseThrow();
      if (!now.state().isUnderWay()) {
        assertThat(now.state()).isEqualTo(State.DONE);
        return now;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Path video(ExportedCase made, String name) throws IOException {
    Path video = folder.resolve(name);
    try (ZipFile zip = new ZipFile(cases.file(made).orElseThrow().toFile());
        InputStream in = zip.getInputStream(zip.getEntry("gate-20261128T080000Z.mp4"))) {
      Files.copy(in, video);
    }
    return video;
  }

  private JsonNode manifest(ExportedCase made) throws IOException {
    try (ZipFile zip = new ZipFile(cases.file(made).orElseThrow().toFile());
        InputStream in = zip.getInputStream(zip.getEntry("manifest.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static int count(Path video) {
    int count = 0;
    try (VideoFile in = VideoFile.open(video)) {
      for (Optional<DecodedFrame> next = in.next(); next.isPresent(); next = in.next()) {
        next.get().close();
        count++;
      }
    }
    return count;
  }

  @Test
  void aCaseIsMaskedBlurredAndMarkedAndItsManifestSaysSo() throws Exception {
    Box box = new Box(0.30f, 0.20f, 0.36f, 0.40f);
    Track walker = new Track(7, "person", 0.9f, box, true, 0);
    for (int i = 0; i < PICTURES; i += 5) {
      observed.add(
          new Observation(GATE, 3_600L * i, START.plusMillis(40L * i), 640, 480, List.of(walker)));
    }
    Privacy hidden = new Privacy(List.of(CORNER), Set.of(BlurTarget.PEOPLE));
    ExportedCase made = make(true, true, hidden);

    assertThat(cases.find(made.id()).orElseThrow().wish().cameras().get(0).hidden())
        .isEqualTo(hidden);
    JsonNode file = manifest(made).at("/files/0");
    assertThat(file.get("pictures").asInt()).isEqualTo(PICTURES);
    JsonNode done = file.get("encodedAnew");
    assertThat(done.get("clock").asText()).isEqualTo("Asia/Ho_Chi_Minh");
    assertThat(done.get("picturesWithBoxes").asInt()).isEqualTo(PICTURES);
    assertThat(done.at("/masks/0").asText()).isEqualTo("corner");
    assertThat(done.at("/blur/0").asText()).isEqualTo("people");
    assertThat(done.get("picturesBlurredAsAWhole").asInt()).isZero();
    Path video = video(made, "rendered.mp4");
    assertThat(count(video)).isEqualTo(PICTURES);
    assertThat(Files.readString(video, StandardCharsets.ISO_8859_1)).contains("suep", "cstb");
    assertThat(CaseCheck.run(cases.file(made).orElseThrow(), null).faults()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("cases"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactly(made.id() + ".zip");
    }
    AuditEntry asked =
        audit
            .list(new AuditFilter(null, null, null, AuditEventType.CASE_ASKED, null, null, 5, null))
            .entries()
            .get(0);
    assertThat(asked.details()).contains("\"drawn\":\"boxes clock\"", "\"hidden\":\"gate\"");
    keep(video, "rendered");
  }

  @Test
  void withoutAWishThePicturesAreTheCamerasOwn() throws Exception {
    ExportedCase made = make(false, false, Privacy.NONE);
    assertThat(manifest(made).at("/files/0/encodedAnew").isNull()).isTrue();
    keep(video(made, "plain.mp4"), "plain");
  }

  /** With {@code -Dkydai.keep-pictures=FOLDER} a picture of it can be looked at. */
  private void keep(Path video, String name) throws Exception {
    String folder = System.getProperty("kydai.keep-pictures");
    if (folder != null) {
      ffmpeg(
          "-ss",
          "1",
          "-i",
          video.toString(),
          "-frames:v",
          "1",
          Path.of(folder).resolve(name + ".png").toString());
    }
  }
}
