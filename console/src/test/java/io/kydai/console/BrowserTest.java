package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.kydai.console.http.LoggedIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as an operator sees it: the real process, its simulated cameras over real RTSP, and
 * Debian's Chromium. Screenshots stay in {@code target/screenshots}.
 */
@Tag("browser")
@Timeout(240)
class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir static Path data;
  private static KydaiProcess kydai;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  private static void startTheDemoAndABrowser() throws Exception {
    Files.createDirectories(SCREENSHOTS);
    kydai = KydaiProcess.start(data);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (playwright != null) {
      playwright.close();
    }
    if (kydai != null) {
      int status = kydai.interrupt(5);
      assertThat(kydai.output()).noneMatch(line -> line.contains("LEAK:"));
      assertThat(status).as("%s", kydai.output()).isIn(0, 130, 143);
      try (Stream<Path> halfWritten = Files.list(data.resolve("evidence").resolve(".partial"))) {
        assertThat(halfWritten).isEmpty();
      }
    }
  }

  @BeforeEach
  void openThePage() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "needs Debian package chromium");
    if (kydai == null) {
      startTheDemoAndABrowser();
    }
    context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(1440, 810).setLocale("en-GB"));
    context.addInitScript("localStorage.setItem('kydai.language', 'en')");
    page = context.newPage();
    page.setDefaultTimeout(60_000);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    LoggedIn.into(page, kydai.address(), LoggedIn.cookie(kydai.address()));
    page.navigate(kydai.address().toString());
  }

  @AfterEach
  void theBrowserHadNothingToComplainOf() {
    if (context != null) {
      context.close();
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void the_wall_plays_moving_video_with_boxes_on_the_right_frames() {
    until(
        "document.querySelectorAll('kydai-tile video').length === 2"
            + " && [...document.querySelectorAll('kydai-tile video')].every(v => v.currentTime > 0)");
    List<?> before = playing();
    until(
        "before => [...document.querySelectorAll('kydai-tile video')]"
            + ".every((v, i) => v.currentTime > before[i] + 2"
            + " && v.getVideoPlaybackQuality().totalVideoFrames > 15)",
        before);
    page.keyboard().press("b");
    until("[...document.querySelectorAll('kydai-tile canvas')].some(c => c.dataset.boxes > 0)");
    until(
        "[...document.querySelectorAll('kydai-tile canvas')]"
            + ".some(c => c.dataset.boxes > 0 && c.dataset.exact === 'true')");
    assertThat(paintedPixels()).as("pixels drawn over the video").isGreaterThan(500);
    until("document.querySelectorAll('.feed .item').length >= 2");
    until(
        "[...document.querySelectorAll('.feed .item img')]"
            + ".every(i => i.complete && i.naturalWidth > 0)");
    until("[...document.querySelectorAll('kydai-tile canvas')].every(c => c.dataset.boxes > 2)");
    screenshot("wall");

    page.keyboard().press("1");
    until("document.querySelectorAll('kydai-tile').length === 1");
    page.waitForTimeout(1500);
    screenshot("enlarged");
    page.keyboard().press("Escape");
    until("document.querySelectorAll('kydai-tile').length === 2");
  }

  @Test
  void an_alert_comes_to_the_feed_and_is_verified_and_assigned_by_keyboard() {
    page.waitForSelector(".feed .item.received");
    page.keyboard().press("g");
    page.keyboard().press("i");
    page.waitForSelector("kydai-evidence img");
    // The clip is whole some seconds after the alert, with what was seen on its pictures.
    until(
        "(() => { const v = document.querySelector('.clip video');"
            + " return v !== null && v.readyState >= 1 && v.duration > 3 && v.videoWidth > 0; })()");
    until("document.querySelector('.offender image') !== null");
    until("document.querySelector('.clip canvas').dataset.boxes > 0");
    until("document.querySelectorAll('.moments video').length === 2");
    screenshot("incident");
    page.keyboard().press(".");
    until("document.querySelector('.clip video').paused");
    page.keyboard().press("s");
    until("document.querySelector('.clip video').playbackRate === 0.5");
    page.keyboard().press(" ");
    until("!document.querySelector('.clip video').paused");
    String shown = shown();
    page.keyboard().press("v");
    page.waitForSelector(".undo");
    page.navigate(kydai.address() + shown);
    page.waitForSelector(".facts-side .state:has-text('verified')");
    page.keyboard().press("a");
    page.keyboard().type("Ward police");
    page.keyboard().press("Enter");
    page.waitForSelector(".facts-side .state:has-text('assigned')");
    assertThat(page.locator(".facts-side").innerText()).contains("Ward police");
    screenshot("assigned");
  }

  @Test
  void a_report_is_rejected_with_a_reason_and_the_page_speaks_vietnamese() {
    page.waitForSelector(".feed .item.received");
    page.keyboard().press("g");
    page.keyboard().press("i");
    page.waitForSelector(".decide .reasons .btn");
    String shown = shown();
    page.keyboard().press("x");
    page.keyboard().press("1");
    page.waitForSelector(".undo");
    page.navigate(kydai.address() + shown);
    page.waitForSelector(".facts-side .state:has-text('rejected')");
    page.locator(".top .language").click();
    page.waitForSelector(".facts-side .state:has-text('đã bác bỏ')");
    screenshot("vietnamese");
  }

  /** The address of the report that is shown. */
  private String shown() {
    return "#/reports/" + page.locator("section.detail").getAttribute("data-report");
  }

  @Test
  void a_cameras_page_shows_its_health_and_counts() {
    page.navigate(kydai.address() + "#/cameras/campus-path");
    until(
        "document.querySelector('.camera-page .counts .total') !== null"
            + " && document.querySelector('.camera-page video')?.currentTime > 0");
    page.waitForTimeout(1500);
    screenshot("camera");
    assertThat(page.locator(".camera-page .facts").innerText()).contains("768 × 576");
  }

  private void until(String condition) {
    until(condition, null);
  }

  /** Not by Playwright's waitForFunction: that evaluates in the page, which its policy forbids. */
  private void until(String condition, Object argument) {
    for (int tenths = 0; tenths < 600; tenths++) {
      if (Boolean.TRUE.equals(page.evaluate(condition, argument))) {
        return;
      }
      page.waitForTimeout(100);
    }
    screenshot("too-late");
    throw new AssertionError("did not come true in a minute: " + condition);
  }

  private List<?> playing() {
    return (List<?>)
        page.evaluate("[...document.querySelectorAll('kydai-tile video')].map(v => v.currentTime)");
  }

  /** How many pixels of the first canvas with boxes are not transparent. */
  private int paintedPixels() {
    return ((Number)
            page.evaluate(
                "(() => { const c = [...document.querySelectorAll('kydai-tile canvas')]"
                    + ".find(c => c.dataset.boxes > 0) ?? document.querySelector('canvas');"
                    + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                    + " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 100; return n; })()"))
        .intValue();
  }

  private void screenshot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
