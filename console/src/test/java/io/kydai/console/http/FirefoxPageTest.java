package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.api.DeskServer;
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
 * accessible as in Chromium. Whether its wall shows moving pictures is not tested.
 */
@Tag("browser")
@Timeout(900)
class FirefoxPageTest {
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
