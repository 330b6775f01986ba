package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit as an auditor reads it: filtered, page by page, and as a file. */
@Tag("browser")
@Timeout(240)
class AuditPageTest {
  private static final String PASSWORD = "đọc nhật ký mỗi ngày";

  @TempDir Path folder;

  @Test
  void an_auditor_filters_turns_pages_and_exports() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      desk.api
          .json(
              "POST",
              "/api/v1/accounts",
              """
              {"name": "hạnh", "display-name": "Hạnh", "grants": [{"role": "auditor"}],
               "password": "%s"}
              """
                  .formatted(PASSWORD))
          .expect(201);
      for (int i = 0; i < 105; i++) {
        desk.api
            .json(
                "PUT",
                "/api/v1/areas/a" + i,
                "{\"name\": \"A\", \"polygon\": [[1, 1], [1, 2], [2, 2]]}")
            .expect(200);
      }
      new Api(desk.address, "")
          .json("POST", "/api/v1/session", "{\"name\": \"mallory\", \"password\": \"x\"}")
          .expect(401);

      Page page = chromium.page("vi-VN");
      page.navigate(desk.address.toString());
      page.fill("#name", "hạnh");
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForSelector(".nav a");
      assertThat(page.locator(".nav a").allInnerTexts())
          .containsExactly("Sự việc", "Tìm kiếm", "Thống kê bàn duyệt", "Nhật ký");
      page.locator(".nav a").last().click();
      page.waitForSelector("tr[data-type='session.started']");
      assertThat(page.locator(".entries tbody tr").count()).isEqualTo(100);
      assertThat(page.locator("tr[data-type='session.started']").first().innerText())
          .contains("hạnh", "Đăng nhập", "127.0.0.1");
      screenshot(page, "audit-vietnamese");
      page.click(".older");
      page.waitForSelector("tr[data-type='account.added']");

      page.selectOption("select[name=type]", "session.refused");
      page.locator("input[name=actor]").fill("mallory");
      page.keyboard().press("Enter");
      page.waitForCondition(() -> page.locator(".entries tbody tr").count() == 1);
      await(page, ".entries tbody", "Đăng nhập sai");
      page.locator(".entries summary").focus();
      page.keyboard().press("Enter");
      await(page, ".entries details", "credentials");
      screenshot(page, "audit-filtered");
      page.selectOption("select[name=type]", "");
      page.locator("input[name=actor]").fill("");
      page.locator("input[name=camera]").fill("NOT A CAMERA");
      page.keyboard().press("Enter");
      await(page, ".audit [role=alert]", "Camera");

      page.locator("input[name=camera]").fill("none");
      page.keyboard().press("Enter");
      await(page, ".audit .empty", "Không có mục nào phù hợp.");
      for (String format : List.of("JSON Lines", "CSV")) {
        Download file =
            page.waitForDownload(
                () ->
                    page.locator(".audit a.button", new Page.LocatorOptions().setHasText(format))
                        .click());
        assertThat(Files.readString(file.path())).contains("session.refused", "mallory");
        assertThat(file.suggestedFilename()).startsWith("audit.");
      }
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
