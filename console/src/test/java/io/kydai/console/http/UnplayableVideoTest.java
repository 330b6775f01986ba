package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.kydai.console.node.Node;
import io.kydai.ingest.GStreamerServer;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cameras that Debian's Chromium cannot play: H.265 and motion JPEG, from a real RTSP server, and
 * H.264 whose only IDR picture is long past. H.265 is encoded anew; the other tiles on the wall say
 * so and show pictures all the same. The screenshots stay in {@code target/screenshots}.
 */
@Tag("browser")
class UnplayableVideoTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** The tile whose video has a picture that is not its first; nothing where there is none. */
  private static final String MOVING =
      "[...document.querySelectorAll('kydai-tile')].find((tile) => {"
          + " const video = tile.querySelector('video');"
          + " return video.videoWidth === 640"
          + " && video.getVideoPlaybackQuality().totalVideoFrames > 5; })";

  @TempDir Path folder;

  @BeforeEach
  void needsABrowserAndAServer() {
    assumeTrue(Files.isExecutable(CHROMIUM), "Debian package chromium is not installed");
    GStreamerServer.assumeInstalled();
  }

  /** Of two cameras of H.265 one may be encoded anew: one tile moves, the other says what to do. */
  @Test
  @Timeout(300)
  void h265IsEncodedAnewOnceForAllAndBeyondTheBoundATileSaysWhatToDo() throws Exception {
    Path h265 = folder.resolve("street.h265.mp4");
    encode(
        h265,
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p -tag:v hvc1"
            + " -x265-params keyint=10:pools=1:log-level=error");
    Path jpeg = folder.resolve("square.jpeg.mkv");
    encode(jpeg, "-c:v mjpeg -huffman default -q:v 4 -pix_fmt yuvj420p");
    try (GStreamerServer street = GStreamerServer.start(h265, 0);
        GStreamerServer square = GStreamerServer.start(jpeg, 0);
        Node node =
            StartedNode.start(
                folder,
                """
                privacy: {transcodes: 1}
                cameras:
                  - {id: street, url: '%s', rules: []}
                  - {id: lane, url: '%s', rules: []}
                  - {id: square, url: '%s', rules: []}
                """
                    .formatted(street.url(), street.url(), square.url()));
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(headless())) {
      BrowserContext context = browser.newContext();
      context.addInitScript(Chromium.LANGUAGE.formatted("en"));
      Page page = context.newPage();
      LoggedIn.into(page, node.address(), LoggedIn.firstAdministrator(node));
      Api api = LoggedIn.api(node.address());
      page.navigate(node.address().toString());
      until(page, "document.querySelectorAll('kydai-tile .note').length === 2");
      until(
          page,
          "[...document.querySelectorAll('kydai-tile img.still:not([hidden])')]"
              + ".every(i => i.complete && i.naturalWidth === 640)");
      List<String> first = shown(page);
      for (int tenths = 0; shown(page).stream().anyMatch(first::contains); tenths++) {
        assertThat(tenths).as("tenths of seconds without another picture").isLessThan(300);
        page.waitForTimeout(100);
      }
      until(page, MOVING);
      Files.createDirectories(SCREENSHOTS);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("unplayable-codecs.png")));
      assertThat(page.locator("kydai-tile .note").allInnerTexts())
          .anyMatch(text -> text.startsWith("H.265: ") && text.contains("privacy.transcodes"))
          .anyMatch(text -> text.startsWith("MJPEG: "));

      Page second = context.newPage();
      String camera = String.valueOf(page.evaluate("(" + MOVING + ").dataset.camera"));
      second.navigate(node.address() + "#/cameras/" + camera);
      until(second, MOVING);
      Chromium.await(second, ".transcoded", "for 2 viewers");
      second.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("transcoded-camera.png")));
      assertThat(second.locator("kydai-tile .note").innerText()).startsWith("H.265: ");
      assertThat(metric(api, "kydai_streaming_transcodes")).isEqualTo("1.0");
      page.close();
      second.close();
      context
          .newPage()
          .waitForCondition(() -> metric(api, "kydai_streaming_transcodes").equals("0.0"));
    }
  }

  private static String metric(Api api, String name) {
    try {
      String all = new String(api.get("/metrics").expect(200).body(), StandardCharsets.UTF_8);
      return all.lines()
          .filter(line -> line.startsWith(name + " "))
          .findFirst()
          .orElseThrow()
          .substring(name.length() + 1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(180)
  void aTileOfACameraWithoutKeyPicturesSaysSoAndShowsStills() throws Exception {
    Path refreshed = folder.resolve("refreshed.h264");
    encode(
        refreshed,
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -bf 0"
            + " -x264-params intra-refresh=1:keyint=10");
    try (CameraSimulator simulator = withoutKeyPictures(Clip.load(refreshed));
        Node node =
            StartedNode.start(
                folder,
                "cameras: [{id: gate, url: 'rtsp://127.0.0.1:%d/gate'}]"
                    .formatted(simulator.port()));
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(headless())) {
      Page page = browser.newPage();
      page.addInitScript(Chromium.LANGUAGE.formatted("en"));
      LoggedIn.into(page, node.address(), LoggedIn.firstAdministrator(node));
      page.navigate(node.address().toString());
      until(page, "document.querySelectorAll('kydai-tile .note').length === 1");
      until(
          page,
          "[...document.querySelectorAll('kydai-tile img.still')]"
              + ".every(i => i.complete && i.naturalWidth === 640)");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("no-key-picture.png")));
      assertThat(page.locator("kydai-tile .note").innerText()).contains("no key picture");
    }
  }

  private static CameraSimulator withoutKeyPictures(Clip clip) {
    CameraSimulator simulator =
        CameraSimulator.builder().camera(new SimulatedCamera("gate", clip, 5)).start();
    simulator.misbehave("gate", Fault.parse("no-key"));
    return simulator;
  }

  /** The pixels of each still, as a text. */
  private static List<String> shown(Page page) {
    Object pixels =
        page.evaluate(
            "[...document.querySelectorAll('kydai-tile img.still:not([hidden])')].map(i => {"
                + " const c = document.createElement('canvas'); c.width = 64; c.height = 36;"
                + " c.getContext('2d').drawImage(i, 0, 0, 64, 36); return c.toDataURL(); })");
    return ((List<?>) pixels).stream().map(Object::toString).toList();
  }

  private static BrowserType.LaunchOptions headless() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(CHROMIUM)
        .setArgs(
            List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
  }

  /** 60 seconds of FFmpeg's moving test picture at 5 pictures a second. */
  private static void encode(Path file, String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("ffmpeg -v error -f lavfi -i testsrc2=size=640x360:rate=5".split(" ")));
    command.addAll(List.of(("-frames:v 300 " + how).split(" ")));
    command.add(file.toString());
    Process ffmpeg = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ffmpeg.waitFor()).as(printed).isZero();
  }

  private static void until(Page page, String condition) {
    for (int tenths = 0; tenths < 600; tenths++) {
      if (Boolean.TRUE.equals(page.evaluate("Boolean(" + condition + ")"))) {
        return;
      }
      page.waitForTimeout(100);
    }
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("too-late.png")));
    throw new AssertionError("did not come true in a minute: " + condition);
  }
}
