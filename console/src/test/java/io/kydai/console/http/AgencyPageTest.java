package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.kydai.console.http.api.DeskServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agency's officer with a phone: from the report that was routed there to the closed one. */
@Tag("browser")
@Timeout(300)
class AgencyPageTest {
  private static final String REPORTS = "/api/v1/reports/";

  @TempDir Path folder;
  private Chromium chromium;
  private DeskServer desk;
  private Page page;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "name": "Lê Lợi × Hùng Vương", "url": "rtsp://127.0.0.1:1/gate",
             "place": {"lat": 16.4637, "lon": 107.5909, "address": "phường Thuận Hóa"}}
            """)
        .expect(201);
    put(
        "/api/v1/desk/agencies",
        """
        {"version": 0, "agencies": [{"id": "csgt-1", "name": "Đội CSGT số 1"},
          {"id": "team", "name": "Tổ tuần tra", "parent": "csgt-1"},
          {"id": "ward", "name": "Công an phường"}]}
        """);
    routedTo(0, "csgt-1");
    dueWithin(0, "PT3H40M");
    officer("tuan", "csgt-1");
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

  private void put(String path, String body) throws Exception {
    desk.api.json("PUT", path, body).expect(200);
  }

  private void routedTo(int version, String agency) throws Exception {
    put(
        "/api/v1/desk/routing",
        """
        {"version": %d, "zone": "Asia/Ho_Chi_Minh", "desk": "%s", "rules": []}
        """
            .formatted(version, agency));
  }

  private void dueWithin(int version, String span) throws Exception {
    put(
        "/api/v1/desk/deadlines",
        """
        {"version": %d, "zone": "Asia/Ho_Chi_Minh", "calendars": [], "rules": [
          {"id": "handle", "stage": "handle", "within": "%s", "remind": "PT0S",
           "escalate": "PT1H", "source": "a test", "verified": false}]}
        """
            .formatted(version, span));
  }

  private void officer(String name, String agency) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/accounts",
            """
            {"name": "%s", "password": "%s", "agency": "%s",
             "grants": [{"role": "agency-officer"}]}
            """
                .formatted(name, LoggedIn.PASSWORD, agency))
        .expect(201);
  }

  /** A report that the desk verified, and so sent to where the routing table says. */
  private String verified(String alert) throws Exception {
    String id = desk.receive(alert, alert + ".jpg", street()).id().value();
    JsonNode after = desk.api.json("POST", REPORTS + id + "/verify", "{}").expect(200).json();
    assertThat(after.get("state").asText()).isEqualTo("assigned");
    return id;
  }

  /** A picture of a street with a red box, as a camera's snapshot. */
  static byte[] street() throws Exception {
    return street(1280, 720);
  }

  private static byte[] street(int width, int height) throws Exception {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(new Color(0x55, 0x5f, 0x68));
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.LIGHT_GRAY);
    for (int x = 0; x < 1280; x += 120) {
      pen.fillRect(x, 420, 70, 40);
    }
    pen.setColor(Color.RED);
    pen.drawRect(560, 360, 90, 180);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", out);
    return out.toByteArray();
  }

  private JsonNode report(String id) throws Exception {
    return desk.api.get(REPORTS + id).expect(200).json();
  }

  private void openAsOfficer() throws Exception {
    page = chromium.page("vi-VN");
    page.setViewportSize(390, 844);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address, "tuan"));
    page.navigate(desk.address.toString());
    page.waitForSelector(".agname:has-text('Đội CSGT số 1')");
  }

  private void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  @Test
  void a_routed_report_is_accepted_travelled_to_done_and_closed() throws Exception {
    String id = verified("01JA0000000000000000000001");
    routedTo(1, "ward");
    String others = verified("01JA0000000000000000000002");
    routedTo(2, "team");
    String below = verified("01JA0000000000000000000004");
    routedTo(3, "csgt-1");
    verified("01JA0000000000000000000003");
    openAsOfficer();
    page.waitForSelector("[data-report]");
    assertThat(page.locator("[data-report]").count())
        .as("of the own agency and below")
        .isEqualTo(3);
    await(page, "[data-report='" + below + "'] .l2", "Tổ tuần tra · Lê Lợi");
    assertThat(page.locator("[data-report='" + others + "']").count()).isZero();
    assertThat(page.locator("[data-report='" + id + "'] .due").innerText()).startsWith("còn 3 giờ");
    await(page, "[data-tab=todo] .count", "3");
    screenshot(page, "agency-390");

    page.click("[data-report='" + id + "']");
    await(page, ".agone", "Lê Lợi × Hùng Vương, phường Thuận Hóa");
    assertThat(page.getAttribute(".agmap", "href")).startsWith("geo:16.4637,107.5909");
    screenshot(page, "agency-one-390");
    page.click(".agdo .accept");
    await(page, ".hist", "tuan nhận việc");
    page.waitForSelector(".agdo .progress.btn:not([disabled])");
    assertThat(report(id).get("state").asText()).isEqualTo("in-progress");
    page.click(".agdo .progress");
    await(page, ".hist", "Đang đến");
    page.waitForSelector(".agdo .resolve:not([disabled])");
    page.click(".agdo .resolve");
    page.waitForSelector(".agdo textarea");
    assertThat(page.url()).contains("do=resolve");
    page.fill(".agdo textarea", "đã giải tán đám đông");
    page.setInputFiles(
        ".agphoto input", new FilePayload("xong.jpg", "image/jpeg", street(3200, 1800)));
    page.waitForSelector(".agphoto canvas");
    page.reload();
    page.waitForSelector(".agphoto canvas");
    // The photo gets through, and its answer is lost: it is there once all the same.
    page.route(
        "**/attachments?*",
        route -> {
          route.fetch();
          route.abort();
        },
        new Page.RouteOptions().setTimes(1));
    screenshot(page, "agency-done-390");
    page.click(".agdo .send");
    await(page, ".hist", "đã giải tán đám đông");
    page.waitForSelector(".agshots img[alt^='resolve.jpg, tuan']");
    JsonNode files = desk.api.get(REPORTS + id + "/attachments").expect(200).json();
    assertThat(files.get("attachments")).hasSize(1);
    assertThat(files.at("/attachments/0/media-type").asText()).isEqualTo("image/jpeg");
    byte[] photo = desk.api.get(files.at("/attachments/0/href").asText()).expect(200).body();
    assertThat(ImageIO.read(new ByteArrayInputStream(photo)).getWidth()).isEqualTo(1600);
    page.locator(".agshots img").last().scrollIntoViewIfNeeded();
    screenshot(page, "agency-photo-390");
    JsonNode done = report(id);
    assertThat(done.get("state").asText()).isEqualTo("resolved");
    assertThat(done.get("history").findValuesAsText("actor")).endsWith("tuan", "tuan", "tuan");
    desk.api.json("POST", REPORTS + id + "/close", "{}").expect(200);
    await(page, ".agone", "đã đóng");

    page.click(".agback");
    await(page, "[data-tab=todo] .count", "2");
    page.click("[data-tab=done]");
    page.waitForSelector("[data-report='" + id + "']");
    assertThat(page.url()).contains("tab=done");
    page.setViewportSize(1366, 768);
    page.click("[data-tab=todo]");
    page.waitForSelector(".agone h2");
    screenshot(page, "agency-1366");
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    screenshot(page, "agency-1366-light");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void words_outlast_a_lost_network_and_a_reload_and_are_sent_once() throws Exception {
    String id = verified("01JB0000000000000000000001");
    openAsOfficer();
    page.waitForSelector("[data-report]").focus();
    press("Enter");
    page.waitForSelector(".agdo .return");
    press("r");
    page.waitForSelector(".agdo textarea");
    page.keyboard().type("không thuộc địa bàn");
    page.reload();
    page.waitForSelector(".agdo textarea");
    page.waitForCondition(() -> page.inputValue(".agdo textarea").equals("không thuộc địa bàn"));

    // The server takes the step, and its answer is lost.
    page.route(
        "**/return",
        route -> {
          route.fetch();
          route.abort();
        },
        new Page.RouteOptions().setTimes(1));
    page.route("**/return", Route::abort, new Page.RouteOptions().setTimes(1));
    press("Control+Enter");
    await(page, ".agnet", "1 việc chờ gửi, chữ đã gõ vẫn còn.");
    screenshot(page, "agency-slow-390");
    page.unroute("**/return");
    page.reload();
    page.waitForSelector(".agone .why");
    page.waitForCondition(() -> page.locator(".agnet").count() == 0);
    page.waitForCondition(() -> page.locator(".agdo .return").count() == 0);
    await(page, ".hist", "không thuộc địa bàn");
    JsonNode returned = report(id);
    assertThat(returned.get("state").asText()).isEqualTo("returned");
    assertThat(returned.get("history").findValuesAsText("reason"))
        .filteredOn("không thuộc địa bàn"::equals)
        .hasSize(1);
    page.navigate(desk.address + "#/agency?tab=returned");
    page.waitForSelector("[data-report='" + id + "']");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_step_that_the_desk_overtook_stays_with_its_words_until_the_officer_decides()
      throws Exception {
    String id = verified("01JC0000000000000000000001");
    openAsOfficer();
    page.click("[data-report='" + id + "']");
    page.click(".agdo .return");
    page.fill(".agdo textarea", "đã có đội khác");
    // The page does not hear of the step of the desk before it sends its own.
    page.route(
        "**/return",
        route -> {
          overtake(id);
          route.resume();
        });
    page.click(".agdo .send");
    await(page, ".agone [role=alert]", "đã có đội khác");
    await(page, ".agone [role=alert]", "accept");
    screenshot(page, "agency-refused-390");
    page.unroute("**/return");
    page.click(".agone [role=alert] .btn:first-child");
    await(page, ".hist", "đã có đội khác");
    assertThat(report(id).get("state").asText()).isEqualTo("returned");
    assertThat(page.locator(".agone [role=alert]").count()).isZero();
    assertThat(chromium.complaints).isEmpty();
  }

  private void overtake(String id) {
    try {
      desk.api.json("POST", REPORTS + id + "/accept", "{}").expect(200);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_is_late_comes_first_and_says_so() throws Exception {
    verified("01JD0000000000000000000001");
    dueWithin(1, "PT1S");
    String late = verified("01JD0000000000000000000002");
    openAsOfficer();
    page.waitForCondition(
        () -> {
          page.reload();
          page.waitForSelector("[data-report]");
          return page.locator(".due.late").count() == 1;
        });
    assertThat(page.locator("[data-report]").first().getAttribute("data-report")).isEqualTo(late);
    assertThat(page.locator(".due.late").innerText()).isEqualTo("trễ 1 phút");
    screenshot(page, "agency-late-390");
    assertThat(chromium.complaints).isEmpty();
  }
}
