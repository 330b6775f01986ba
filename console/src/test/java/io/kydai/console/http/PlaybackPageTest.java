package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.media.AudioClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Playback in a browser, of what a whole node recorded of four simulated cameras over RTSP. */
@Tag("browser")
@Tag("timing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PlaybackPageTest {
  /** Of the simulator's cameras, in seconds. */
  private static final double PICTURE = 0.1;

  private static final List<String> CAMERAS = List.of("north", "south", "east", "west");
  private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  /**
   * How far apart the moments are that the videos show, in nine of ten of 40 looks that follow one
   * another, since a busy machine holds one video up for a moment; and how far they have come
   * meanwhile. In seconds.
   */
  private static final String LOOK_AT_DRIFT =
      """
      () => new Promise((done) => {
        const videos = [...document.querySelectorAll('.quad video')];
        const begin = videos[0].currentTime;
        const apart = [];
        const look = () => {
          const times = videos.map((video) => video.currentTime);
          apart.push(Math.max(...times) - Math.min(...times));
          if (apart.length < 40) setTimeout(look, 50);
          else done([apart.sort((a, b) => a - b)[35], videos[0].currentTime - begin]);
        };
        look();
      })
      """;

  @TempDir static Path folder;

  private CameraSimulator simulator;
  private Node node;
  private Api api;
  private String cookie;
  private Instant begin;
  private Instant paused;

  @BeforeAll
  void record() throws Exception {
    Map<String, AudioClip> sounds = new HashMap<>();
    sounds.put("east", AudioClip.tone());
    if (Files.isExecutable(FFMPEG)) {
      sounds.put("north", aac());
    }
    simulator = StartedNode.simulator(sounds, CAMERAS.toArray(String[]::new));
    StringBuilder cameras = new StringBuilder("cameras:\n");
    for (String camera : CAMERAS) {
      cameras.append(
          "  - {id: %s, name: Camera %s, url: \"%s\", recording: continuous, recording-audio: true}\n"
              .formatted(camera, camera, simulator.address(camera)));
    }
    node = StartedNode.start(folder, cameras.toString());
    cookie = LoggedIn.firstAdministrator(node);
    api = new Api(node.address(), LoggedIn.tokenOf(node.address(), cookie));
    for (String camera : CAMERAS) {
      Instant first = awaitRecorded(camera, 0, ENOUGH);
      begin = begin == null || first.isAfter(begin) ? first : begin;
    }
    api.json("PUT", "/api/v1/cameras/south/pause", "{\"reason\": \"cleaning\"}").expect(200);
    paused = end("south");
    awaitRecorded("north", 0, Duration.between(begin, paused).plusSeconds(8));
    api.delete("/api/v1/cameras/south/pause").expect(200);
    awaitRecorded("south", 1, Duration.ofSeconds(1));
  }

  private static AudioClip aac() throws Exception {
    Path file = folder.resolve("tone.aac");
    Process process =
        new ProcessBuilder(
                FFMPEG.toString(),
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "sine=sample_rate=16000:duration=5",
                "-c:a",
                "aac",
                file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return AudioClip.adts(file);
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  private JsonNode recorded(String camera) throws Exception {
    Instant now = Instant.now();
    return api.get(
            "/api/v1/cameras/%s/recordings?from=%s&to=%s"
                .formatted(camera, now.minusSeconds(3600), now.plusSeconds(60)))
        .expect(200)
        .json();
  }

  private Instant end(String camera) throws Exception {
    JsonNode spans = recorded(camera).get("spans");
    return Instant.parse(spans.get(spans.size() - 1).get("to").asText());
  }

  /** Waits until a span is there and long enough; returns its beginning. */
  private Instant awaitRecorded(String camera, int span, Duration length) throws Exception {
    for (; ; ) {
      JsonNode found = recorded(camera).get("spans").get(span);
      if (found != null) {
        Instant from = Instant.parse(found.get("from").asText());
        Instant to = Instant.parse(found.get("to").asText());
        if (!to.isBefore(from.plus(length))) {
          return from;
        }
      }
      LockSupport.parkNanos(200_000_000);
    }
  }

  private Page open(Chromium chromium, String query) {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, node.address(), cookie);
    page.navigate(node.address() + "#/playback?" + query);
    return page;
  }

  private static double position(Page page) {
    return ((Number) page.evaluate("document.querySelector('.quad video').currentTime"))
        .doubleValue();
  }

  private static void awaitPictures(Page page, int count) {
    page.waitForCondition(() -> page.locator(".quad .pic[data-state=ready] .tr").count() == count);
  }

  /** The moments of the pictures that are shown, in milliseconds since 1970, all of one instant. */
  private static List<Double> shown(Page page) {
    Object found =
        page.evaluate("[...document.querySelectorAll('.quad .tr')].map((one) => one.dataset.at)");
    return ((List<?>) found).stream().map(at -> Double.valueOf((String) at)).toList();
  }

  /** Waits for as many pictures and returns the first one's moment. */
  private static double awaitFirst(Page page, int count) {
    List<Double> first = new ArrayList<>();
    page.waitForCondition(
        () -> {
          List<Double> now = shown(page);
          if (now.size() == count) {
            first.add(now.get(0));
          }
          return !first.isEmpty();
        });
    return first.get(0);
  }

  /** Waits until as many pictures are shown and the first one's moment is one that is wanted. */
  private static void awaitShown(Page page, int count, DoublePredicate first) {
    page.waitForCondition(
        () -> {
          List<Double> now = shown(page);
          return now.size() == count && first.test(now.get(0));
        });
  }

  private static Instant at(Page page) {
    String at =
        (String) page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('at')");
    return Instant.parse(at);
  }

  @Test
  void fourCamerasArePlayedInStep() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "cameras=north,south,east,west&at=" + begin.plusSeconds(3));
      awaitPictures(page, 4);
      List<?> drift = (List<?>) page.evaluate(LOOK_AT_DRIFT);
      assertThat(((Number) drift.get(1)).doubleValue()).as("seconds played").isGreaterThan(0.5);
      assertThat(((Number) drift.get(0)).doubleValue())
          .as("seconds between the videos")
          .isLessThan(PICTURE);
      for (int[] size : new int[][] {{1366, 768}, {1920, 1080}, {390, 844}}) {
        page.setViewportSize(size[0], size[1]);
        screenshot(page, "playback-" + size[0]);
      }
      page.setViewportSize(1366, 768);
      page.evaluate("document.documentElement.dataset.theme = 'light'");
      screenshot(page, "playback-light");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  /** Where nothing was played yet, how long a picture lasts is not known. */
  @Test
  void fourCamerasGoAPictureOnAndBack() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page =
          open(chromium, "cameras=north,south,east,west&paused=1&at=" + begin.plusSeconds(3));
      awaitPictures(page, 4);
      double first = awaitFirst(page, 4);
      for (int picture = 1; picture <= 3; picture++) {
        page.keyboard().press(".");
        awaitShown(page, first + picture * 100);
      }
      for (int picture = 2; picture >= -2; picture--) {
        page.keyboard().press(",");
        awaitShown(page, first + picture * 100);
      }
      assertThat(chromium.complaints).isEmpty();
    }
  }

  /** Of the cameras, which send ten pictures per second, the first shows that of this moment. */
  private static void awaitShown(Page page, double at) {
    awaitShown(page, 4, first -> Math.abs(first - at) < 15);
  }

  @Test
  void keysAndTheTimeLineLeadToAMomentThatTheAddressHas() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "cameras=north&paused=1&at=" + begin.plusSeconds(15));
      awaitPictures(page, 1);
      assertThat(awaitFirst(page, 1))
          .isBetween(
              begin.plusMillis(14_700).toEpochMilli() * 1.0,
              begin.plusMillis(15_100).toEpochMilli() * 1.0);
      page.keyboard().press("ArrowLeft");
      page.waitForCondition(() -> at(page).isBefore(begin.plusSeconds(6)));
      assertThat(Duration.between(begin.plusSeconds(5), at(page)).abs())
          .isLessThan(Duration.ofMillis(5));
      awaitShown(page, 1, first -> first < begin.plusMillis(5_200).toEpochMilli());
      page.reload();
      awaitPictures(page, 1);
      assertThat(awaitFirst(page, 1))
          .isBetween(
              begin.plusMillis(4_700).toEpochMilli() * 1.0,
              begin.plusMillis(5_100).toEpochMilli() * 1.0);

      double from = position(page);
      page.keyboard().press("+");
      page.keyboard().press("+");
      page.waitForURL("**speed=4**");
      page.keyboard().press(" ");
      page.waitForCondition(() -> position(page) > from + 4);
      page.keyboard().press(" ");
      page.waitForURL("**paused=1**");
      page.locator(".tlbars").click();
      assertThat(page.locator(".cal .has").count()).isBetween(1, 2);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  private static Object hears(Page page) {
    return page.evaluate(
        "(({ muted, webkitAudioDecodedByteCount: bytes }) => !muted && bytes > 0)"
            + "(document.querySelector('.quad video'))");
  }

  @Test
  void theSoundOfOneCameraIsHeardWhenItIsAskedFor() throws Exception {
    assumeTrue(Files.isExecutable(FFMPEG), "needs Debian package ffmpeg");
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "cameras=north,east,west&at=" + begin.plusSeconds(3));
      awaitPictures(page, 3);
      assertThat(hears(page)).isEqualTo(false);
      page.keyboard().press("m");
      page.waitForCondition(() -> hears(page).equals(true));
      awaitPictures(page, 3);
      assertThat(page.locator(".transport [aria-keyshortcuts=m]").getAttribute("aria-pressed"))
          .isEqualTo("true");
      screenshot(page, "playback-sound");
      page.keyboard().press("2");
      Chromium.await(page, ".transport [role=status]", "G.711");
      page.keyboard().press("3");
      Chromium.await(page, ".transport [role=status]", "Không ghi tiếng");
      page.keyboard().press("m");
      page.keyboard().press("3");
      awaitPictures(page, 3);
      assertThat(hears(page)).isEqualTo(false);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void aSmallPictureIsShownOfTheMomentUnderThePointerOrThatKeysGoTo() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page =
          open(chromium, "cameras=north,south&paused=1&window=10&at=" + begin.plusSeconds(15));
      awaitPictures(page, 2);
      Instant before = at(page);
      // The head of the time line stands at the moment that is shown.
      BoundingBox head = page.locator(".tl .head").first().boundingBox();
      page.mouse().move(head.x + head.width / 2, head.y + 20);
      page.waitForSelector(".scrub img");
      page.waitForCondition(
          () ->
              ((Number) page.evaluate("document.querySelector('.scrub img').naturalWidth"))
                      .intValue()
                  == 208);
      screenshot(page, "playback-thumbnail");
      assertThat(at(page)).isEqualTo(before);
      page.mouse().move(5, 5);
      page.waitForCondition(() -> page.locator(".scrub").count() == 0);

      page.keyboard().press("j");
      page.waitForSelector(".scrub");
      assertThat(at(page)).isEqualTo(before);
      page.keyboard().press("Escape");
      page.waitForCondition(() -> page.locator(".scrub").count() == 0);
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      page.waitForCondition(() -> at(page).isBefore(before.minusSeconds(5)));
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void aGapSaysItsReasonAndIsPlayedOver() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "cameras=south,north&paused=1&at=" + paused.plusSeconds(3));
      Chromium.await(page, ".quad .say", "camera tạm dừng hoặc không bật ghi");
      Chromium.await(page, ".legend", "thiếu: camera 1");
      screenshot(page, "playback-gap");
      awaitPictures(page, 1);

      page.navigate("about:blank");
      page.navigate(node.address() + "#/playback?cameras=south&at=" + paused.minusSeconds(2));
      awaitPictures(page, 1);
      Instant resumed = Instant.parse(recorded("south").at("/spans/1/from").asText());
      awaitShown(page, 1, first -> first >= resumed.toEpochMilli());
      assertThat(chromium.complaints).isEmpty();
    }
  }

  /** Chromium does so at times: it never plays the last 100 ms before a gap. */
  @Test
  void theClockGoesOverAVideoThatStopsAtItsLastPicture() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "cameras=north&paused=1&at=" + begin.plusSeconds(3));
      Object moment =
          page.evaluate(
              """
              async () => {
                const { PlaybackClock } = await import('./playback/clock.js');
                const end = 10_000, next = 15_000;
                const video = { paused: false, currentTime: 9.9, playbackRate: 1, pause() {} };
                const track = {
                  video, position: 9_900, stopped: true, sought: undefined,
                  feed() {},
                  media: (moment) => moment / 1000,
                  state: (moment) => (moment < end || moment >= next ? 'ready' : 'gap'),
                  loadedUntil: () => end,
                  next: () => next,
                  seek(moment) { this.sought = moment; },
                };
                const clock = new PlaybackClock();
                clock.playing = true;
                clock.position = 9_850;
                for (let now = 0; now < 2_000 && !track.sought; now += 20) clock.tick([track], now);
                return track.sought;
              }
              """);
      assertThat(moment).isEqualTo(15_000);
    }
  }

  @Test
  void aTileLeadsToTenSecondsAgo() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = open(chromium, "");
      page.evaluate("location.hash = '#/wall'");
      page.waitForSelector("kydai-tile[data-camera=east]");
      page.locator("li:has([data-camera=east]) .ago").focus();
      page.keyboard().press("Enter");
      awaitPictures(page, 1);
      assertThat(page.url()).contains("cameras=east");
      page.waitForURL(url -> url.contains("at=")); // written a moment after the first picture
      assertThat(Duration.between(at(page), Instant.now())).isLessThan(Duration.ofSeconds(40));
    }
  }
}
