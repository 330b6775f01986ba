package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The map without tiles: cameras with what waits there, their list, and an area drawn by hand. */
@Tag("browser")
@Timeout(300)
class MapPageTest {
  @TempDir Path folder;

  private static final List<String> CAMERAS =
      List.of(
          "{\"id\": \"gate\", \"name\": \"Lê Lợi × Hùng Vương\", \"url\": \"rtsp://127.0.0.1/\","
              + " \"place\": {\"lat\": 16.4637, \"lon\": 107.5909, \"bearing\": 300,"
              + " \"view-angle\": 70, \"range\": 90}, \"groups\": [\"Trung tâm\"]}",
          "{\"id\": \"bridge\", \"name\": \"Cầu Phú Xuân\", \"url\": \"rtsp://127.0.0.1/\","
              + " \"place\": {\"lat\": 16.4661, \"lon\": 107.5868, \"bearing\": 40}}",
          "{\"id\": \"yard\", \"name\": \"Bến xe\", \"url\": \"rtsp://127.0.0.1/\"}");

  @Test
  void an_administrator_finds_a_camera_and_draws_an_area() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      for (String camera : CAMERAS) {
        desk.api.json("POST", "/api/v1/cameras", camera).expect(201);
      }
      desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "no picture");
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.setViewportSize(1366, 768);
      page.navigate(desk.address + "#/map");
      page.waitForSelector(".map-pin[aria-label='Lê Lợi × Hùng Vương, 1 sự việc đang chờ']");
      assertThat(page.locator(".map-list button").count()).isEqualTo(2);
      await(page, ".map-side", "1 camera chưa có vị trí");
      assertThat(page.locator("path.map-view").count()).isEqualTo(2);

      page.locator(".map-list button[data-camera=gate]").focus();
      page.keyboard().press("Enter");
      await(page, ".map-detail", "300°, rộng 70°, xa 90 m");
      await(page, ".map-detail", "Cầu Phú Xuân");
      assertThat(page.url()).contains("camera=gate");
      assertThat(page.locator("a[href*='ago=10']").getAttribute("href"))
          .isEqualTo("#/playback?cameras=gate&ago=10");
      screenshot(page, "map-1366");

      page.click(".map-bar > .btn");
      for (int[] at : new int[][] {{300, 200}, {600, 220}, {560, 460}, {280, 420}}) {
        page.click(".map-host", new Page.ClickOptions().setPosition(at[0], at[1]).setForce(true));
      }
      await(page, ".map-detail", "4 góc");
      page.fill(".map-detail input", "Trung tâm bờ Nam");
      page.keyboard().press("Enter");
      page.waitForSelector("path.map-area");
      assertThat(desk.directory.areas())
          .singleElement()
          .satisfies(area -> assertThat(area.id()).isEqualTo("trung-tam-bo-nam"))
          .satisfies(area -> assertThat(area.polygon()).hasSize(4));
      page.setViewportSize(1920, 1080);
      screenshot(page, "map-1920");
      page.setViewportSize(390, 844);
      screenshot(page, "map-390");
      page.setViewportSize(1366, 768);
      page.evaluate("document.documentElement.dataset.theme = 'light'");
      screenshot(page, "map-light");
      assertThat(chromium.complaints).isEmpty();
      assertThat(chromium.addresses)
          .allMatch(address -> address.startsWith(desk.address.toString()));
    }
  }

  @Test
  void corners_are_moved_added_and_removed_and_groups_are_drawn() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      for (String camera : CAMERAS) {
        desk.api.json("POST", "/api/v1/cameras", camera).expect(201);
      }
      desk.api
          .json(
              "PUT",
              "/api/v1/areas/bank",
              """
              {"name": "Bờ Nam", "polygon": [[16.470, 107.585], [16.470, 107.600], [16.460, 107.600]]}
              """)
          .expect(200);
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.setViewportSize(1366, 768);
      page.navigate(desk.address + "#/map?area=bank&at=16.465,107.592&zoom=15&hide=cameras,groups");
      page.click(".map-detail .btn");
      page.waitForSelector(".map-corner >> nth=2");
      page.locator("[aria-label='Góc 1']").focus();
      page.keyboard().press("Shift+ArrowLeft");
      page.waitForSelector("[aria-label='Góc 1']:focus");
      var middle = page.locator(".map-middle").nth(1).boundingBox();
      page.mouse().move(middle.x + middle.width / 2, middle.y + middle.height / 2);
      page.mouse().down();
      page.mouse().move(middle.x + 120, middle.y + 20, new Mouse.MoveOptions().setSteps(5));
      page.mouse().up();
      await(page, ".map-detail", "4 góc");
      page.click(".map-bar .seg .btn >> nth=3");
      page.waitForSelector("path.map-group");
      screenshot(page, "map-corners");
      page.locator("[aria-label='Góc 2']").focus();
      page.keyboard().press("Delete");
      await(page, ".map-detail", "3 góc");
      page.click(".map-detail .btn.primary");
      page.waitForCondition(() -> page.locator(".map-corner").count() == 0);
      var polygon = desk.directory.areas().iterator().next().polygon();
      assertThat(polygon).hasSize(3);
      assertThat(polygon.get(0).lon()).isLessThan(107.585);
      assertThat(polygon.get(0).lat()).isEqualTo(16.470, within(1e-4));
      assertThat(polygon.get(1).lon()).as("what was dragged from the middle").isGreaterThan(107.6);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void a_cameras_place_is_chosen_on_the_map_and_what_it_looks_at_stays() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      for (String camera : CAMERAS) {
        desk.api.json("POST", "/api/v1/cameras", camera).expect(201);
      }
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.setViewportSize(1366, 768);
      page.navigate(desk.address + "#/cameras/gate");
      page.click("kydai-camera-actions .edit");
      String before = page.inputValue("#about-lat");
      page.click(".pick");
      page.waitForSelector(".place-map .map-corner");
      page.locator(".place-map").focus();
      page.keyboard().press("ArrowUp");
      page.keyboard().press("Enter");
      page.waitForCondition(() -> !page.inputValue("#about-lat").equals(before));
      screenshot(page, "camera-place");
      String chosen = page.inputValue("#about-lat");
      page.click("dialog .btn.primary");
      page.waitForCondition(() -> page.locator("dialog[open] #about-lat").count() == 0);
      var place = desk.api.get("/api/v1/cameras/gate").expect(200).json().get("place");
      assertThat(place.get("lat").asText()).isEqualTo(chosen);
      assertThat(place.get("bearing").asInt()).isEqualTo(300);
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
