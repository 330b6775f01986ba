package io.kydai.streaming;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static io.kydai.streaming.SampleVideo.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.websocket.MessageSink;
import io.kydai.streaming.live.websocket.WebSocketSubscriber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole room, fed as ingest and analytics feed it. */
class StreamingTest {
  @TempDir Path folder;

  private final Source source = new Source();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final BlockingQueue<EvidenceItem> heard = new LinkedBlockingQueue<>();

  @Test
  void aClipIsTheSourcesOwnPicturesFromTheKeyFrameBeforeThePreRollToThePostRoll() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 10, 2);
    List<String> pictures = FfmpegTools.pictures(sample.file());
    try (Streaming streaming = open(Duration.ofMillis(1500), Duration.ofSeconds(2))) {
      streaming.add(CAMERA, Scene.EMPTY);
      feed(streaming, sample.units().subList(0, 150));

      // Began at 5.0 s: pre-roll asks for 3.5 s, the key frame is at 3.0 s; opened at 5.8 s.
      EvidenceItem snapshot = begin(streaming, "A-1", 450_000, 522_000);
      assertThat(streaming.evidence(AlertId.of("A-1"), "snapshot.jpg")).isPresent();
      assertDigest(streaming, "A-1", snapshot);
      feed(streaming, sample.units().subList(150, 250));

      EvidenceItem clip = heard.poll(30, TimeUnit.SECONDS);
      EvidenceItem observations = heard.poll(30, TimeUnit.SECONDS);
      assertThat(clip.name()).isEqualTo("clip.mp4");
      assertDigest(streaming, "A-1", clip);
      assertDigest(streaming, "A-1", observations);
      Path file = streaming.evidence(AlertId.of("A-1"), "clip.mp4").orElseThrow();
      assertThat(FfmpegTools.pictures(file)).isEqualTo(pictures.subList(75, 195));
      assertThat(FfmpegTools.probe(file, "stream=duration_ts").trim()).isEqualTo("432000");
      JsonNode json =
          new ObjectMapper()
              .readTree(
                  streaming
                      .evidence(AlertId.of("A-1"), "observations.json")
                      .orElseThrow()
                      .toFile());
      assertThat(json.at("/clip/startMediaTime").asLong()).isEqualTo(270_000);
      assertThat(json.at("/observations/0/mediaTime").asLong()).isEqualTo(270_000);
      assertThat(json.at("/observations").size()).isEqualTo(120);
      assertThat(metrics.get("kydai.streaming.clips").tag("outcome", "written").counter().count())
          .isEqualTo(1);
    }
    assertThat(halfWritten()).isEmpty();
  }

  @Test
  void closingMidClipLeavesAWholePlayableFile() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 2, 2);
    Streaming streaming = open(Duration.ofSeconds(5), Duration.ofMinutes(5));
    streaming.add(CAMERA, Scene.EMPTY);
    feed(streaming, sample.units());
    begin(streaming, "A-2", 90_000, 90_000);

    streaming.close();

    Path file = streaming.evidence(AlertId.of("A-2"), "clip.mp4").orElseThrow();
    assertThat(FfmpegTools.pictures(file)).isEqualTo(FfmpegTools.pictures(sample.file()));
    assertThat(halfWritten()).isEmpty();
    assertThat(heard).extracting(EvidenceItem::name).contains("clip.mp4", "observations.json");
  }

  @Test
  void removingACameraEndsItsClipsTellsItsViewersAndTakesItsMetrics() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 1, 0);
    BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    try (Streaming streaming = open(Duration.ofSeconds(5), Duration.ofMinutes(5))) {
      streaming.add(CAMERA, Scene.EMPTY);
      assertThat(streaming.watch(CAMERA, viewer(texts))).isPresent();
      feed(streaming, sample.units());
      begin(streaming, "A-3", 0, 0);

      streaming.remove(CAMERA);

      assertThat(heard.poll(30, TimeUnit.SECONDS).name()).isEqualTo("clip.mp4");
      Stream<String> until = Stream.generate(() -> next(texts)).takeWhile(t -> !t.contains("end"));
      assertThat(until.toList()).isNotEmpty();
      assertThat(metrics.getMeters()).noneMatch(meter -> meter.getId().getTag("camera") != null);
      assertThat(streaming.watch(CAMERA, viewer(texts))).isEmpty();
      assertThat(source.subscriber).isNull();
    }
  }

  @Test
  void theSnapshotOfAnUnknownCameraIsStillTaken() {
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      EvidenceItem item = begin(streaming, "A-4", 0, 0);
      assertThat(item.mediaType()).isEqualTo("image/jpeg");
      assertThat(item.size()).isPositive();
    }
  }

  @Test
  void namesThatWouldLeaveTheFolderAreRefused() throws Exception {
    Files.writeString(folder.resolve("secret.txt"), "secret");
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      begin(streaming, "A-5", 0, 0);
      for (String name :
          List.of(
              "../secret.txt", "..", "", "/etc/passwd", "snapshot.jpg/", "a/b.jpg", "x\0.jpg")) {
        assertThat(streaming.evidence(AlertId.of("A-5"), name)).as(name).isEmpty();
      }
      Path real = streaming.evidence(AlertId.of("A-5"), "snapshot.jpg").orElseThrow();
      Files.createSymbolicLink(real.resolveSibling("link.txt"), folder.resolve("secret.txt"));
      assertThat(streaming.evidence(AlertId.of("A-5"), "link.txt")).isEmpty();
    }
  }

  @Test
  void whatACrashLeftHalfWrittenIsGoneAfterAStartAndWholeFilesStay() throws Exception {
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      begin(streaming, "A-6", 0, 0);
    }
    Files.writeString(folder.resolve("evidence/.partial/7-clip.mp4"), "half");

    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      assertThat(halfWritten()).isEmpty();
      assertThat(streaming.evidence(AlertId.of("A-6"), "snapshot.jpg")).isPresent();
    }
  }

  @Test
  void thePictureOfAPlateIsAFileOfItsOwn() throws Exception {
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      byte[] bgr = new byte[3 * 60 * 20];
      Arrays.fill(bgr, (byte) 200);
      EvidenceItem item = streaming.plate(alert("A-7", 0, 0), new PlatePicture(12, 60, 20, bgr));
      assertThat(item.name()).isEqualTo("plate-12.jpg");
      assertDigest(streaming, "A-7", item);
      BufferedImage read =
          ImageIO.read(streaming.evidence(AlertId.of("A-7"), item.name()).get().toFile());
      assertThat(read.getWidth()).isEqualTo(60);
      assertThat(read.getHeight()).isEqualTo(20);
      assertThat(read.getRGB(30, 10) & 0xff).isCloseTo(200, within(3));
    }
  }

  private Streaming open(Duration preRoll, Duration postRoll) {
    EvidenceSettings settings = new EvidenceSettings(folder.resolve("evidence"), preRoll, postRoll);
    return new Streaming(source, settings, metrics, (camera, alert, item) -> heard.add(item));
  }

  /** Each access unit, and an observation of it. */
  private void feed(Streaming streaming, List<AccessUnit> units) {
    for (AccessUnit unit : units) {
      source.subscriber.onAccessUnit(unit);
      streaming.onObservation(observation(unit.mediaTime()));
    }
  }

  @Test
  void anAlertHasPicturesOfItsStartItsPeakAndItsEnd() throws Exception {
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      streaming.add(CAMERA, Scene.EMPTY);
      begin(streaming, "A-1", 0, 90_000);
      later(streaming, Alert.Phase.UPDATED, 8, 90, 180_000);
      later(streaming, Alert.Phase.UPDATED, 12, 200, 270_000);
      later(streaming, Alert.Phase.UPDATED, 7, 30, 360_000);
      List<EvidenceItem> items = later(streaming, Alert.Phase.CLOSED, 2, 128, 450_000);

      assertThat(items).extracting(EvidenceItem::name).containsExactly("peak.jpg", "end.jpg");
      for (EvidenceItem item : items) {
        assertDigest(streaming, "A-1", item);
      }
      assertThat(grey(streaming, "peak.jpg")).as("of twelve people").isBetween(208, 220);
      assertThat(grey(streaming, "end.jpg")).isBetween(124, 136);
    }
  }

  @Test
  void anAlertThatNeverRoseHasNoPeakButItsStart() throws Exception {
    try (Streaming streaming = open(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      streaming.add(CAMERA, Scene.EMPTY);
      begin(streaming, "A-1", 0, 90_000);
      later(streaming, Alert.Phase.UPDATED, 3, 90, 180_000);

      assertThat(later(streaming, Alert.Phase.CLOSED, 2, 250, 450_000))
          .extracting(EvidenceItem::name)
          .containsExactly("end.jpg");
    }
  }

  /** The brightness of a corner of a picture in which nothing is drawn. */
  private static int grey(Streaming streaming, String name) throws Exception {
    Path file = streaming.evidence(AlertId.of("A-1"), name).orElseThrow();
    return ImageIO.read(file.toFile()).getRGB(310, 170) & 0xff;
  }

  /** An update of the alert A-1, or its end, on a frame of one grey. */
  private static List<EvidenceItem> later(
      Streaming streaming, Alert.Phase phase, double people, int grey, long mediaTime) {
    Alert alert = alert("A-1", 0, mediaTime);
    Alert.Finding finding = new Alert.Finding("as the test wants", Map.of("people", people));
    Alert now =
        new Alert(alert.id(), alert.origin(), phase, alert.span(), alert.participants(), finding);
    byte[] yuv = new byte[320 * 180 * 3 / 2];
    Arrays.fill(yuv, (byte) 128);
    Arrays.fill(yuv, 0, 320 * 180, (byte) grey);
    try (TestFrame frame = TestFrame.of(320, 180, mediaTime, yuv, AV_PIX_FMT_YUV420P)) {
      if (phase == Alert.Phase.UPDATED) {
        streaming.update(now, observation(mediaTime), frame);
        return List.of();
      }
      return streaming.end(now, observation(mediaTime), frame);
    }
  }

  private static Alert alert(String id, long began, long opened) {
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(CAMERA, RuleId.of("r1"), "crowding"),
        Alert.Phase.OPENED,
        new Alert.Span(at(began), at(opened)),
        new Alert.Participants(List.of(1L), null, List.of()),
        new Alert.Finding("as the test wants", Map.of("people", 6.0)));
  }

  private static Timestamp at(long ticks) {
    return new Timestamp(new MediaTime(ticks), START.plusMillis(MediaTime.millis(ticks)));
  }

  private static EvidenceItem begin(Streaming streaming, String id, long began, long opened) {
    Alert alert = alert(id, began, opened);
    try (TestFrame frame = TestFrame.grey(320, 180, opened)) {
      return streaming.begin(alert, observation(opened), frame);
    }
  }

  private static Observation observation(long mediaTime) {
    Track track = new Track(1, "person", 0.9f, new Box(0.2f, 0.2f, 0.4f, 0.8f), true, 0);
    return new Observation(
        CAMERA, mediaTime, START.plusMillis(mediaTime / 90), 320, 180, List.of(track));
  }

  private List<Path> halfWritten() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("evidence/.partial"))) {
      return files.toList();
    }
  }

  private static void assertDigest(Streaming streaming, String alert, EvidenceItem item)
      throws Exception {
    byte[] bytes =
        Files.readAllBytes(streaming.evidence(AlertId.of(alert), item.name()).orElseThrow());
    assertThat(item.size()).isEqualTo(bytes.length);
    assertThat(item.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  private static String next(BlockingQueue<String> texts) {
    try {
      String text = texts.poll(30, TimeUnit.SECONDS);
      assertThat(text).as("a text within 10 s").isNotNull();
      return text;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static LiveSubscriber viewer(BlockingQueue<String> texts) {
    return new WebSocketSubscriber(
        new MessageSink() {
          @Override
          public boolean ready() {
            return true;
          }

          @Override
          public void sendText(String json) {
            texts.add(json);
          }

          @Override
          public void sendBinary(ByteBuffer segment) {}
        });
  }

  /** Ingest's side of the agreement, driven by the test. */
  private static final class Source implements AccessUnitSource {
    volatile AccessUnitSubscriber subscriber;

    @Override
    public Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber) {
      this.subscriber = subscriber;
      return () -> this.subscriber = null;
    }
  }
}
