package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Boxes belong to the frame that is shown: a camera whose pictures say their number ({@link
 * CountedCamera}) goes through a whole node, its detector and its tracker, into Chromium, where the
 * number is read from the pixels on the screen and compared with where the box is.
 */
@Tag("browser")
@Tag("timing")
@Timeout(180)
class BoxesOnFramesTest {
  /** Of each picture shown: its number, the box of the person, and what it took from the camera. */
  private static final String FOLLOW =
      """
      async ({ timing, pictures, field, bits }) => {
        localStorage.setItem('kydai.box-timing', timing);
        const { LivePlayer } = await import('/live.js');
        const video = document.createElement('video');
        Object.assign(video, { muted: true, playsInline: true, width: 768 });
        document.body.replaceChildren(video);
        const player = new LivePlayer('counted', video);
        let taken;
        player.addEventListener('observation', ({ detail: { wallClock, mediaTime } }) => {
          if (wallClock) taken = Date.parse(wallClock) - mediaTime / 90;
        });
        const g = new OffscreenCanvas(bits, 1).getContext('2d', { willReadFrequently: true });
        const number = () => {
          g.drawImage(video, 0, field / 4, bits * field, field / 2, 0, 0, bits, 1);
          const { data } = g.getImageData(0, 0, bits, 1);
          let value = 0;
          for (let bit = 0; bit < bits; bit++) if (data[4 * bit] > 127) value |= 1 << bit;
          return value;
        };
        const seen = [];
        let warm = 0;
        await new Promise((over) => {
          const shown = (_, { mediaTime, expectedDisplayTime }) => {
            const { tracks, exact } = player.observationAt(mediaTime);
            // The beginning is left out: the tracker has not seen the person yet.
            if (tracks.length && ++warm > 40) {
              const [left, , right] = tracks[0].box;
              seen.push({
                number: number(), exact, middle: (left + right) / 2, tracks: tracks.length,
                late: performance.timeOrigin + expectedDisplayTime - taken - mediaTime * 1000,
                behind: player.latency,
              });
            }
            if (seen.length < pictures) video.requestVideoFrameCallback(shown);
            else over();
          };
          video.requestVideoFrameCallback(shown);
        });
        player.close();
        return seen;
      }
      """;

  @TempDir Path folder;
  private Chromium chromium;

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static double number(Map<String, Object> one, String name) {
    return ((Number) one.get(name)).doubleValue();
  }

  /** By how many pictures boxes trail behind the person; where a detector errs does not count. */
  private static double trail(List<Map<String, Object>> seen) {
    return (error(seen, -1) - error(seen, 1)) / 2 / CountedCamera.STEP;
  }

  private static double error(List<Map<String, Object>> seen, int direction) {
    return seen.stream()
        .filter(one -> CountedCamera.direction((int) number(one, "number")) == direction)
        .mapToDouble(
            one ->
                number(one, "middle") * CountedCamera.WIDTH
                    - CountedCamera.middle((int) number(one, "number")))
        .average()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> follow(Node node, String cookie, String timing) {
    Page page = chromium.page("en-GB");
    LoggedIn.into(page, node.address(), cookie);
    // A page of the node: one that is made up here might not open WebSockets.
    page.navigate(node.address() + "share.html");
    return (List<Map<String, Object>>)
        page.evaluate(
            FOLLOW,
            Map.of(
                "timing",
                timing,
                "pictures",
                Integer.getInteger("kydai.boxes.pictures", 100),
                "field",
                CountedCamera.FIELD,
                "bits",
                CountedCamera.BITS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"synchronised", "fast"})
  void aBoxIsWhereThePersonIsOnThePictureShown(String timing) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "needs Debian package ffmpeg");
    chromium = Chromium.start();
    try (CameraSimulator simulator =
            CameraSimulator.builder()
                .camera(
                    new SimulatedCamera("counted", CountedCamera.clip(folder), CountedCamera.FPS))
                .start();
        Node node =
            StartedNode.start(
                folder,
                "cameras:\n  - {id: counted, name: C, url: '%s', rules: []}\n"
                    .formatted(simulator.address("counted")))) {
      List<Map<String, Object>> seen = follow(node, LoggedIn.firstAdministrator(node), timing);
      List<Map<String, Object>> exact =
          seen.stream().filter(one -> Boolean.TRUE.equals(one.get("exact"))).toList();
      double trail = trail(seen);
      System.out.printf(
          "%s: %d pictures, %d with their own boxes; boxes trail by %.2f pictures;"
              + " camera to screen %.0f ms (95 %%: %.0f); load %.1f%n",
          timing,
          seen.size(),
          exact.size(),
          trail,
          at(seen, 0.5),
          at(seen, 0.95),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      if (timing.equals("synchronised")) {
        assertThat(exact).as("pictures that waited for their boxes").isNotEmpty();
        assertThat(trail(exact)).as("pictures by which exact boxes trail").isBetween(-0.5, 0.5);
      }
      assertThat(trail).as("pictures by which boxes trail").isBetween(-1.5, 1.5);
    }
  }

  private static double at(List<Map<String, Object>> seen, double share) {
    double[] late = seen.stream().mapToDouble(one -> number(one, "late")).sorted().toArray();
    return late[(int) (share * (late.length - 1))];
  }
}
