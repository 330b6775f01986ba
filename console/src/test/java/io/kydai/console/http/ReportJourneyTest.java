package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.ReportId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One report from the alert to its end, by keys alone: review, routing, accepted on an agency's
 * phone, returned, another agency, escalation, done with a photo, closed. The focus gets nowhere
 * but by keys.
 */
@Tag("browser")
@Timeout(300)
class ReportJourneyTest {
  /** So many are enough for the frame, its navigation and the longest page here. */
  private static final int MOST_TABS = 60;

  private static final String FOCUSED = "() => document.activeElement.outerHTML.slice(0, 200)";

  /**
   * What covers the middle of what has the focus, or of the label that shows it; null if nothing.
   */
  private static final String FOCUS_SEEN =
      """
      () => {
        const it = document.activeElement.closest('label') ?? document.activeElement;
        const { left, top, width, height } = it.getBoundingClientRect();
        const over = document.elementFromPoint(left + width / 2, top + height / 2);
        return over && it.contains(over) ? null : (over?.outerHTML.slice(0, 200) ?? 'not on the screen');
      }
      """;

  @TempDir Path folder;
  private Chromium chromium;
  private DeskServer desk;

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
          {"id": "ward", "name": "Công an phường", "parent": "csgt-1"}]}
        """);
    put(
        "/api/v1/desk/routing",
        """
        {"version": 0, "zone": "Asia/Ho_Chi_Minh", "desk": "csgt-1",
         "rules": [{"id": "đám đông", "types": ["crowding"], "agency": "csgt-1"}]}
        """);
    dueWithin(0, "PT3H40M");
    account("lan", "\"grants\": [{\"role\": \"reviewer\"}]");
    account("tuan", "\"agency\": \"csgt-1\", \"grants\": [{\"role\": \"agency-officer\"}]");
    account("minh", "\"agency\": \"ward\", \"grants\": [{\"role\": \"agency-officer\"}]");
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

  private void account(String name, String rest) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"%s\", \"password\": \"%s\", %s}".formatted(name, LoggedIn.PASSWORD, rest))
        .expect(201);
  }

  private Page signedIn(String name, int width, int height) throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(width, height);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address, name));
    page.navigate(desk.address.toString());
    return page;
  }

  /** Opens the only report of an officer on a phone. */
  private Page officer(String name) throws Exception {
    Page phone = signedIn(name, 390, 844);
    phone.waitForSelector("[data-report]");
    tabTo(phone, "[data-report]");
    phone.keyboard().press("Enter");
    phone.waitForSelector(".agdo .return");
    return phone;
  }

  /**
   * Presses Tab until an element has the focus, which has to be on the screen and uncovered then.
   */
  private static void tabTo(Page page, String selector) {
    for (int pressed = 0; pressed < MOST_TABS; pressed++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(
          page.evaluate("it => document.activeElement.matches(it)", selector))) {
        assertThat(page.evaluate(FOCUS_SEEN)).as("%s is seen with the focus", selector).isNull();
        return;
      }
    }
    throw new AssertionError(
        selector + " has no focus after " + MOST_TABS + " Tabs: " + page.evaluate(FOCUSED));
  }

  private JsonNode report(ReportId id) throws Exception {
    return desk.api.get("/api/v1/reports/" + id).expect(200).json();
  }

  private static void type(Page page, String field, String words, String send) {
    page.waitForSelector(field);
    page.keyboard().type(words);
    page.keyboard().press(send);
  }

  @Test
  void a_report_goes_from_its_alert_to_its_end_by_keys_alone() throws Exception {
    Page lan = signedIn("lan", 1366, 768);
    lan.waitForSelector(".nav li");
    lan.keyboard().press("g");
    lan.keyboard().press("i");
    await(lan, ".detail", "Không còn sự việc nào ở đây.");
    ReportId id =
        desk.receive("01JA0000000000000000000001", "snapshot.jpg", AgencyPageTest.street()).id();
    lan.waitForSelector(".decide .reasons .btn");
    await(lan, ".facts-side .kv", "Xác minh sẽ gửi Đội CSGT số 1 (luật đám đông)");
    screenshot(lan, "journey-1-review");
    lan.keyboard().press("v");
    await(lan, "[data-tab=with-agency] .count", "1");
    assertThat(report(id).get("agency").asText()).isEqualTo("csgt-1");

    Page tuan = officer("tuan");
    tabTo(tuan, ".agdo .accept");
    screenshot(tuan, "journey-2-accept-390");
    tuan.keyboard().press("Enter");
    await(tuan, ".hist", "tuan nhận việc");
    tuan.waitForSelector(".agdo .return:not([disabled])");
    tabTo(tuan, ".agdo .return");
    tuan.keyboard().press("Enter");
    type(tuan, ".agdo textarea", "không thuộc địa bàn", "Control+Enter");

    lan.waitForSelector("[data-tab=to-check] .count:text-is('1')");
    tabTo(lan, "[data-tab=to-check]");
    lan.keyboard().press("Enter");
    lan.waitForSelector(".facts-side .state.returned");
    assertThat(lan.locator(".hist").innerText()).contains("không thuộc địa bàn");
    dueWithin(1, "PT1S");
    lan.keyboard().press("a");
    lan.waitForSelector("dialog.wish input");
    lan.keyboard().type("công an phường");
    screenshot(lan, "journey-3-assign");
    lan.keyboard().press("Enter");
    await(lan, "[data-tab=to-check] .count", "0");
    tabTo(lan, "[data-tab=with-agency]");
    lan.keyboard().press("Enter");
    lan.waitForSelector(".facts-side .state.assigned");
    lan.waitForCondition(
        () -> {
          desk.deadlines.tick();
          lan.waitForTimeout(200);
          return lan.locator(".hist").innerText().contains("báo lên Đội CSGT số 1");
        });
    lan.waitForSelector(".due.late");
    screenshot(lan, "journey-4-escalated");

    Page minh = officer("minh");
    FilePayload photo = new FilePayload("xong.jpg", "image/jpeg", AgencyPageTest.street());
    minh.onFileChooser(chooser -> chooser.setFiles(photo));
    minh.keyboard().press("a");
    minh.waitForSelector(".agdo .resolve:not([disabled])");
    await(minh, ".hist", "minh nhận việc");
    minh.keyboard().press("d");
    type(minh, ".agdo textarea", "đã giải tán", "Tab");
    minh.waitForSelector(".agphoto input:focus");
    minh.keyboard().press("Enter");
    minh.waitForSelector(".agphoto canvas");
    screenshot(minh, "journey-5-photo-390");
    minh.waitForSelector(".agdo .send:focus");
    minh.keyboard().press("Enter");
    minh.waitForSelector(".agshots img[alt^='resolve.jpg, minh']");

    lan.waitForSelector(".facts-side .state.resolved");
    tabTo(lan, ".dbody");
    lan.keyboard().press("End");
    await(lan, "kydai-attachments", "resolve.jpg");
    screenshot(lan, "journey-6-resolved");
    lan.keyboard().press("e");
    type(lan, "dialog.wish input", "xong", "Enter");
    await(lan, "[data-tab=done] .count", "1");
    tabTo(lan, "[data-tab=done]");
    lan.keyboard().press("Enter");
    lan.waitForSelector(".facts-side .state.closed");
    screenshot(lan, "journey-7-closed");

    JsonNode history = report(id).get("history");
    assertThat(history.findValuesAsText("action"))
        .containsSubsequence(
            "verify", "assign", "accept", "return", "assign", "accept", "resolve", "close");
    assertThat(history.findValuesAsText("actor")).contains("lan", "tuan", "minh", "kydai");
    assertThat(chromium.complaints).isEmpty();
  }
}
