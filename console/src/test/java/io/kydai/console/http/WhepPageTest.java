package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live pictures by WebRTC, of a whole node with a simulated camera over RTSP, as Chromium plays
 * them with a client of others, {@code whip-whep}.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class WhepPageTest {
  private static final String CLIENT = "whip-whep@1.2.0";
  private static final String ADDRESS = "/api/v1/cameras/north/whep";

  private static final String PLAYER =
      """
      <!doctype html><title>player</title>
      <video muted playsinline autoplay width=640></video>
      <script type="module">
      import { WHEPClient } from '/whep.js';
      const video = (window.video = document.querySelector('video'));
      window.problems = [];
      window.pictures = 0;
      addEventListener('unhandledrejection', (event) => {
        problems.push(String(event.reason));
        event.preventDefault();
      });
      const count = () => {
        if (pictures++ === 0) window.first = performance.now();
        video.requestVideoFrameCallback(count);
      };
      video.requestVideoFrameCallback(count);
      window.watch = async (address, token, port) => {
        window.begun = performance.now();
        window.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
        pc.addTransceiver('audio', { direction: 'recvonly' });
        pc.addTransceiver('video', { direction: 'recvonly' });
        pc.ontrack = (event) => {
          if (event.track.kind === 'video') video.srcObject = new MediaStream([event.track]);
        };
        window.client = new WHEPClient();
        if (port) client.onAnswer = (sdp) => sdp.replace(/(a=candidate:.* )\\d+( typ host)/g, `$1${port}$2`);
        await client.view(pc, new URL(address, location).href, token);
      };
      window.stat = async (type, name) => {
        for (const one of (await pc.getStats()).values()) {
          if (one.type === type && one[name] !== undefined) return one[name];
        }
        return -1;
      };
      window.ready = true;
      </script>
      """;

  @TempDir static Path folder;

  private CameraSimulator simulator;
  private Node node;
  private String token;
  private String cookie;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    NpmPackages.assume(folder, CLIENT);
    simulator = StartedNode.simulator("north");
    node =
        StartedNode.start(
            folder,
            "webrtc: {port: 0}\ncameras:\n  - {id: north, name: North, url: \"%s\"}\n"
                .formatted(simulator.address("north")));
    cookie = LoggedIn.firstAdministrator(node);
    token = LoggedIn.tokenOf(node.address(), cookie);
    api = new Api(node.address(), token);
    while (!api.get("/api/v1/cameras/north").json().at("/status/state").asText().equals("live")) {
      Thread.onSpinWait();
    }
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  private Page player(Chromium chromium) throws Exception {
    String client = Files.readString(folder.resolve("node_modules/whip-whep/whep.js"));
    Page page = chromium.page("en-US");
    page.route(
        "**/player-of-others.html",
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(PLAYER)));
    page.route(
        "**/whep.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(client)));
    page.navigate(node.address() + "player-of-others.html");
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("window.ready === true")));
    return page;
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private static void awaitPictures(Page page, int more) {
    double before = number(page, "pictures");
    page.waitForCondition(() -> number(page, "pictures") >= before + more);
  }

  private void watch(Page page, int port) {
    page.evaluate("watch('%s', '%s', %d)".formatted(ADDRESS, token, port));
  }

  private double counted(String name) throws Exception {
    return new String(api.get("/metrics").body(), UTF_8)
        .lines()
        .filter(line -> line.startsWith("kydai_streaming_whep_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void aClientOfOthersPlaysAndItsEndIsTheSessions() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = player(chromium);
      watch(page, 0);
      awaitPictures(page, 30);
      System.out.printf(
          "WHEP: the first picture came %.0f ms after the question; %s of %s packets were lost%n",
          number(page, "first - begun"),
          page.evaluate("stat('inbound-rtp', 'packetsLost')"),
          page.evaluate("stat('inbound-rtp', 'packetsReceived')"));
      Chromium.screenshot(page, "whep");
      assertThat(number(page, "video.videoWidth")).isPositive();
      // The client's own restart of ICE, as after a change of its network.
      page.evaluate("client.restart()");
      page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("client.restartIce === null")));
      awaitPictures(page, 20);
      assertThat(counted("sessions")).isEqualTo(1);
      waysEstimateIsSensible(page);
      page.evaluate("client.stop()");
      awaitNoSession();
      assertThat(chromium.complaints).isEmpty();
    }
  }

  /** The browser tells how packets arrive; this machine's way carries what the camera sends. */
  private void waysEstimateIsSensible(Page page) throws Exception {
    while (counted("way_bytes_count") == 0) {
      Thread.onSpinWait();
    }
    double mean = 8 * counted("way_bytes_sum") / counted("way_bytes_count");
    double sent =
        number(page, "stat('inbound-rtp', 'bytesReceived')")
            * 8_000
            / number(page, "performance.now() - begun");
    System.out.printf(
        "WHEP: the way carries %.1f Mbit/s by %.0f messages, %.1f Mbit/s were sent%n",
        mean / 1e6, counted("way_bytes_count"), sent / 1e6);
    assertThat(mean).isBetween(sent / 2, 100e6);
  }

  @Test
  void whatTheWayLosesComesAgain() throws Exception {
    int port = Integer.parseInt(serverPort());
    try (LossyRelay relay = new LossyRelay(port, 50);
        Chromium chromium = Chromium.start()) {
      Page page = player(chromium);
      double before = counted("packets_repeated_total");
      watch(page, relay.port());
      awaitPictures(page, 100);
      System.out.printf(
          "WHEP with 2 %% lost: %s of %s packets came again, %s pictures were dropped,"
              + " %s key frames asked for%n",
          page.evaluate("stat('inbound-rtp', 'retransmittedPacketsReceived')"),
          page.evaluate("stat('inbound-rtp', 'packetsReceived')"),
          page.evaluate("stat('inbound-rtp', 'framesDropped')"),
          page.evaluate("stat('inbound-rtp', 'pliCount')"));
      assertThat(number(page, "stat('inbound-rtp', 'nackCount')")).isPositive();
      assertThat(number(page, "stat('inbound-rtp', 'retransmittedPacketsReceived')")).isPositive();
      assertThat(counted("packets_repeated_total")).isGreaterThan(before);
      page.evaluate("client.stop()");
      awaitNoSession();
    }
  }

  /** The port that an answer names. */
  private String serverPort() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = player(chromium);
      watch(page, 0);
      String port =
          (String)
              page.evaluate("pc.remoteDescription.sdp.match(/candidate:.* (\\d+) typ host/)[1]");
      page.evaluate("client.stop()");
      awaitNoSession();
      return port;
    }
  }

  /**
   * What both pictures of an enlarged tile show of the same frames, and how late, from the camera's
   * clock to the screen: medians in milliseconds.
   */
  private static final String COMPARISON =
      """
      async (milliseconds) => {
        const [usual] = document.querySelectorAll('kydai-tile video:not(.fast)');
        const fast = document.querySelector('kydai-tile video.fast');
        let taken;
        const socket = new WebSocket(`ws://${location.host}/api/v1/cameras/north/live`);
        socket.onmessage = ({ data }) => {
          if (typeof data !== 'string') return;
          const { type, wallClock, mediaTime } = JSON.parse(data);
          if (type === 'observation') taken = Date.parse(wallClock) - mediaTime / 90;
        };
        const g = new OffscreenCanvas(160, 90).getContext('2d', { willReadFrequently: true });
        // The two decoders' colours differ a little, evenly: only what differs from the mean counts.
        const grey = (picture) => {
          g.drawImage(picture, 0, 0, 160, 90);
          const { data } = g.getImageData(0, 0, 160, 90);
          const values = Float32Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 1]);
          const mean = values.reduce((all, one) => all + one, 0) / values.length;
          return values.map((one) => one - mean);
        };
        const apart = (one, other) =>
          one.reduce((all, value, at) => all + Math.abs(value - other[at]), 0);
        const follow = (picture) => {
          const seen = [];
          const shown = (now, { mediaTime, expectedDisplayTime }) => {
            const at = performance.timeOrigin + expectedDisplayTime;
            seen.push({ grey: grey(picture), mediaTime, at });
            picture.requestVideoFrameCallback(shown);
          };
          picture.requestVideoFrameCallback(shown);
          return seen;
        };
        const [byWebRtc, byUsual] = [follow(fast), follow(usual)];
        await new Promise((over) => setTimeout(over, milliseconds));
        socket.close();
        const late = { whep: [], mse: [] };
        for (const one of byUsual) {
          const near = byWebRtc.filter(({ at }) => Math.abs(at - one.at) < 2000);
          if (!near.length || taken === undefined) continue;
          const same = near.reduce((best, next) =>
            apart(next.grey, one.grey) < apart(best.grey, one.grey) ? next : best);
          const then = taken + one.mediaTime * 1000;
          late.mse.push(one.at - then);
          late.whep.push(same.at - then);
        }
        const median = (values) => values.sort((a, b) => a - b)[values.length >> 1] ?? -1;
        return { frames: late.mse.length, whep: median(late.whep), mse: median(late.mse) };
      }
      """;

  /** As scripts/bench prints: for who reads it, not for a test to judge a busy machine by. */
  @Test
  void bothPicturesOfATileShowTheSameFrames() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = chromium.page("en-US");
      LoggedIn.into(page, node.address(), cookie);
      page.navigate(node.address() + "#/wall?cam=north");
      page.waitForSelector(".bar .fast");
      Chromium.await(page, ".tile .age", "s");
      page.keyboard().press("l");
      page.waitForSelector("kydai-tile canvas[data-fast=true]");
      Object found = page.evaluate(COMPARISON, 6_000);
      System.out.printf(
          "from the camera's clock to the screen, medians in ms: %s; load %.1f on %d cores%n",
          found,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          Runtime.getRuntime().availableProcessors());
      assertThat(((Number) ((Map<?, ?>) found).get("frames")).intValue()).isPositive();
      page.keyboard().press("l");
      awaitNoSession();
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void anEnlargedTileIsShownWithTheLowestDelayAndOtherwiseAsUsual() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = chromium.page("en-US");
      LoggedIn.into(page, node.address(), cookie);
      page.navigate(node.address() + "#/wall?cam=north");
      page.waitForSelector(".bar .fast");
      Chromium.await(page, ".tile .age", "s");
      page.keyboard().press("l");
      page.waitForSelector("kydai-tile canvas[data-fast=true]");
      page.waitForCondition(
          () ->
              number(
                      page,
                      "document.querySelector('video.fast').getVideoPlaybackQuality()"
                          + ".totalVideoFrames")
                  > 20);
      page.waitForSelector("kydai-tile canvas[data-fast=true][data-exact=false]");
      Chromium.screenshot(page, "wall-lowest-delay");
      assertThat(counted("sessions")).isEqualTo(1);
      page.keyboard().press("l");
      page.waitForSelector("kydai-tile canvas[data-fast=false]");
      awaitNoSession();
      page.route("**/whep", route -> route.fulfill(new Route.FulfillOptions().setStatus(501)));
      page.keyboard().press("l");
      Chromium.await(page, ".note", "WebRTC does not come");
      assertThat(page.locator("kydai-tile canvas").getAttribute("data-fast")).isEqualTo("false");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  private void awaitNoSession() throws Exception {
    while (counted("sessions") > 0) {
      Thread.onSpinWait();
    }
  }
}
