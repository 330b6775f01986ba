package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Alerts;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search on the map: an area that is drawn, and the route of a plate. */
@Tag("browser")
@Timeout(300)
class PlateRoutePageTest {
  private static final Instant NOW = Instant.now();

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    camera("cau", "Cầu Trường Tiền, đầu Bắc", 16.4690, 107.5890, "Trần Hưng Đạo");
    camera("nga-sau", "Ngã sáu Hùng Vương", 16.4610, 107.5960, "Hùng Vương");
    camera("ga", "Ga Huế", 16.4560, 107.5790, "Bùi Thị Xuân");
    receive("a1", "cau", 1800);
    receive("a2", "nga-sau", 1500);
    receive("a3", "ga", 1490);
    receive("a4", "cau", 600);
  }

  private void camera(String id, String name, double lat, double lon, String address)
      throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            ("{\"id\": \"%s\", \"name\": \"%s\", \"url\": \"rtsp://127.0.0.1:1/\","
                    + " \"place\": {\"lat\": %s, \"lon\": %s, \"address\": \"%s\"}}")
                .formatted(id, name, lat, lon, address))
        .expect(201);
  }

  private void receive(String id, String camera, int secondsAgo) {
    Alert like = Alerts.read(DeskServer.alert(id), "75F100041", 0.93);
    Timestamp start = new Timestamp(MediaTime.ZERO, NOW.minusSeconds(secondsAgo));
    desk.receive(
        new Alert(
            AlertId.of(id),
            new Alert.Origin(new CameraId(camera), RuleId.of("r"), "red-light"),
            like.phase(),
            new Alert.Span(start, start.plus(Duration.ofSeconds(2))),
            like.participants(),
            new Alert.Finding("over the line", Map.of())));
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

  private Page at(String place) throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    return page;
  }

  private static void rows(Page page, int count) {
    page.waitForCondition(() -> page.locator(".search-table tbody tr").count() == count);
  }

  @Test
  void a_plate_that_is_typed_as_a_word_leads_to_its_route_on_the_map() throws Exception {
    Page page = at("#/search");
    rows(page, 4);
    page.fill("[name=text]", "75f1-000.41");
    page.keyboard().press("Enter");
    rows(page, 0);
    await(page, ".plate-offer", "75F100041");
    screenshot(page, "search-plate-offer");
    page.focus(".plate-offer .btn");
    page.keyboard().press("Enter");
    await(page, ".needs-reason", "Nêu lý do");
    page.fill("[name=reason]", "Công văn 123");
    page.keyboard().press("Tab");
    rows(page, 4);
    assertThat(page.getAttribute(".files .pdf", "href")).contains("format=pdf", "language=vi");
    screenshot(page, "search-files-1366");
    page.focus("a.route");
    page.keyboard().press("Enter");
    page.waitForSelector(".route-list li:nth-child(4)");
    assertThat(page.url()).contains("plate=75F100041").doesNotContain("123");
    await(page, ".route-page [role=status]", "4 lần đọc");
    await(page, ".route-page [role=status] .amber", "1 quãng không thể có");
    assertThat(page.textContent("[data-read='3']")).contains("Không thể có", "Ga Huế");
    page.waitForCondition(() -> page.locator(".route-point").count() == 3);
    assertThat(page.locator(".route-line.is-jump").count()).isEqualTo(1);
    assertThat(page.locator(".route-point").allTextContents()).contains("1, 4", "2", "3");
    assertThat(page.locator(".route-map").boundingBox().y).as("above the fold").isLessThan(300);
    screenshot(page, "route-1366");
    page.locator(".route-point").nth(1).focus();
    page.keyboard().press("Enter");
    page.waitForSelector("[data-read='2'][aria-current=true]");
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    page.setViewportSize(390, 844);
    screenshot(page, "route-390-light");
    page.waitForCondition(
        () ->
            page.locator(".route-point").all().stream()
                .map(Locator::boundingBox)
                .allMatch(point -> point.x > 0 && point.x + point.width < 390));
    page.locator(".route-map").scrollIntoViewIfNeeded();
    screenshot(page, "route-390-light-map");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_report_shows_its_place_on_a_small_map_that_needs_no_tiles() throws Exception {
    Page page = at("#/search");
    rows(page, 4);
    page.locator(".search-table tbody tr").first().locator("a").focus();
    page.keyboard().press("Enter");
    page.waitForSelector(".facts-side .minimap .here");
    page.waitForCondition(() -> page.locator(".facts-side .minimap .other").count() > 0);
    assertThat(page.getAttribute(".facts-side .minimap", "aria-label")).contains("Cầu Trường Tiền");
    assertThat(page.locator(".minimap image").count()).isZero();
    screenshot(page, "minimap-incident-1366");
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    page.setViewportSize(390, 844);
    page.locator(".facts-side .minimap").scrollIntoViewIfNeeded();
    screenshot(page, "minimap-incident-390");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void what_was_attached_is_removed_with_a_reason() throws Exception {
    String report = desk.api.get("/api/v1/reports").json().at("/reports/0/id").asText();
    desk.api
        .send(
            "POST",
            "/api/v1/reports/" + report + "/attachments?name=b%C3%A0i.pdf",
            "%PDF-1.7 x",
            "Content-Type",
            "application/octet-stream")
        .expect(201);
    Page page = at("#/reports/" + report);
    page.waitForSelector("kydai-attachments");
    page.locator("kydai-attachments").scrollIntoViewIfNeeded();
    page.waitForSelector(".attached li");
    page.focus(".attached li .btn");
    page.keyboard().press("Enter");
    page.keyboard().type("gửi nhầm");
    screenshot(page, "attachment-removing");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.locator(".attached li").count() == 0);
    await(page, ".hist .now", "gửi nhầm");
    assertThat(desk.api.get("/api/v1/reports/" + report + "/attachments").json().get("attachments"))
        .isEmpty();
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_route_without_its_reason_is_not_asked_for() throws Exception {
    Page page =
        at(
            "#/plate-route?plate=75F100041&from=%s&until=%s"
                .formatted(NOW.minusSeconds(3600), NOW.plusSeconds(3600)));
    await(page, ".route-page [role=status]", "lý do");
    page.fill("[name=reason]", "Công văn 7");
    page.keyboard().press("Enter");
    page.waitForSelector(".route-list li:nth-child(4)");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void an_area_is_drawn_on_the_map_and_is_in_the_address() throws Exception {
    Page page = at("#/search");
    rows(page, 4);
    page.focus(".draw");
    page.keyboard().press("Enter");
    page.waitForSelector(".draw-map .leaflet-marker-icon");
    page.locator(".draw-map").scrollIntoViewIfNeeded();
    BoundingBox map = page.locator(".draw-map").boundingBox();
    // The upper half: the bridge alone is there.
    for (double[] corner : new double[][] {{0.02, 0.02}, {0.85, 0.02}, {0.85, 0.4}, {0.02, 0.4}}) {
      page.mouse().click(map.x + map.width * corner[0], map.y + map.height * corner[1]);
    }
    await(page, ".draw-area [role=status]", "4 góc");
    screenshot(page, "search-drawing");
    page.focus(".draw-area .use");
    page.keyboard().press("Enter");
    rows(page, 2);
    assertThat(page.url()).contains("polygon=16.4");
    await(page, "[data-condition=polygon]", "vùng vẽ, 4 góc");
    page.reload();
    rows(page, 2);
    page.focus("[data-condition=polygon]");
    page.keyboard().press("Enter");
    rows(page, 4);
    assertThat(chromium.complaints).isEmpty();
  }
}
