package io.kydai.console.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium for a test: a page in a context of its own, what the page complained of, and
 * every address that it asked for. Screenshots stay in {@code target/screenshots}.
 */
final class Chromium implements AutoCloseable {
  private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /**
   * Chooses the page's language once, as a person would by its button; Vietnamese is the default.
   */
  static final String LANGUAGE =
      "if (location.protocol.startsWith('http'))"
          + " localStorage.getItem('kydai.language') ?? localStorage.setItem('kydai.language', '%s');";

  private static final int PATIENCE_MS = 60_000;

  final List<String> complaints = new ArrayList<>();
  final List<String> addresses = new ArrayList<>();
  private static @Nullable Browser running;

  private final Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  /**
   * A browser for one test, which is skipped where there is none. Its process is that of the tests
   * before and ends with them: a start costs seconds, and contexts share nothing.
   */
  static Chromium start() throws IOException {
    assumeTrue(Files.isExecutable(EXECUTABLE), "needs Debian package chromium");
    Files.createDirectories(SCREENSHOTS);
    if (running == null || !running.isConnected()) {
      running = launch();
    }
    return new Chromium(running);
  }

  private static Browser launch() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(EXECUTABLE)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
  }

  /** Opens a page of somebody who shares no cookie with the pages before. */
  Page page(String locale) {
    return page(locale, false);
  }

  /**
   * Opens such a page.
   *
   * @param anyCertificate whether it takes a certificate that nobody vouches for, as a person does
   *     who has compared its fingerprint
   */
  Page page(String locale, boolean anyCertificate) {
    return page(locale, anyCertificate, null);
  }

  /** Opens such a page on a workstation whose clock is set to a time zone of its own. */
  Page pageIn(String zone) {
    return page("vi-VN", false, zone);
  }

  private Page page(String locale, boolean anyCertificate, @Nullable String zone) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setTimezoneId(zone)
                .setIgnoreHTTPSErrors(anyCertificate)
                .setViewportSize(1440, 810)
                .setLocale(locale)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    contexts.add(context);
    context.addInitScript(LANGUAGE.formatted(locale.substring(0, 2)));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onPageError(complaints::add);
    page.onDialog(dialog -> dialog.accept());
    page.onRequest(request -> addresses.add(address(request)));
    return page;
  }

  private static String address(Request request) {
    return request.url() + " from " + request.headers().getOrDefault("referer", "");
  }

  /** Takes a picture of the whole page. */
  static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  /** Waits until an element has a text, or a part of it, and the first such is to be seen. */
  static void await(Page page, String selector, String text) {
    // In one condition: between two questions the page may draw itself anew.
    page.waitForCondition(
        () ->
            String.join("\n", page.locator(selector).allInnerTexts()).contains(text)
                && page.locator(selector).first().isVisible());
  }

  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }
}
