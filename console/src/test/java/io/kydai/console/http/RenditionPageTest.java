package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera with a main and a sub-stream on the wall: which one small and enlarged tiles show. */
@Tag("browser")
@Timeout(300)
class RenditionPageTest {
  private static final int FPS = 10;
  private static final int SUB = 384;
  private static final int MAIN = 768;
  private static final String TILE = "kydai-tile[data-camera=gate]";
  private static final String VIDEO = TILE + " video:not(.next)";

  /** The mean brightness of the picture that a video without a source shows, 0 to 255. */
  private static final String BRIGHTNESS =
      """
      async (video) => {
        const picture = Object.assign(new Image(), { src: video.poster });
        await picture.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
        const context = canvas.getContext('2d');
        context.drawImage(picture, 0, 0, 8, 8);
        const { data } = context.getImageData(0, 0, 8, 8);
        return data.reduce((sum, value, i) => (i % 4 < 3 ? sum + value : sum), 0) / 192;
      }
      """;

  @TempDir Path folder;
  private final List<String> streams = new CopyOnWriteArrayList<>();
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs Debian package ffmpeg");
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aSmallTileShowsTheSubStreamAndAnEnlargedOneTheMainStream() throws Exception {
    try (CameraSimulator simulator = simulator(Duration.ZERO);
        Node node = node(simulator.address("sub"), simulator.address("main"))) {
      Page page = wall(node);
      untilWidth(page, SUB);
      assertThat(streams).containsOnly("sub");
      assertThat(simulator.counts("main").clients()).as("nobody looks at it").isZero();
      page.keyboard().press("b");
      page.waitForCondition(() -> boxes(page) > 0);
      screenshot(page, "rendition-small");

      page.click(TILE);
      untilWidth(page, MAIN);
      assertThat(streams).containsOnly("sub", "main");
      assertThat(page.locator(TILE + " video").count()).as("the other one has ended").isOne();
      page.waitForCondition(() -> boxes(page) > 0);
      assertThat(data(page, "aligned")).isIn("arrival", "sender-reports");
      page.waitForCondition(() -> data(page, "aligned").equals("sender-reports"));
      page.waitForCondition(() -> boxes(page) > 0);
      screenshot(page, "rendition-enlarged");

      page.keyboard().press("Escape");
      untilWidth(page, SUB);
      page.waitForCondition(() -> simulator.counts("main").clients() == 0);
      assertThat(streams.get(streams.size() - 1)).isEqualTo("sub");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void aTileThatIsNotOnTheScreenTakesNoStreamAndOneOnAnotherMonitorDoes() throws Exception {
    try (CameraSimulator simulator = simulator(Duration.ZERO);
        Node node = node(simulator.address("sub"), simulator.address("main"))) {
      Page page = wall(node);
      untilWidth(page, SUB);
      page.navigate(node.address() + "#/wall?layout=9&page=2");
      page.waitForSelector("[data-camera=near-9]");
      Api api = LoggedIn.api(node.address());
      page.waitForCondition(
          () -> {
            try {
              String metrics = new String(api.get("/metrics").expect(200).body(), UTF_8);
              return metrics.contains("kydai_streaming_viewers{camera=\"gate\"} 0.0");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      Page other =
          page.waitForPopup(
              () -> {
                page.click(".wallbar .menu summary");
                page.click(".wallbar .menu-list button:has-text('another monitor')");
              });
      untilWidth(other, SUB);
      other.waitForSelector(TILE + " .screen.live");
      assertThat(page.url()).contains("page=2");
    }
  }

  @Test
  @SuppressWarnings("try") // The node ends before the page does.
  void aMainStreamThatDoesNotComeLeavesTheSubStreamAndIsSaid() throws Exception {
    try (CameraSimulator simulator = simulator(Duration.ZERO);
        Node node = node(simulator.address("sub"), simulator.address("sub") + "-not")) {
      Page page = wall(node);
      untilWidth(page, SUB);
      page.click(TILE);
      await(page, TILE + " .note", "The main stream does not come");
      untilWidth(page, SUB);
      assertThat(page.locator(TILE + " .screen").getAttribute("class")).contains("live");
      assertThat(page.locator(TILE + " video").count()).isOne();
      screenshot(page, "rendition-missing");

      node.close();
      page.waitForSelector("html[data-lost]");
      page.waitForSelector(TILE + " .screen.stale");
      page.waitForCondition(
          () ->
              page.locator(VIDEO).evaluate("video => video.poster").toString().startsWith("data:"));
      assertThat(page.locator(VIDEO).evaluate(BRIGHTNESS))
          .as("the last picture stays, and is not black")
          .isInstanceOfSatisfying(
              Number.class, mean -> assertThat(mean.doubleValue()).isGreaterThan(20));
      await(page, TILE + " .say", "old");
      page.keyboard().press("Escape");
      screenshot(page, "rendition-server-lost");
    }
  }

  @Test
  void whereTheClocksCannotBeComparedBoxesAreHiddenAndThatIsSaid() throws Exception {
    try (CameraSimulator simulator = simulator(Duration.ofMillis(1_700));
        Node node = node(simulator.address("sub"), simulator.address("main"))) {
      Page page = wall(node);
      untilWidth(page, SUB);
      page.keyboard().press("b");
      page.waitForCondition(() -> boxes(page) > 0);
      page.click(TILE);
      untilWidth(page, MAIN);
      await(page, TILE + " .note", "Boxes are hidden");
      assertThat(data(page, "aligned")).isEqualTo("none");
      assertThat(boxes(page)).isZero();
      screenshot(page, "rendition-not-aligned");
    }
  }

  private Page wall(Node node) throws Exception {
    Page page = chromium.page("en-GB");
    page.setViewportSize(1366, 768);
    page.onWebSocket(
        socket -> {
          if (socket.url().contains("/cameras/gate/live")) {
            streams.add(socket.url().replaceAll(".*rendition=", ""));
          }
        });
    LoggedIn.into(page, node.address(), LoggedIn.firstAdministrator(node));
    page.navigate(node.address() + "#/wall?layout=9");
    return page;
  }

  private static void untilWidth(Page page, int width) {
    page.waitForCondition(
        () ->
            page.evaluate(
                    "([video, width]) => document.querySelector(video)?.videoWidth === width",
                    List.of(VIDEO, width))
                .equals(true));
  }

  private static String data(Page page, String name) {
    return String.valueOf(
        page.evaluate(
            "([canvas, name]) => document.querySelector(canvas)?.dataset[name]",
            List.of(TILE + " canvas", name)));
  }

  private static int boxes(Page page) {
    String boxes = data(page, "boxes");
    return boxes.matches("[0-9]+") ? Integer.parseInt(boxes) : 0;
  }

  private Node node(String sub, String main) throws Exception {
    StringBuilder others = new StringBuilder();
    for (int number = 1; number <= 9; number++) {
      others.append(
          "  - {id: near-%d, name: ZZ %d, url: 'rtsp://127.0.0.1:1/none', rules: []}\n"
              .formatted(number, number));
    }
    return StartedNode.start(
        folder,
        """
        cameras:
          - {id: gate, name: Gate, url: '%s', second-url: '%s', rules: []}
        """
                .formatted(sub, main)
            + others);
  }

  private CameraSimulator simulator(Duration clockOfMain) throws Exception {
    Path clip = folder.resolve("main.h264");
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      Files.copy(in, clip);
    }
    Path small = folder.resolve("sub.h264");
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -v error -i %s -vf scale=%d:-2 -c:v libx264 -preset ultrafast -bf 0 -g 10"
                        + " -crf 24 %s")
                    .formatted(clip, SUB, small)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(ffmpeg.waitFor()).isZero();
    return CameraSimulator.builder()
        .camera(new SimulatedCamera("sub", Clip.load(small), FPS))
        .camera(new SimulatedCamera("main", Clip.load(clip), FPS).withClockOffset(clockOfMain))
        .start();
  }
}
