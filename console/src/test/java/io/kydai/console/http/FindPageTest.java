package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.api.DiscoveryApiTest;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** "Find cameras" as an operator sees it, by keyboard. Screenshots stay in target/screenshots. */
@Tag("browser")
@Timeout(120)
class FindPageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir Path folder;

  @Test
  void a_camera_is_found_asked_and_copied_into_the_configuration() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "Debian package chromium is not installed");
    Files.createDirectories(SCREENSHOTS);
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-7));
    try (OnvifSimulator camera = DiscoveryApiTest.camera("Cổng #7: \"bắc\"").clock(slow).start();
        DeskServer desk = new DeskServer(folder, camera.discovery());
        Playwright playwright =
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
                  new Browser.NewContextOptions()
                      .setViewportSize(1440, 810)
                      .setLocale("en-GB")
                      .setPermissions(List.of("clipboard-read", "clipboard-write")))
              .newPage();
      page.addInitScript(Chromium.LANGUAGE.formatted("en"));
      page.setDefaultTimeout(30_000);
      List<String> complaints = new ArrayList<>();
      page.onPageError(complaints::add);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address.toString());
      page.waitForSelector(".nav a");
      page.navigate(desk.address + "#/find");
      page.waitForSelector(".device");
      assertThat(page.locator(".device").innerText()).contains("Cổng", "sim", "127.0.0.1");
      page.locator(".device").focus();
      page.keyboard().press("Enter");
      page.keyboard().type("admin");
      page.keyboard().press("Tab");
      page.keyboard().type("wrong");
      page.keyboard().press("Enter");
      page.waitForSelector(".refusal");
      assertThat(page.locator(".refusal").innerText()).contains("refused the log-in");
      screenshot(page, "find-refused");

      page.locator("input[name=password]").fill("s3cret");
      page.keyboard().press("Enter");
      page.waitForSelector(".snippet");
      assertThat(page.locator(".streams").innerText())
          .contains("2560 × 1440", "H265", "main", "sub", "rtsp://127.0.0.1:554/main");
      assertThat(page.locator(".facts").innerText()).contains("-25,20").contains("yes");
      page.locator(".copy").focus();
      page.keyboard().press("Enter");
      page.waitForCondition(
          () -> page.locator(".report [role=status]").innerText().equals("Copied"));
      screenshot(page, "find");

      String yaml = (String) page.evaluate("navigator.clipboard.readText()");
      assertThat(yaml).doesNotContain("s3cret").contains("_PASSWORD}@127.0.0.1:554/main");
      KydaiConfig read =
          ConfigFile.read(
              Files.writeString(
                  folder.resolve("kydai.yaml"), yaml.replaceAll("\\$\\{[A-Z0-9_]+}", "s3cret")));
      assertThat(read.cameras().get(0).onvif()).isEqualTo(camera.address());
      assertThat(read.cameras().get(0).onvifAccess().orElseThrow().credentials()).isNotNull();

      page.locator(".stream input").last().check();
      page.waitForCondition(() -> page.locator(".snippet").innerText().contains("tiny"));
      assertThat(page.locator(".snippet").innerText())
          .containsPattern(
              "tiny\\?user=\\$\\{\\w+_USER}&password=\\$\\{\\w+_PASSWORD}&channel=1\"");

      page.locator(".top .language").click();
      assertThat(page.locator("h1").innerText()).isEqualTo("Tìm camera");
      screenshot(page, "find-vietnamese");
      assertThat(complaints).isEmpty();
    }
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
