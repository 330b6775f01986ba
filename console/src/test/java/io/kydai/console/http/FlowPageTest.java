package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.console.http.api.DeskServer;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a camera's picture is used, over the API and as an operator sees and accepts it. */
@Tag("browser")
@Timeout(240)
class FlowPageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String ROAD = "/api/v1/cameras/road";

  @TempDir Path folder;
  private DeskServer desk;
  private long time;
  private long lastId;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    String road =
        """
        {"id": "road", "url": "rtsp://user:secret@127.0.0.1:1/road",
         "rules": [{"id": "count-lane-1", "type": "line-count", "line": "v"}],
         "scene": {"lines": [{"id": "v", "from": [0.1, 0.9], "to": [0.2, 0.9]}]}}
        """;
    desk.api.json("POST", "/api/v1/cameras", road).expect(201);
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void without_traffic_the_map_is_empty_and_there_is_not_enough_to_suggest_anything()
      throws Exception {
    JsonNode map = desk.api.get(ROAD + "/heat-map").expect(200).json();
    assertThat(map.at("/groups/0/passes")).hasSize(64 * 36);
    JsonNode suggestions = desk.api.get(ROAD + "/suggestions").expect(200).json();
    assertThat(suggestions.get("enough").asBoolean()).isFalse();
    assertThat(suggestions.get("needed").asInt()).isEqualTo(20);
    desk.api.get(ROAD + "/heat-map.png").expect(200);
    desk.api.get("/api/v1/cameras/none/suggestions").expect(404);
    desk.api.get("/api/v1/cameras/none/heat-map").expect(404);
    desk.api.delete("/api/v1/cameras/none/heat-map").expect(404);
  }

  @Test
  void the_map_is_a_transparent_picture_of_what_was_asked_for_until_it_is_forgotten()
      throws Exception {
    twoWayRoad();
    JsonNode map = desk.api.get(ROAD + "/heat-map").expect(200).json();
    assertThat(map.at("/groups/0/of").asText()).isEqualTo("vehicle");
    assertThat(map.at("/groups/0/tracks").asDouble()).isEqualTo(50);
    int heated = opaque(ROAD + "/heat-map.png?over=nothing&show=passes&of=vehicle");
    assertThat(heated).isGreaterThan(5_000);
    assertThat(opaque(ROAD + "/heat-map.png?over=nothing&of=person")).isZero();
    desk.api.get(ROAD + "/heat-map.png?of=cows").expect(400);
    desk.api.get(ROAD + "/heat-map.png?size=9").expect(400);

    desk.api.delete(ROAD + "/heat-map").expect(204);
    assertThat(opaque(ROAD + "/heat-map.png?over=nothing")).isZero();
  }

  @Test
  void an_operator_sees_suggested_lanes_and_accepts_one() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "needs Debian package chromium");
    Files.createDirectories(SCREENSHOTS);
    twoWayRoad();
    try (Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(CHROMIUM)
                      .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
      Page page =
          browser
              .newContext(
                  new Browser.NewContextOptions().setViewportSize(1440, 810).setLocale("en-GB"))
              .newPage();
      page.addInitScript(Chromium.LANGUAGE.formatted("en"));
      page.setDefaultTimeout(60_000);
      List<String> complaints = new ArrayList<>();
      page.onPageError(complaints::add);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/cameras/road");
      page.waitForSelector(".camera-page button.flow");
      page.keyboard().press("h");
      page.waitForSelector("kydai-flow canvas[data-lanes='2']");
      assertThat(page.locator(".lanes li"))
          .satisfies(lanes -> assertThat(lanes.count()).isEqualTo(2));
      page.hover(".lanes li[data-lane='lane-1']");
      page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("lanes.png")));

      // Somebody else renames the camera between the page's reading and writing of it.
      AtomicInteger written = new AtomicInteger();
      page.route(
          "**" + ROAD,
          route -> {
            if (route.request().method().equals("PUT") && written.getAndIncrement() == 0) {
              rename("Renamed");
            }
            route.resume();
          });
      page.click(".lanes li[data-lane='lane-1'] button");
      page.waitForSelector("kydai-flow canvas[data-lanes='1']");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("lane-accepted.png")));
      assertThat(complaints).isEmpty();
      assertThat(written).hasValue(2);
    }

    JsonNode camera = desk.api.get(ROAD).expect(200).json();
    assertThat(camera.get("name").asText()).isEqualTo("Renamed");
    assertThat(camera.at("/scene/zones/0/id").asText()).isEqualTo("lane-1");
    assertThat(camera.at("/scene/zones/0/use").asText()).isEqualTo("lane");
    assertThat(camera.at("/scene/lines")).hasSize(2);
    assertThat(camera.at("/scene/lines/1/id").asText()).isEqualTo("across-lane-1");
    // The name that the suggestion had was taken by another rule.
    assertThat(camera.at("/rules/1/id").asText()).isEqualTo("count-lane-1-2");
    JsonNode left = desk.api.get(ROAD + "/suggestions").expect(200).json();
    assertThat(left.get("lanes")).hasSize(1);
  }

  private void rename(String name) {
    try {
      ObjectNode camera = (ObjectNode) desk.api.get(ROAD).expect(200).json();
      camera.remove("status");
      desk.api.json("PUT", ROAD, camera.put("name", name).toString()).expect(200);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int opaque(String path) throws Exception {
    var picture = ImageIO.read(new ByteArrayInputStream(desk.api.get(path).expect(200).body()));
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += picture.getRGB(x, y) >>> 24 > 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Thirty cars to the right, below them twenty to the left. */
  private void twoWayRoad() {
    for (int i = 0; i < 50; i++) {
      boolean right = i < 30;
      lastId++;
      long begin = time;
      for (int frame = 0; frame <= 30; frame++) {
        time += 9_000;
        double x = 0.05 + 0.9 * frame / 30;
        double y = (right ? 0.4 : 0.7) + 0.02 * (i % 5 - 2);
        show(begin, right ? x : 1 - x, y);
      }
    }
  }

  private void show(long begin, double x, double y) {
    Box box = new Box((float) x - 0.03f, (float) y - 0.08f, (float) x + 0.03f, (float) y);
    Track car = new Track(lastId, "car", 0.8f, box, true, begin);
    Instant now = Instant.parse("2026-11-23T07:00:00Z").plusNanos(time * 100_000 / 9);
    desk.flows.onObservation(
        new Observation(new CameraId("road"), time, now, 1280, 720, List.of(car)));
  }
}
