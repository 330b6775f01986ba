package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.kydai.console.node.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far behind the newest picture the wall plays, over an hour of a simulated clock, and where
 * boxes are drawn between observations. The pages' own modules run in Chromium, without a server.
 */
@Tag("browser")
@Tag("timing")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveTimingTest {
  /**
   * An hour of a camera, as a browser plays it: pictures come late by chance, the camera's clock is
   * not the browser's, and playing stands still where nothing is there to be shown.
   */
  private static final String AN_HOUR =
      """
      async ({ mode, fps, drift, jitter, analysis, stopAt }) => {
        const { LatencyControl } = await import('/latency.js');
        const control = new LatencyControl(mode);
        let seed = 7;
        const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
        const pictures = [];
        for (let i = 0, last = 0; i < 3600 * fps; i++) {
          const taken = i / fps;
          let at = taken * (1 + drift) + 0.01 + jitter * chance() ** 4;
          // For two seconds in each ten minutes nothing comes, and then all of it.
          if (taken % 600 > 300 && taken % 600 < 302) at = (taken - (taken % 600) + 302) * (1 + drift) + 0.1;
          last = Math.max(at, last);
          pictures.push({ at: last, media: taken, end: (i + 1) / fps, seen: last + analysis * (0.7 + 0.6 * chance()) });
        }
        // A group of pictures is there when the viewer comes.
        const from = 2 * fps;
        for (let i = 0; i < from; i++) pictures[i].at = pictures[i].seen = pictures[from].at;
        let position = -1, rate = 1, now = pictures[0].at, end = 0, jumps = 0;
        let watched = 0, ofThem = 0, stood = 0;
        const late = [], targets = [], unseen = [];
        let nextSeen = 0;
        for (const { at, end: newEnd, media } of pictures) {
          const step = (at - now) * rate;
          const hidden = stopAt && media > stopAt && media < stopAt + 60;
          if (!hidden) {
            if (position >= 0 && position + step > end) stood += position + step - end;
            if (position >= 0) position = Math.min(end, position + step);
          }
          now = at;
          end = newEnd;
          while (nextSeen < pictures.length && pictures[nextSeen].seen <= now) {
            control.observed(pictures[nextSeen].seen, pictures[nextSeen].media);
            nextSeen++;
          }
          control.appended(now, end);
          if (hidden) continue;
          const found = control.follow(now, position, 0, end);
          if (found.jump !== undefined) { position = found.jump; jumps++; }
          rate = found.rate;
          if (media > 60) {
            // Which observation is there for what is shown now?
            watched++;
            const shown = Math.floor(position * fps);
            if (pictures[shown] && pictures[shown].seen <= now) ofThem++;
            late.push({ media, behind: end - position });
            targets.push(control.target);
          }
        }
        const behind = (a, b) => {
          const all = late.filter(({ media }) => media >= a && media < b).map((one) => one.behind).sort((x, y) => x - y);
          return [all[all.length >> 1], all[Math.floor(all.length * 0.99)], all.at(-1)];
        };
        const [first, , ] = behind(60, 290);
        const [last, p99, worst] = behind(3310, 3600);
        const afterStop = stopAt ? behind(stopAt + 62, stopAt + 65)[2] : 0;
        return { first, last, p99, worst, afterStop, jumps, stood, inTime: ofThem / watched };
      }
      """;

  private Chromium chromium;
  private Page page;

  @BeforeAll
  void open() throws Exception {
    chromium = Chromium.start();
    page = chromium.page("en-GB");
    page.route("http://modules.test/**", LiveTimingTest::serve);
    page.navigate("http://modules.test/");
  }

  @AfterAll
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static void serve(Route route) {
    String path = URI.create(route.request().url()).getPath();
    if (path.equals("/")) {
      route.fulfill(
          new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html>"));
      return;
    }
    try (InputStream in = Node.class.getResourceAsStream("/io/kydai/console/web" + path)) {
      route.fulfill(
          new Route.FulfillOptions()
              .setContentType("text/javascript")
              .setBodyBytes(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Number> hour(Map<String, Object> setting) {
    return (Map<String, Number>) page.evaluate(AN_HOUR, setting);
  }

  @ParameterizedTest
  @CsvSource({
    "fast, 25, 0.0003, 0.05, 0.2",
    "fast, 10, 0.0003, 0.1, 0.2",
    "synchronised, 25, 0.0003, 0.05, 0.2",
    "synchronised, 10, -0.0003, 0.05, 0.2",
    "synchronised, 10, 0, 0.05, 3",
  })
  void nothingCreepsInAnHour(String mode, int fps, double drift, double jitter, double analysis) {
    Map<String, Number> found =
        hour(
            Map.of(
                "mode", mode, "fps", fps, "drift", drift, "jitter", jitter, "analysis", analysis));
    double first = found.get("first").doubleValue();
    double picture = 1.0 / fps;
    assertThat(found.get("last").doubleValue()).isBetween(first - 0.04, first + 0.04);
    assertThat(found.get("p99").doubleValue() - picture)
        .as("seconds that the newest picture waits")
        .isLessThan(0.4);
    if (mode.equals("fast")) {
      assertThat(first - picture).isLessThan(jitter + 0.08);
    } else if (analysis < 0.3) {
      assertThat(found.get("inTime").doubleValue()).isGreaterThan(0.85);
    }
    // But for the five times of two seconds in which nothing comes.
    assertThat(found.get("stood").doubleValue()).isLessThan(5 * 2.2 + 5);
  }

  @Test
  void aTabThatWasHiddenJumpsToNow() {
    Map<String, Number> found =
        hour(
            Map.of(
                "mode",
                "synchronised",
                "fps",
                10,
                "drift",
                0,
                "jitter",
                0.05,
                "analysis",
                0.2,
                "stopAt",
                1000));
    assertThat(found.get("afterStop").doubleValue()).isLessThan(0.6);
  }

  @Test
  void aBoxIsItsFramesOwnOrBetweenOrMovedOn() {
    Object found =
        page.evaluate(
            """
            async () => {
              const { Observations } = await import('/observations.js');
              const all = new Observations();
              const track = (id, left) => ({ id, box: [left, 0.2, left + 0.1, 0.4] });
              all.add({ mediaTime: 90000, tracks: [track(1, 0.1), track(2, 0.8)] });
              all.add({ mediaTime: 99000, tracks: [track(1, 0.2), track(2, 0.85)] });
              const lefts = (ticks) => {
                const { tracks, exact } = all.at(ticks);
                return [exact, ...tracks.map(({ box }) => Math.round(box[0] * 1000) / 1000)].join(' ');
              };
              return [80000, 90000, 94500, 99000, 103500, 108000, 160000].map(lefts);
            }
            """);
    assertThat(found)
        .isEqualTo(
            List.of(
                "false",
                "true 0.1 0.8",
                "false 0.15 0.825",
                "true 0.2 0.85",
                "false 0.25 0.875",
                "false 0.3 0.9",
                "false"));
  }
}
