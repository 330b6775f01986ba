package io.kydai.console.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a browser shows of 200 cameras, and how soon of one: the times between the frames of a page
 * that is scrolled, beside those of an empty page in the same browser, what the page's main thread
 * takes of the processor for each, and the time from the request for the wall to the first picture
 * of a camera, and what the first page weighs. Debian's Chromium; the simulated camera, the node
 * and the browser share the machine, whose load is printed, since a busy one shows fewer frames of
 * any page.
 */
public final class WallBench {
  private static final int CAMERAS = 200;
  private static final int RUNS = 5;

  /** Scrolls an element for 300 frames and returns the milliseconds between them. */
  private static final String SCROLL =
      """
      (selector) => new Promise((done) => {
        const area = document.querySelector(selector);
        const times = [];
        let step = 24;
        const next = (now) => {
          times.push(now);
          if (times.length > 300) return done(times.slice(1).map((at, i) => at - times[i]));
          const before = area.scrollTop;
          area.scrollTop += step;
          if (area.scrollTop === before) step = -step;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      })
      """;

  private static final String EMPTY =
      "data:text/html,<div id=area style='height:600px;overflow:auto'>"
          + "<div style='height:20000px'></div></div>";

  private static final String FIRST_PICTURE =
      """
      () => new Promise((done) => {
        const look = () => {
          const video = document.querySelector('kydai-tile video');
          if (video?.videoWidth && video.currentTime > 0) done(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      })
      """;

  /** The bytes of the page and of all that it asked for, without the video's WebSocket. */
  private static final String RECEIVED =
      """
      () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, { transferSize }) => sum + transferSize, 0)
      """;

  private WallBench() {}

  public static void main(String[] none) throws Exception {
    Path folder = Files.createTempDirectory("kydai-bench-");
    System.out.printf(
        Locale.ROOT,
        "%d processors, load %.1f before the run%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    try (Chromium chromium = Chromium.start()) {
      scrolling(chromium, Files.createDirectory(folder.resolve("desk")));
      firstPicture(chromium, Files.createDirectory(folder.resolve("node")));
    } finally {
      delete(folder);
    }
  }

  private static void scrolling(Chromium chromium, Path folder) throws Exception {
    try (DeskServer desk = new DeskServer(folder)) {
      for (int i = 0; i < CAMERAS; i++) {
        desk.api
            .json(
                "POST",
                "/api/v1/cameras",
                "{\"id\": \"c%d\", \"name\": \"Camera %d\", \"url\": \"rtsp://127.0.0.1:1/c%d\"}"
                    .formatted(i, i, i))
            .expect(201);
      }
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      page.navigate(EMPTY);
      double empty = row("an empty page", page, "#area", 0);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/cameras?show=all");
      page.waitForSelector(".tablewrap tbody tr[data-camera]");
      row("the table of 200 cameras", page, ".tablewrap", empty);
      page.setViewportSize(390, 844);
      page.navigate(desk.address + "#/wall?layout=36");
      page.waitForSelector(".tiles > li >> nth=35");
      row("36 tiles of 200 cameras on a phone", page, "html", empty);
    }
  }

  /**
   * @param empty the frames per second of the empty page; 0 for that page itself
   * @return frames per second
   */
  private static double row(String what, Page page, String selector, double empty) {
    CDPSession devtools = page.context().newCDPSession(page);
    JsonObject ticks = new JsonObject();
    ticks.addProperty("timeDomain", "threadTicks");
    devtools.send("Performance.enable", ticks);
    double before = taskSeconds(devtools);
    List<?> times = (List<?>) page.evaluate(SCROLL, selector);
    double busy = taskSeconds(devtools) - before;
    devtools.detach();
    double[] sorted =
        times.stream().mapToDouble(one -> ((Number) one).doubleValue()).sorted().toArray();
    double rate = 1000 * sorted.length / Arrays.stream(sorted).sum();
    System.out.printf(
        Locale.ROOT,
        "%-40s %5.1f ms between frames, %5.1f at the 95th percentile, %4.1f frames/s%s; %4.1f ms of the processor each%n",
        what,
        sorted[sorted.length / 2],
        sorted[sorted.length * 95 / 100],
        rate,
        empty == 0 ? "" : String.format(Locale.ROOT, ", %.2f of the empty page", rate / empty),
        1000 * busy / sorted.length);
    return rate;
  }

  /** The processor time of the page's main thread since it began, in seconds. */
  private static double taskSeconds(CDPSession devtools) {
    for (JsonElement one : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (one.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return one.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new IllegalStateException("the browser has no TaskDuration");
  }

  private static void firstPicture(Chromium chromium, Path folder) throws Exception {
    try (CameraSimulator simulator = StartedNode.simulator("path");
        Node node =
            StartedNode.start(
                folder,
                "cameras:\n  - {id: path, url: '%s'}\n".formatted(simulator.address("path")))) {
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, node.address(), LoggedIn.firstAdministrator(node));
      double[] millis = new double[RUNS];
      long bytes = 0;
      for (int i = 0; i < RUNS; i++) {
        page.navigate("about:blank");
        page.navigate(node.address() + "#/wall");
        millis[i] = ((Number) page.evaluate(FIRST_PICTURE)).doubleValue();
        bytes = i == 0 ? ((Number) page.evaluate(RECEIVED)).longValue() : bytes;
      }
      System.out.printf(
          Locale.ROOT, "%-40s %5.0f kB over the wire until then%n", "the first page", bytes / 1e3);
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "%-40s %5.0f ms, the median of %d; at most %.0f%n",
          "the first picture of the wall",
          millis[RUNS / 2],
          RUNS,
          millis[RUNS - 1]);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
