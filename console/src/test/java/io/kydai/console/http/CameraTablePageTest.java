package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages of 200 cameras do for a redraw: no formatter is made, nothing is put in order that
 * did not change, and only the rows in sight are there. How many frames a second that gives is
 * measured by {@link WallBench}.
 */
@Tag("browser")
@Timeout(300)
class CameraTablePageTest {
  private static final int CAMERAS = 200;

  /** Counts what makes a formatter or compares two names. */
  private static final String COUNT =
      """
      window.costs = { made: 0, compared: 0 };
      for (const kind of ['DateTimeFormat', 'NumberFormat', 'Collator']) {
        Intl[kind] = new Proxy(Intl[kind], {
          construct(target, given) {
            window.costs.made++;
            const one = new target(...given);
            if (kind !== 'Collator') return one;
            const { compare } = one;
            return { compare: (a, b) => (window.costs.compared++, compare(a, b)) };
          },
          apply: (target, self, given) => new target(...given),
        });
      }
      for (const [kind, names] of [[String, ['localeCompare']], [Number, ['toLocaleString']],
          [Date, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']]]) {
        for (const name of names) {
          const own = kind.prototype[name];
          kind.prototype[name] = function (...given) { window.costs.made++; return own.apply(this, given); };
        }
      }
      """;

  /** Draws an element again and again, and says what that cost. */
  private static final String REDRAW =
      """
      async (selector) => {
        const one = document.querySelector(selector);
        const redraw = async () => { one.requestUpdate(); await one.updateComplete; };
        await redraw();
        const before = { ...window.costs };
        for (let i = 0; i < 20; i++) await redraw();
        return [window.costs.made - before.made, window.costs.compared - before.compared];
      }
      """;

  /** Scrolls the table to its end by steps, and says at each how many rows there are. */
  private static final String SCROLL =
      """
      async () => {
        const area = document.querySelector('.tablewrap');
        const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const rows = [];
        for (let before = -1; before !== area.scrollTop; ) {
          before = area.scrollTop;
          area.scrollTop += 400;
          await frame();
          const { top, bottom } = area.getBoundingClientRect();
          const seen = document.elementFromPoint(300, (top + bottom) / 2)?.closest('tr[data-camera]');
          rows.push([area.querySelectorAll('tr[data-camera]').length, seen !== null]);
        }
        return rows;
      }
      """;

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;
  private Page page;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    String lines =
        IntStream.range(0, CAMERAS)
            .mapToObj("\"c%1$d,Cổng %1$d,rtsp://127.0.0.1:1/%1$d\""::formatted)
            .collect(Collectors.joining(", "));
    desk.api
        .json(
            "POST",
            "/api/v1/camera-imports",
            "{\"format\": \"csv\", \"apply\": true, \"lines\": [\"id,name,url\", %s]}"
                .formatted(lines))
        .expect(200);
    page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    page.addInitScript(COUNT);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
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
  void aRedrawMakesNoFormatterAndPutsNothingInOrder() {
    page.navigate(desk.address + "#/cameras?show=all");
    page.waitForSelector("tr[data-camera]");
    // What is counted is counted: the list was put in order, and times were written.
    assertThat((Integer) page.evaluate("window.costs.made")).isBetween(1, 40);
    assertThat((Integer) page.evaluate("window.costs.compared")).isGreaterThan(CAMERAS);
    assertThat((List<?>) page.evaluate(REDRAW, "kydai-cameras")).isEqualTo(List.of(0, 0));
    page.navigate(desk.address + "#/cameras?show=care");
    page.waitForSelector("th[aria-sort=descending]");
    assertThat((List<?>) page.evaluate(REDRAW, "kydai-cameras")).isEqualTo(List.of(0, 0));
    page.navigate(desk.address + "#/wall?layout=36");
    page.waitForSelector(".tiles > li >> nth=35");
    assertThat((List<?>) page.evaluate(REDRAW, "kydai-wall")).isEqualTo(List.of(0, 0));
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void onlyTheRowsInSightAreThereAndNoPlaceIsEmpty() {
    page.navigate(desk.address + "#/cameras?show=all");
    page.waitForSelector("tr[data-camera]");
    List<?> steps = (List<?>) page.evaluate(SCROLL);
    assertThat(steps).hasSizeGreaterThan(15);
    for (Object step : steps) {
      assertThat((Integer) ((List<?>) step).get(0)).isBetween(10, 45);
      assertThat((Boolean) ((List<?>) step).get(1)).as("a row in the middle of the table").isTrue();
    }
    assertThat(page.locator("tr[data-camera]").last().getAttribute("data-camera"))
        .isEqualTo("c199");
    assertThat(page.locator(".t.cameras").getAttribute("aria-rowcount")).isEqualTo("201");
    assertThat(chromium.complaints).isEmpty();
  }
}
