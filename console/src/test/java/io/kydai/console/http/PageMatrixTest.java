package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of {@code frame/pages.js}, in both languages and themes, from a phone to a wall:
 * nothing is wider than the screen, axe-core finds nothing, and nothing goes wrong in the console.
 * A language has one of the themes: widths come from words, contrasts from colours. What is on the
 * pages in their many states is looked at by {@link AccessibilityTest} and the pages' own tests.
 */
@Tag("browser")
@Timeout(900)
class PageMatrixTest {
  static final String VIEWS =
      "import('/frame/pages.js').then(({ PAGES }) => PAGES.map(({ view }) => view))";

  /** What a page needs in its address to show something. */
  static final Map<String, String> OF_A_CAMERA =
      Map.of(
          "scene", "scene/gate", "playback", "playback?cameras=gate", "add-camera", "add-camera");

  /** The last is a workstation at 200% zoom. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1920, 1080},
          new int[] {3840, 2160},
          new int[] {390, 844},
          new int[] {683, 384},
          new int[] {1366, 768});

  /** What is wider than its place, though it does not scroll by itself, and what reaches out. */
  static final String WIDER =
      """
      () => {
        const parts = [document.documentElement, ...document.querySelectorAll('main, section.page, .head')];
        const named = (one) => `${one.localName}.${one.className?.baseVal ?? one.className}`;
        return parts.filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map((one) => {
          const edge = one.getBoundingClientRect().left + one.clientWidth + 1;
          const out = [...one.querySelectorAll('*')].filter((inner) => inner.getBoundingClientRect().right > edge);
          return `${named(one)} by ${out.slice(0, 6).map(named).join(', ')}`;
        });
      }
      """;

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;
  private final List<String> found = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    for (String id : List.of("gate", "bridge")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              """
              {"id": "%s", "name": "Cầu Trường Tiền, đầu phía bắc, nhìn ra đường Trần Hưng Đạo",
               "url": "rtsp://127.0.0.1:1/%s", "groups": ["old-town"], "rules": [],
               "place": {"lat": 16.469, "lon": 107.589, "address": "Trần Hưng Đạo, Huế"}}
              """
                  .formatted(id, id))
          .expect(201);
    }
    desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
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

  @Test
  void everyPageFitsEveryScreen() throws Exception {
    Page page = chromium.page("vi-VN");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.onConsoleMessage(
        message -> {
          // The browser itself notes every answer of 400 and more, such as that of no picture yet.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            found.add(page.url() + ": " + message.text());
          }
        });
    for (List<String> how : List.of(List.of("vi", "dark"), List.of("en", "light"))) {
      page.navigate(desk.address.toString());
      page.evaluate(
          "([language, theme]) => { localStorage.setItem('kydai.language', language);"
              + " localStorage.setItem('kydai.theme', theme); }",
          how);
      page.reload();
      page.waitForSelector(".app .nav a");
      page.evaluate(Axe.script());
      List<?> views = (List<?>) page.evaluate(VIEWS);
      assertThat(views).hasSizeGreaterThan(15);
      for (Object view : views) {
        look(page, (String) view, String.join(" ", how));
      }
    }
    assertThat(found).isEmpty();
    assertThat(chromium.complaints).isEmpty();
  }

  private void look(Page page, String view, String how) {
    page.evaluate("hash => { location.hash = hash; }", "#/" + OF_A_CAMERA.getOrDefault(view, view));
    page.waitForSelector("main h1");
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))");
      for (Object one : (List<?>) page.evaluate(WIDER)) {
        found.add("%s, %s, %dx%d: %s is too wide".formatted(view, how, size[0], size[1], one));
      }
    }
    for (Object one : (List<?>) page.evaluate(Axe.RULES)) {
      found.add("%s, %s: %s".formatted(view, how, one));
    }
  }
}
