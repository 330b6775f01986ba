package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
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
 * One report from the alert to its end, by keys alone: review, routing, an agency's phone, return,
 * another agency, escalation, done, closed.
 */
@Tag("browser")
@Timeout(300)
class ReportJourneyTest {
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

  /** Opens the only report of an officer. */
  private Page officer(String name) throws Exception {
    Page phone = signedIn(name, 390, 844);
    phone.waitForSelector("[data-report]").focus();
    phone.keyboard().press("Enter");
    phone.waitForSelector(".agdo .return");
    return phone;
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
    tuan.keyboard().press("r");
    type(tuan, ".agdo textarea", "không thuộc địa bàn", "Control+Enter");

    lan.waitForSelector(".facts-side .state.returned");
    assertThat(lan.locator(".hist").innerText()).contains("không thuộc địa bàn");
    dueWithin(1, "PT1S");
    lan.keyboard().press("a");
    type(lan, "dialog.wish input", "ward", "Enter");
    await(lan, "[data-tab=to-check] .count", "0");
    lan.focus("[data-tab=with-agency]");
    lan.keyboard().press("Enter");
    lan.waitForSelector(".facts-side .state.assigned");
    lan.waitForCondition(
        () -> {
          desk.deadlines.tick();
          lan.waitForTimeout(200);
          return lan.locator(".hist").innerText().contains("báo lên Đội CSGT số 1");
        });
    lan.waitForSelector(".due.late");
    screenshot(lan, "journey-2-escalated");

    Page minh = officer("minh");
    minh.keyboard().press("a");
    minh.waitForSelector(".agdo .resolve:not([disabled])");
    await(minh, ".hist", "minh nhận việc");
    minh.keyboard().press("d");
    type(minh, ".agdo textarea", "đã giải tán", "Control+Enter");

    lan.waitForSelector(".facts-side .state.resolved");
    screenshot(lan, "journey-3-resolved");
    lan.keyboard().press("e");
    type(lan, "dialog.wish input", "xong", "Enter");
    await(lan, "[data-tab=done] .count", "1");
    lan.focus("[data-tab=done]");
    lan.keyboard().press("Enter");
    lan.waitForSelector(".facts-side .state.closed");
    screenshot(lan, "journey-4-closed");

    JsonNode history = report(id).get("history");
    assertThat(history.findValuesAsText("action"))
        .containsSubsequence("verify", "assign", "return", "assign", "accept", "resolve", "close");
    assertThat(history.findValuesAsText("actor")).contains("lan", "tuan", "minh", "kydai");
    assertThat(chromium.complaints).isEmpty();
  }
}
