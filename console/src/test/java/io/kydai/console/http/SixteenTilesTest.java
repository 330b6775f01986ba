package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wall of sixteen live tiles in a real browser through what happens in a shift: minutes of
 * pictures, the tab hidden, the server restarted, a camera rebooted. Every tile is back by itself.
 * It takes minutes, so that only who asks for the tag {@code report} runs it.
 */
@Tag("browser")
@Tag("report")
@Timeout(900)
class SixteenTilesTest {
  private static final Logger LOG = LoggerFactory.getLogger(SixteenTilesTest.class);
  private static final int TILES = 16;
  private static final int MINUTES_OF_PICTURES_MS = 120_000;
  private static final int STEP_MS = 10_000;
  private static final int HIDDEN_MS = 20_000;
  private static final int FPS = 10;

  /** Behind the newest picture, in media time: what the page itself holds back. */
  private static final double MOST_BEHIND_SECONDS = 1.5;

  private static final String REBOOTED = "c16";

  /** Counts the frames that each tile's video has shown, and how far each is behind. */
  private static final String TILES_NOW =
      "() => Object.fromEntries([...document.querySelectorAll('kydai-tile')].map((tile) => {"
          + " const video = tile.querySelector('video:not(.next)');"
          + " const { buffered } = video;"
          + " const behind = buffered.length"
          + "   ? buffered.end(buffered.length - 1) - video.currentTime : -1;"
          + " return [tile.dataset.camera,"
          + "   [video.getVideoPlaybackQuality().totalVideoFrames, behind, tile.view.kind]]; }))";

  @TempDir Path folder;
  private Chromium chromium;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<CameraSimulator> simulators = new ArrayList<>();

  /** A tile: frames that its video has shown, seconds behind the newest, and what it says. */
  private record Tile(int frames, double behind, String kind) {}

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs Debian package ffmpeg");
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() {
    chromium.close();
    simulators.forEach(CameraSimulator::close);
  }

  @Test
  void everyTileComesBackByItself() throws Exception {
    Clip clip = clip();
    CameraSimulator street = simulated(0, clip, names(1, TILES - 1));
    CameraSimulator corner = simulated(0, clip, List.of(REBOOTED));
    String yaml = yaml(street, corner);
    Node node = StartedNode.start(folder, yaml);
    URI address = node.address();
    try {
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1920, 1080);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      LoggedIn.into(page, address, LoggedIn.firstAdministrator(node));
      page.navigate(address + "#/wall?layout=16");
      untilAllMove(page);

      for (int ms = 0; ms < MINUTES_OF_PICTURES_MS; ms += STEP_MS) {
        Map<String, Tile> before = tiles(page);
        page.waitForTimeout(STEP_MS);
        assertAllMoved(before, tiles(page));
      }
      // A machine that is busy for a moment delays a tile; it does not stay so.
      untilAllMove(page);
      screenshot(page, "sixteen-tiles");
      assertThat(errors).isEmpty();

      hide(page);
      page.waitForTimeout(HIDDEN_MS);
      show(page);
      untilAllMove(page);
      assertThat(errors).as("after the tab was hidden").isEmpty();

      node.close();
      page.waitForSelector("html[data-lost]");
      screenshot(page, "sixteen-tiles-lost");
      node = StartedNode.startAt(address.getPort(), folder, yaml);
      untilAllMove(page);
      screenshot(page, "sixteen-tiles-restarted");
      // Only what the browser says itself of connections to a server that is not there.
      assertThat(errors)
          .as("after the restart")
          .allMatch(text -> text.contains("ERR_CONNECTION") || text.contains("WebSocket"));
      errors.clear();

      int port = corner.port();
      corner.close();
      page.waitForCondition(() -> !tiles(page).get(REBOOTED).kind().equals("live"));
      screenshot(page, "sixteen-tiles-camera-gone");
      simulated(port, clip, List.of(REBOOTED));
      untilAllMove(page);
      screenshot(page, "sixteen-tiles-camera-back");
      assertThat(errors).as("after the camera's reboot").isEmpty();
      assertThat(chromium.complaints).isEmpty();
    } finally {
      node.close();
    }
  }

  private static List<String> names(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj("c%02d"::formatted).toList();
  }

  private CameraSimulator simulated(int port, Clip clip, List<String> names) {
    CameraSimulator.Builder builder = CameraSimulator.builder().port(port);
    names.forEach(name -> builder.camera(new SimulatedCamera(name, clip, FPS)));
    CameraSimulator simulator = builder.start();
    simulators.add(simulator);
    return simulator;
  }

  /** Looks at few pictures: what is tried is how they are shown. */
  private static String yaml(CameraSimulator street, CameraSimulator corner) {
    return names(1, TILES).stream()
        .map(
            name ->
                "  - {id: %s, name: Camera %s, url: '%s', rules: []}\n"
                    .formatted(name, name, (name.equals(REBOOTED) ? corner : street).address(name)))
        .collect(
            Collectors.joining(
                "", "detector: {max-fps: 0.2, min-fps: 0.1, idle-fps: 0.1}\ncameras:\n", ""));
  }

  private Clip clip() throws Exception {
    Path whole = folder.resolve("whole.h264");
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      Files.copy(in, whole);
    }
    Path small = folder.resolve("small.h264");
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -v error -i %s -vf scale=384:-2 -c:v libx264 -preset ultrafast -bf 0 -g 20"
                        + " -crf 26 %s")
                    .formatted(whole, small)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(ffmpeg.waitFor()).isZero();
    return Clip.load(small);
  }

  private static Map<String, Tile> tiles(Page page) {
    Map<?, ?> found = (Map<?, ?>) page.evaluate(TILES_NOW);
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> (String) entry.getKey(), entry -> tile((List<?>) entry.getValue())));
  }

  private static Tile tile(List<?> values) {
    return new Tile(
        ((Number) values.get(0)).intValue(),
        ((Number) values.get(1)).doubleValue(),
        (String) values.get(2));
  }

  private static void assertAllMoved(Map<String, Tile> before, Map<String, Tile> now) {
    double most = now.values().stream().mapToDouble(Tile::behind).max().orElseThrow();
    int least =
        now.entrySet().stream()
            .mapToInt(entry -> entry.getValue().frames() - before.get(entry.getKey()).frames())
            .min()
            .orElseThrow();
    LOG.info("16 tiles: {} frames at least, {} s behind at most", least, most);
    assertThat(now).hasSize(TILES);
    assertThat(least).as("new frames of the slowest tile").isPositive();
    assertThat(now.values()).allMatch(tile -> tile.kind().equals("live"));
  }

  /** Every tile says that it is live, shows another frame than a moment ago, and is not behind. */
  private static void untilAllMove(Page page) {
    page.waitForCondition(
        () -> {
          Map<String, Tile> before = tiles(page);
          page.waitForTimeout(1_000);
          return before.size() == TILES
              && tiles(page).entrySet().stream()
                  .allMatch(
                      one ->
                          one.getValue().kind().equals("live")
                              && one.getValue().behind() < MOST_BEHIND_SECONDS
                              && one.getValue().frames() > before.get(one.getKey()).frames());
        },
        new Page.WaitForConditionOptions().setTimeout(120_000));
  }

  /**
   * Playwright keeps its pages visible, whatever their windows are. So the page is told that it is
   * hidden, and its videos stand still, as Chromium does it with those of a hidden tab.
   */
  private static void hide(Page page) {
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
            + " document.dispatchEvent(new Event('visibilitychange'));"
            + " document.querySelectorAll('video').forEach((video) => video.pause()); }");
  }

  private static void show(Page page) {
    page.evaluate(
        "() => { delete document.hidden;"
            + " document.dispatchEvent(new Event('visibilitychange')); }");
  }
}
