package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages by axe-core's rules for WCAG 2.2 A and AA, at the size of a workstation, of a phone,
 * and of a workstation at 200% zoom; each language and theme is that of one or two of these.
 */
@Tag("browser")
@Timeout(600)
class AccessibilityTest {
  private static final List<String> PAGES =
      List.of(
          "#/wall",
          "#/incidents",
          "#/search?span=168&type=crowding",
          "#/desk-statistics",
          "#/deadlines",
          "#/playback?cameras=gate",
          "#/people",
          "#/tokens",
          "#/agencies/desk",
          "#/routing",
          "#/reject-reasons",
          "#/second-look",
          "#/templates",
          "#/webhooks",
          "#/retention",
          "#/log-levels",
          "#/sounds",
          "#/audit",
          "#/account",
          "#/cameras/gate",
          "#/agency");
  private static final List<String> DESK_SETTINGS =
      List.of("#/agencies/desk", "#/routing", "#/reject-reasons", "#/templates");
  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;
  private String assigned;
  private final List<String> found = new ArrayList<>();

  /** How a page is looked at. */
  private record Look(String name, int width, int height, String language, String theme) {}

  private static final List<Look> LOOKS =
      List.of(
          new Look("workstation", 1366, 768, "vi", "dark"),
          new Look("phone", 390, 844, "en", "light"),
          new Look("200% zoom", 683, 384, "vi", "dark"));

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "name": "Cổng Ngăn", "url": "rtsp://127.0.0.1:1/gate",
             "groups": ["old-town"], "rules": []}
            """)
        .expect(201);
    desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
    assigned = "/api/v1/reports/" + desk.receive("01JD00000000000000000000A2", "b.jpg", "b").id();
    desk.api.json("POST", assigned + "/verify", "{}").expect(200);
    desk.api.json("POST", assigned + "/assign", "{\"agency\": \"ward\"}").expect(200);
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/agencies",
            """
            {"version": 0, "agencies": [{"id": "desk", "name": "Trực ban trung tâm"},
             {"id": "ward", "name": "Công an phường", "parent": "desk"}]}
            """)
        .expect(200);
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/routing",
            """
            {"version": 0, "zone": "Asia/Ho_Chi_Minh", "desk": "desk",
             "rules": [{"id": "crowds", "types": ["crowding"], "agency": "ward"}]}
            """)
        .expect(200);
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/templates",
            """
            {"version": 0, "templates": [{"name": "Cảm ơn", "text": "Xin cảm ơn."}]}
            """)
        .expect(200);
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
  void noPageViolatesARule() throws Exception {
    Page page = chromium.page("vi-VN");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    for (Look look : LOOKS) {
      page.setViewportSize(look.width(), look.height());
      page.navigate(desk.address.toString());
      page.evaluate(
          "([language, theme]) => { localStorage.setItem('kydai.language', language);"
              + " localStorage.setItem('kydai.theme', theme); }",
          List.of(look.language(), look.theme()));
      page.reload();
      page.waitForSelector(".tiles");
      page.evaluate(Axe.script());
      for (String place : PAGES) {
        page.evaluate("hash => { location.hash = hash; }", place);
        page.waitForSelector("main h1");
        if (DESK_SETTINGS.contains(place)) {
          page.waitForSelector(".desk-setting form .save");
        }
        if (place.equals("#/incidents")) {
          page.waitForSelector(".item.incident");
          check(page, look, "the list of incidents");
          page.evaluate("location.hash = document.querySelector('.item.incident').hash");
          page.waitForSelector(".decide .rejectfor").click();
          page.waitForSelector(".decide .reasons.on .btn");
        }
        check(page, look, place);
      }
      for (String step : List.of("", "?do=return")) {
        String place = "#/agency/" + assigned.substring("/api/v1/reports/".length()) + step;
        page.evaluate("hash => { location.hash = hash; }", place);
        page.waitForSelector(step.isEmpty() ? ".agdo .accept" : ".agdo textarea");
        check(page, look, place);
      }
      page.evaluate("location.hash = '#/wall'");
      page.waitForSelector(".feed .item").click();
      page.waitForSelector(".drawer .why");
      check(page, look, "an alert over the wall");
      page.keyboard().press("Escape");
      page.keyboard().press("?");
      page.waitForSelector("#help[open]");
      check(page, look, "the keys");
    }
    assertThat(found).isEmpty();
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void thePageToSignInViolatesNoRule() throws Exception {
    Page page = chromium.page("vi-VN");
    for (Look look : LOOKS) {
      page.setViewportSize(look.width(), look.height());
      page.navigate(desk.address + "signin.html");
      page.evaluate("theme => localStorage.setItem('kydai.theme', theme)", look.theme());
      page.reload();
      page.waitForSelector("#password");
      page.evaluate(Axe.script());
      check(page, look, "sign in");
    }
    assertThat(found).isEmpty();
  }

  private void check(Page page, Look look, String place) {
    for (Object one : (List<?>) page.evaluate(Axe.RULES)) {
      found.add("%s, %s: %s".formatted(place, look, one));
    }
  }
}
