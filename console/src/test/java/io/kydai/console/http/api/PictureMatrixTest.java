package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.RtspConfig;
import io.kydai.console.http.Api;
import io.kydai.console.http.NumberedRecording;
import io.kydai.console.http.rtsp.RtspPorts;
import io.kydai.console.http.rtsp.RtspViewers;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.hls.HlsStreams;
import io.kydai.streaming.privacy.TranscodeRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way out by which pictures of a camera leave the system, asked by somebody who has every
 * permission but {@code unmasked} on a camera with a mask: what comes is masked, or a refusal.
 */
@Timeout(300)
class PictureMatrixTest {
  private static final String MASK =
      """
      "privacy": {"masks": [{"id": "window", "polygon": [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]]}]}
      """;

  /** What is no picture of a camera, though it has the media type of one. */
  private static final Set<String> NO_CAMERA = Set.of("getMapTile", "getAttachment");

  private static final Pattern PICTURES =
      Pattern.compile("image/.*|video/.*|multipart/.*|application/(zip|sdp|vnd\\.apple\\.mpegurl)");

  private static final Instant RECORDED = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path folder;
  private final AtomicInteger asIs = new AtomicInteger();
  private final AtomicInteger masked = new AtomicInteger();
  private DeskServer desk;
  private String maskedSecret;
  private Api without;
  private Api with;
  private Report report;

  private static HlsStreams.Source counting(AtomicInteger count) {
    return (camera, subscriber) -> {
      count.incrementAndGet();
      return Optional.of((Subscription) () -> {});
    };
  }

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    camera("POST", "/api/v1/cameras", ", " + MASK);
    RecordedCamera.record(desk, new CameraId("gate"), RECORDED, 50);
    report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "snapshot.jpg", "a picture");
    desk.shown.pictureAt = Instant.now();
    desk.shown.live = counting(asIs);
    desk.shown.masked = counting(masked);
    maskedSecret = token("without", EnumSet.complementOf(EnumSet.of(Permission.UNMASKED)));
    without = new Api(desk.address, maskedSecret);
    with = new Api(desk.address, token("with", EnumSet.allOf(Permission.class)));
  }

  private void camera(String method, String path, String more) throws Exception {
    Api.Answer answer =
        desk.api.json(
            method, path, "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"" + more + "}");
    answer.expect(method.equals("POST") ? 201 : 200);
  }

  private String token(String name, Set<Permission> permissions) {
    return desk.directory
        .addToken(name, permissions, Scope.EVERYTHING, null, Actor.SYSTEM, RequestOrigin.NONE)
        .secret();
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String text(Api.Answer answer) {
    return new String(answer.body(), UTF_8);
  }

  /** An operation of which this was forgotten would send its pictures as they are. */
  @Test
  void everyOperationThatShowsPicturesSaysWhatItDoesWithMasks() {
    Set<String> silent = new TreeSet<>();
    Set<String> told = new TreeSet<>();
    for (JsonNode path : new Contract().document().get("paths")) {
      for (JsonNode operation : path) {
        if (!operation.has("operationId")) {
          continue;
        }
        String id = operation.get("operationId").asText();
        boolean pictures = id.equals("watchLive");
        for (JsonNode response : operation.get("responses")) {
          for (var type : response.path("content").properties()) {
            pictures |= PICTURES.matcher(type.getKey()).matches();
          }
        }
        String word = operation.path("x-pictures").asText();
        if (pictures && !NO_CAMERA.contains(id) && !Set.of("masked", "whole").contains(word)) {
          silent.add(id);
        }
        if (!word.isEmpty()) {
          told.add(id);
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(told)
        .as("each of these has a test in this class")
        .containsExactlyInAnyOrder(
            "getSnapshot",
            "getHeatMapPicture",
            "watchLive",
            "getLiveMjpeg",
            "getLiveVariants",
            "getLivePlaylist",
            "getLiveMedia",
            "watchByWhep",
            "getRecording",
            "getRecordingPicture",
            "getRecordingPlaylist",
            "getCaseArchive",
            "getSharedCaseArchive",
            "getEvidence",
            "testCamera");
  }

  @Test
  void aSnapshotIsMasked() throws Exception {
    String path = "/api/v1/cameras/gate/snapshot.jpg";
    assertThat(text(without.get(path).expect(200))).endsWith(DeskServer.MASKED);
    assertThat(text(with.get(path).expect(200))).doesNotContain(DeskServer.MASKED);
  }

  @Test
  void aHeatMapIsOverThePictureForThoseOnlyFromWhomNothingIsHidden() throws Exception {
    String path = "/api/v1/cameras/gate/heat-map.png?show=passes&over=picture";
    desk.shown.heatMapOver = true;
    without.get(path).expect(200);
    assertThat(desk.shown.heatMapOver).isFalse();
    with.get(path).expect(200);
    assertThat(desk.shown.heatMapOver).isTrue();
  }

  @Test
  void motionJpegIsMaskedAndEndsWhereAMaskIsDrawn() throws Exception {
    String path = "/api/v1/cameras/gate/live.mjpeg";
    assertThat(firstPart(maskedSecret, path)).contains(DeskServer.MASKED);
    camera("PUT", "/api/v1/cameras/gate", "");
    assertThat(firstPart(maskedSecret, path)).doesNotContain(DeskServer.MASKED);
  }

  /** The head and the first picture of a stream. */
  private String firstPart(String secret, String path) throws Exception {
    try (Socket socket = new Socket(desk.address.getHost(), desk.address.getPort())) {
      socket.setSoTimeout(60_000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + desk.address.getAuthority()
              + "\r\nAuthorization: Bearer "
              + secret
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      Pattern whole =
          Pattern.compile("X-Taken-At[^\\r]*\\r\\n\\r\\n.*Z( masked)?\\r\\n", Pattern.DOTALL);
      while (!whole.matcher(read).find()) {
        int next = in.read();
        assertThat(next).as(read.toString()).isNotNegative();
        read.append((char) next);
      }
      return read.toString();
    }
  }

  private CompletableFuture<Integer> closed(String secret) {
    return closed(secret, "live");
  }

  private CompletableFuture<Integer> closed(String secret, String live) {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + secret)
        .buildAsync(
            URI.create(
                desk.address.toString().replaceFirst("http", "ws") + "api/v1/cameras/gate/" + live),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
              }
            })
        .join();
    return closed;
  }

  private void await(AtomicInteger count, int least) {
    while (count.get() < least) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theWebSocketSendsTheMaskedStreamAndEndsTheOtherWhereAMaskIsDrawn() throws Exception {
    closed(maskedSecret);
    await(masked, 1);
    assertThat(asIs).hasValue(0);

    camera("PUT", "/api/v1/cameras/gate", "");
    CompletableFuture<Integer> open = closed(maskedSecret);
    await(asIs, 1);
    camera("PUT", "/api/v1/cameras/gate", ", " + MASK);
    assertThat(open.get(60, TimeUnit.SECONDS)).isNotZero();
  }

  /** The stream for browsers that cannot play a codec has nothing hidden. */
  @Test
  void askingForACodecGetsNobodyAroundTheMasks() throws Exception {
    AtomicInteger transcoded = new AtomicInteger();
    desk.shown.transcoded =
        (camera, subscriber) -> {
          transcoded.incrementAndGet();
          return Optional.of(() -> {});
        };
    closed(maskedSecret, "live?codec=h264");
    await(masked, 1);
    assertThat(transcoded).hasValue(0);
    camera("PUT", "/api/v1/cameras/gate", "");
    CompletableFuture<Integer> open = closed(maskedSecret, "live?codec=h264");
    await(transcoded, 1);
    camera("PUT", "/api/v1/cameras/gate", ", " + MASK);
    assertThat(open.get(60, TimeUnit.SECONDS)).isNotZero();
    assertThat(asIs).hasValue(0);
  }

  @Test
  void whereTooManyAreEncodedAnewTheAnswerSaysSoAndThePictureDoesNotCome() throws Exception {
    desk.shown.masked =
        (camera, subscriber) -> {
          throw TranscodeRefusedException.full(4);
        };
    assertThat(closed(maskedSecret).get(60, TimeUnit.SECONDS)).isEqualTo(1013);
    assertThat(text(without.get("/api/v1/cameras/gate/hls/live.m3u8").expect(503)))
        .contains("privacy.transcodes");
    assertThat(text(whep(without).expect(503))).contains("privacy.transcodes");
    assertThat(asIs).hasValue(0);
  }

  /** Playlists and media of both streams have the same names: who asks decides. */
  @Test
  void hlsHasAStreamOfItsOwnForWhoIsShownMasks() throws Exception {
    CompletableFuture<?>[] asked = new CompletableFuture<?>[2];
    String path = "/api/v1/cameras/gate/hls/";
    asked[0] = CompletableFuture.runAsync(() -> get(without, path + "index.m3u8"));
    asked[1] = CompletableFuture.runAsync(() -> get(without, path + "live.m3u8"));
    await(masked, 1);
    assertThat(asIs).hasValue(0);
    without.get(path + "media/0.mp4").expect(404);
    with.get(path + "media/0.mp4").expect(404);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> get(with, path + "live.m3u8"));
    await(asIs, 1);
    assertThat(masked).hasValue(1);
    CompletableFuture.allOf(asked[0], asked[1], other).get(60, TimeUnit.SECONDS);
  }

  /** No picture comes, so that the answer is one that says so in the end. */
  private static void get(Api api, String path) {
    try {
      api.get(path).expect(503);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Api.Answer whep(Api api) throws Exception {
    return api.send(
        "POST", "/api/v1/cameras/gate/whep", WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE);
  }

  @Test
  void whepTakesTheMaskedStream() throws Exception {
    whep(without).expect(409);
    assertThat(masked.get()).isPositive();
    assertThat(asIs).hasValue(0);
    whep(with).expect(409);
    assertThat(asIs.get()).isPositive();
  }

  @Test
  void rtspTakesTheMaskedStream() throws Exception {
    try (RtspPorts ports =
            new RtspPorts(
                new RtspConfig("127.0.0.1", 0, null, 0, List.of()),
                null,
                new RtspViewers(desk.logIns, desk.cameras, desk.groups),
                new SimpleMeterRegistry());
        Socket socket = new Socket("127.0.0.1", ports.port())) {
      String logIn =
          Base64.getEncoder().encodeToString(("without:" + maskedSecret).getBytes(ISO_8859_1));
      socket
          .getOutputStream()
          .write(
              ("DESCRIBE rtsp://127.0.0.1:1/gate RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic "
                      + logIn
                      + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
      await(masked, 1);
      assertThat(asIs).hasValue(0);
    }
  }

  @Test
  void recordingsAreRefused() throws Exception {
    String span = "?from=" + RECORDED + "&to=" + RECORDED.plusSeconds(2);
    for (String file : List.of("recording.mp4", "recording.m3u8")) {
      String path = "/api/v1/cameras/gate/" + file + span;
      assertThat(text(without.get(path).expect(403))).contains("unmasked");
      with.get(path).expect(200);
    }
  }

  /** A field of picture 20, a key frame, is white, from its top, where the mask is, down. */
  @Test
  void smallPicturesOfRecordingsAreMaskedForEachWhoAsks() throws Exception {
    Instant start = RECORDED.plusSeconds(3600);
    NumberedRecording all = NumberedRecording.encode(folder, 30);
    new NumberedRecording(
            all.sequenceSets(),
            all.pictureSets(),
            all.pictures().subList(20, all.pictures().size()))
        .record(desk, new CameraId("gate"), start);
    String path = "/api/v1/cameras/gate/recording.jpg?at=" + start.plusMillis(500);
    for (int i = 0; i < 2; i++) {
      Api.Answer hidden = without.get(path).expect(200);
      assertThat(hidden.header("Kydai-Masked")).isEqualTo("yes");
      assertThat(hidden.header("Kydai-Recording-Start")).isEqualTo(start.toString());
      assertThat(brightness(hidden, 0.45, 0.2)).isBetween(60, 84);
      assertThat(brightness(hidden, 0.45, 0.8)).isGreaterThan(200);
      Api.Answer whole = with.get(path).expect(200);
      assertThat(whole.header("Kydai-Masked")).isEmpty();
      assertThat(brightness(whole, 0.45, 0.2)).isGreaterThan(200);
    }
    camera("PUT", "/api/v1/cameras/gate", "");
    assertThat(brightness(without.get(path).expect(200), 0.45, 0.2)).isGreaterThan(200);
  }

  private static int brightness(Api.Answer jpeg, double x, double y) throws Exception {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg.body()));
    return picture.getRGB((int) (x * picture.getWidth()), (int) (y * picture.getHeight())) & 255;
  }

  @Test
  void picturesOfEvidenceAreMaskedAndClipsAndPlatesRefused() throws Exception {
    String evidence = "/api/v1/reports/" + report.id() + "/evidence/";
    Api.Answer shown = without.get(evidence + "snapshot.jpg").expect(200);
    assertThat(text(shown)).isEqualTo(DeskServer.MASKED);
    assertThat(shown.header("Cache-Control")).contains("no-store");
    assertThat(text(with.get(evidence + "snapshot.jpg").expect(200))).isEqualTo("a picture");
    for (String name : List.of("clip.mp4", "plate-3.jpg")) {
      Report other = desk.receive("01JAAAAAAAAAAAAAAAAAAAAB" + name.length(), name, "close-up");
      String path = "/api/v1/reports/" + other.id() + "/evidence/" + name;
      without.get(path).expect(403);
      with.get(path).expect(200);
    }
  }

  @Test
  void theRightToAPastMomentDecidesOnItsPictures() throws Exception {
    desk.api.delete("/api/v1/cameras/gate").expect(204);
    String evidence = "/api/v1/reports/" + report.id() + "/evidence/snapshot.jpg";
    assertThat(text(without.get(evidence).expect(200)))
        .as("nobody knows any more where the masks were: all of it is hidden")
        .isEqualTo(DeskServer.MASKED);
    assertThat(text(with.get(evidence).expect(200))).isEqualTo("a picture");
  }

  @Test
  void masksAreChangedByThoseOnlyWhoSeeWhatIsUnderThem() throws Exception {
    String plain = "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}";
    assertThat(text(without.json("PUT", "/api/v1/cameras/gate", plain).expect(403)))
        .contains("unmasked");
    String same =
        "{\"id\": \"gate\", \"name\": \"G\", \"url\": \"rtsp://127.0.0.1:1/\", " + MASK + "}";
    without.json("PUT", "/api/v1/cameras/gate", same).expect(200);
    String yaml =
        "{\"format\": \"yaml\", \"apply\": true, \"lines\": "
            + "[\"cameras:\", \"- id: gate\", \"  url: rtsp://127.0.0.1:1/\"]}";
    JsonNode plan = without.json("POST", "/api/v1/camera-imports", yaml).expect(200).json();
    assertThat(plan.get("applied").asBoolean()).isFalse();
    assertThat(plan.at("/rows/0/mistakes/0/code").asText()).isEqualTo("not-allowed");
    with.json("PUT", "/api/v1/cameras/gate", plain).expect(200);
  }
}
