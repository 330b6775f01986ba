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

/** An alert over the wall is rejected with the site's reasons, as on the review desk. */
@Tag("browser")
@Timeout(300)
class AlertDrawerPageTest {
  @TempDir Path folder;

  @Test
  void an_alert_over_the_wall_is_rejected_with_a_reason_of_the_site() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      desk.api
          .json(
              "PUT",
              "/api/v1/desk/reject-reasons",
              "{\"version\": 0, \"reasons\": [{\"digit\": 4, \"vi\": \"Đèn hỏng\", \"en\": \"Lamp\"}]}")
          .expect(200);
      Report report = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/wall?alert=" + report.id());
      await(page, "kydai-alert footer", "Bác bỏ");
      page.keyboard().press("x");
      await(page, "kydai-alert footer .reasons", "Đèn hỏng");
      screenshot(page, "alert-drawer-reasons");
      page.keyboard().press("4");
      String path = "/api/v1/reports/" + report.id();
      page.waitForCondition(
          () -> {
            try {
              return desk.api.get(path).json().get("state").asText().equals("rejected");
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      assertThat(desk.api.get(path).expect(200).json().at("/history/1/reason").asText())
          .isEqualTo("Đèn hỏng");
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
