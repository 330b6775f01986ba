package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import io.kydai.console.activity.MovedObjects;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.api.RecordedCamera;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the time line, the calendar and the search of playback say, in a browser. */
@Tag("browser")
@Timeout(180)
class PlaybackTimelinePageTest {
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    for (String camera : List.of("gate", "park")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"name\": \"Camera %s\", \"url\": \"rtsp://127.0.0.1:1/\"}"
                  .formatted(camera, camera))
          .expect(201);
      RecordedCamera.record(desk, new CameraId(camera), START, 300, 500);
    }
    MovedObjects.cars(
        folder.resolve("activity"),
        new CameraId("gate"),
        IntStream.range(0, 40)
            .mapToObj(i -> START.plusSeconds(25 + 7L * i * i % 560))
            .sorted()
            .toArray(Instant[]::new));
    desk.receive("alert-1", "gate", START.plusSeconds(100));
    desk.receive("alert-2", "gate", START.plusSeconds(200));
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (desk != null) {
      desk.close();
    }
  }

  private Page open(String language) throws Exception {
    Page page = chromium.page(language);
    page.setViewportSize(1366, 768);
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(
        desk.address
            + "#/playback?cameras=gate,park&paused=1&window=10&at="
            + START.plusSeconds(150));
    page.waitForSelector(".tl .moved");
    page.waitForSelector(".tl .mark");
    page.waitForSelector(".cal .alerts");
    return page;
  }

  private static Instant at(Page page) {
    String at =
        (String) page.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('at')");
    return Instant.parse(at);
  }

  @Test
  void whatMovedAndAlertsStandOnTheTimeLineAndLeadThere() throws Exception {
    Page page = open("vi-VN");
    assertThat(page.locator(".tl .mark").count()).isEqualTo(2);
    assertThat(page.locator(".tl .moved").count()).isEqualTo(1); // none of the second camera
    assertThat(page.locator(".cal .alerts").count()).isEqualTo(1);
    assertThat(page.locator(".cal .alerts").getAttribute("aria-label")).contains("có cảnh báo");
    for (String theme : List.of("dark", "light")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.evaluate(Axe.script());
      assertThat((List<?>) page.evaluate(Axe.RULES)).as(theme).isEmpty();
      screenshot(page, "playback-timeline-" + theme);
    }
    page.setViewportSize(390, 844);
    screenshot(page, "playback-timeline-phone");
    page.setViewportSize(1366, 768);

    page.locator(".tl .mark .alert").first().click();
    Locator chosen = page.locator(".legend .chosen");
    chosen.waitFor();
    page.waitForCondition(() -> at(page).equals(START.plusSeconds(98)));
    page.keyboard().press("]");
    page.waitForCondition(() -> at(page).equals(START.plusSeconds(198)));
    page.keyboard().press("[");
    page.waitForCondition(() -> at(page).equals(START.plusSeconds(98)));
    assertThat(chosen.getAttribute("href")).startsWith("#/reports/");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void aDrawnRegionFindsWhenSomethingMovedInIt() throws Exception {
    Page page = open("en-US");
    Locator search = page.locator("kydai-motion-search");
    search.locator("button[aria-pressed]").click();
    Locator drawing = page.locator(".region.drawing svg");
    BoundingBox box = drawing.boundingBox();
    page.mouse().move(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
    page.mouse().down();
    page.mouse().move(box.x + 0.6 * box.width, box.y + 0.7 * box.height);
    page.mouse().up();
    page.waitForSelector(".region polygon");
    search.locator("[name=car]").check();
    search.locator(".btn.primary").click();
    page.waitForSelector(".moments button");
    for (String theme : List.of("dark", "light")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.evaluate(Axe.script());
      assertThat((List<?>) page.evaluate(Axe.RULES)).as(theme).isEmpty();
      screenshot(page, "playback-search-" + theme);
    }
    page.locator(".moments button").first().click();
    page.waitForCondition(() -> at(page).equals(START.plusSeconds(18)));

    // A car's wheels are at half of the picture's height: by keys up, where none are.
    drawing.focus();
    for (int i = 0; i < 20; i++) {
      page.keyboard().press("ArrowUp");
    }
    search.locator(".btn.primary").click();
    Chromium.await(page, ".motion [role=status]", "Nothing moved there.");
    search.locator("[name=car]").uncheck();
    search.locator("[name=person]").check();
    for (int i = 0; i < 10; i++) {
      drawing.press("ArrowDown");
    }
    search.locator(".btn.primary").click();
    Chromium.await(page, ".motion [role=status]", "Nothing moved there.");
    assertThat(chromium.complaints).isEmpty();
  }
}
