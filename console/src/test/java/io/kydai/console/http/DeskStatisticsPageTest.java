package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The statistics of the desk, and a rule that is muted from there. */
@Tag("browser")
@Timeout(300)
class DeskStatisticsPageTest {
  @TempDir Path folder;

  private static void act(DeskServer desk, Report report, String action, String body)
      throws Exception {
    desk.api.json("POST", "/api/v1/reports/" + report.id() + "/" + action, body).expect(200);
  }

  private static void fill(DeskServer desk) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "name": "Cổng Ngăn", "url": "rtsp://127.0.0.1:1/",
             "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
             "rules": [{"id": "crowd", "type": "crowding", "zone": "z", "people": 5}]}
            """)
        .expect(201);
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/agencies",
            """
            {"version": 0, "agencies": [{"id": "desk", "name": "Trực ban trung tâm"},
             {"id": "csgt-1", "name": "Đội CSGT số 1"},
             {"id": "ward", "name": "Công an phường Thuận Hóa"}]}
            """)
        .expect(200);
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/deadlines",
            """
            {"version": 0, "zone": "UTC", "calendars": [], "rules": [{"id": "r", "stage": "handle",
             "within": "PT1H", "remind": "PT0S", "escalate": "PT0S", "source": "", "verified": false}]}
            """)
        .expect(200);
    for (int i = 0; i < 14; i++) {
      Report report = desk.receive("a" + i, "a" + i + ".jpg", "a");
      if (i % 3 == 0) {
        act(
            desk,
            report,
            "reject",
            "{\"reason\": \"%s\"}".formatted(i % 2 == 0 ? "Nhận nhầm" : "Xe ưu tiên"));
        continue;
      }
      act(desk, report, "verify", "{}");
      String agency = i % 2 == 0 ? "ward" : "csgt-1";
      act(desk, report, "assign", "{\"agency\": \"%s\"}".formatted(agency));
      if (i == 2) {
        act(desk, report, "return", "{\"reason\": \"Không thuộc phường\"}");
      } else {
        act(desk, report, "resolve", "{}");
      }
    }
  }

  @Test
  void figures_lead_to_the_rule_that_is_muted() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      fill(desk);
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/statistics");
      page.waitForSelector("a[href='#/desk-statistics']");
      page.focus("a[href='#/desk-statistics']");
      page.keyboard().press("Enter");
      await(page, "[data-agency=csgt-1] th", "Đội CSGT số 1");
      assertThat(page.locator("[data-agency=csgt-1] .num").first().innerText()).isEqualTo("5");
      await(page, "[data-rule='gate crowd']", "Hay sai");
      await(page, ".reasons-card", "Xe ưu tiên");
      await(page, "[data-reviewer=operator]", "xác minh");
      assertThat(page.locator("[data-reviewer=operator] .samples a").count()).isEqualTo(5);
      screenshot(page, "desk-statistics-1366");
      page.focus("[data-rule='gate crowd'] .mute");
      page.keyboard().press("Enter");
      page.waitForSelector(".muting [name=reason]:focus");
      page.keyboard().type("Vạch vẽ sai");
      page.keyboard().press("Enter");
      await(page, "[data-rule='gate crowd'] .act", "đang tắt đến");
      assertThat(desk.api.get("/api/v1/mutes").expect(200).json().at("/mutes/0/reason").asText())
          .isEqualTo("Vạch vẽ sai");
      page.focus(".seg .btn:nth-child(3)");
      page.keyboard().press("Enter");
      page.waitForCondition(() -> page.url().endsWith("days=30"));
      page.setViewportSize(390, 844);
      page.evaluate("document.documentElement.dataset.theme = 'light'");
      screenshot(page, "desk-statistics-390");
      page.setViewportSize(1920, 1080);
      screenshot(page, "desk-statistics-1920");
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
