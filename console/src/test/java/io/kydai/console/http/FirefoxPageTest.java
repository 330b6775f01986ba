package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in the other browser that control rooms have: every page opens, fits and is as
 * accessible as in Chromium, and the wall shows moving pictures and says how old they are.
 */
@Tag("browser")
@Timeout(900)
class FirefoxPageTest {
  private static final String VIDEO = "document.querySelector('kydai-tile video')";

  @TempDir Path folder;

  @Test
  void everyPageOpensAndFits() throws Exception {
    List<String> found = new ArrayList<>();
    try (DeskServer desk = new DeskServer(Files.createDirectory(folder.resolve("desk")));
        Firefox firefox =
            Firefox.start(Files.createDirectory(folder.resolve("profile")), "vi,en")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              """
              {"id": "gate", "name": "Cầu Trường Tiền, đầu phía bắc, nhìn ra đường Trần Hưng Đạo",
               "url": "rtsp://127.0.0.1:1/gate", "groups": ["old-town"],
               "place": {"lat": 16.469, "lon": 107.589, "address": "Trần Hưng Đạo, Huế"}}
              """)
          .expect(201);
      desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
      firefox.logIn(desk.address, LoggedIn.cookie(desk.address));
      firefox.navigate(desk.address.toString());
      firefox.until("document.querySelector('.app .nav a')");
      firefox.run(Axe.script());
      List<String> views = new ArrayList<>();
      firefox.evaluate(PageMatrixTest.VIEWS).forEach(view -> views.add(view.asText()));
      assertThat(views).hasSizeGreaterThan(15);
      for (String view : views) {
        look(firefox, view, found);
      }
      firefox.screenshot("firefox-" + views.get(views.size() - 1));
      assertThat(firefox.complaints).isEmpty();
    }
    assertThat(found).isEmpty();
  }

  /** Also of releases before 132, which have no requestVideoFrameCallback. */
  @Test
  void theWallShowsMovingPicturesAndSaysHowOldTheyAre() throws Exception {
    try (CameraSimulator simulator = StartedNode.simulator("path");
        Node node =
            StartedNode.start(
                folder, "cameras: [{id: path, url: '%s'}]".formatted(simulator.address("path")));
        Firefox firefox =
            Firefox.start(Files.createDirectory(folder.resolve("profile")), "vi,en")) {
      firefox.logIn(node.address(), LoggedIn.firstAdministrator(node));
      firefox.navigate(node.address() + "#/wall");
      assumeTrue(
          firefox
              .evaluate("MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.4d4028\"')")
              .asBoolean(),
          "needs Debian package libavcodec59, with which Firefox plays H.264");
      moves(firefox);
      firefox.screenshot("firefox-wall");
      turnAway(firefox);
      firefox.beforeEachPage(
          "delete HTMLVideoElement.prototype.requestVideoFrameCallback;"
              + "delete HTMLVideoElement.prototype.cancelVideoFrameCallback");
      firefox.navigate("about:blank");
      firefox.navigate(node.address() + "#/wall");
      firefox.until("!('requestVideoFrameCallback' in document.createElement('video'))");
      moves(firefox);
      simulator.misbehave("path", Fault.parse("stall"));
      firefox.until("document.querySelector('kydai-tile .screen.stale .say')");
      assertThat(firefox.evaluate("document.querySelector('kydai-tile .age').textContent").asText())
          .as("of a picture that is not live")
          .isEmpty();
      simulator.behave("path");
      moves(firefox);
      assertThat(firefox.complaints).isEmpty();
    }
  }

  /** Waits for a tile's video to go on by two seconds, with new pictures, and for its age. */
  private static void moves(Firefox firefox) throws Exception {
    firefox.until(VIDEO + "?.readyState >= 2 && document.querySelector('kydai-tile .screen.live')");
    double from = firefox.evaluate(VIDEO + ".currentTime").asDouble();
    int shown = firefox.evaluate(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames").asInt();
    firefox.until(
        VIDEO
            + ".currentTime > %s + 2 && %s.getVideoPlaybackQuality().totalVideoFrames > %d + 10"
                .formatted(from, VIDEO, shown));
    firefox.until("/[0-9]/.test(document.querySelector('kydai-tile .age').textContent)");
  }

  /** Leaves the wall while its stream still connects, of which Firefox's console must not speak. */
  private static void turnAway(Firefox firefox) throws Exception {
    for (int milliseconds = 0; milliseconds < 40; milliseconds += 5) {
      firefox.evaluate("(location.hash = '#/cameras')");
      firefox.until("!document.querySelector('kydai-tile')");
      firefox.evaluate("(location.hash = '#/wall')");
      firefox.until("document.querySelector('kydai-tile video')");
      firefox.evaluate("new Promise((done) => setTimeout(done, %d))".formatted(milliseconds));
    }
  }

  private static void look(Firefox firefox, String view, List<String> found) throws Exception {
    String place = PageMatrixTest.OF_A_CAMERA.getOrDefault(view, view);
    firefox.evaluate("(location.hash = '#/" + place + "')");
    firefox.until("document.querySelector('main h1')");
    for (int[] size : new int[][] {{390, 844}, {1366, 768}}) {
      firefox.size(size[0], size[1]);
      firefox.evaluate("new Promise((done) => requestAnimationFrame(() => done(1)))");
      for (JsonNode one : firefox.evaluate("(" + PageMatrixTest.WIDER + ")()")) {
        found.add("%s, %d wide: %s is too wide".formatted(view, size[0], one.asText()));
      }
    }
    for (JsonNode one : firefox.evaluate(Axe.RULES)) {
      found.add(view + ": " + one.asText());
    }
  }
}
