package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Alerts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera's fault is handed to somebody who mends it, from the list and from the camera's page.
 */
@Tag("browser")
@Timeout(300)
class HandoverPageTest {
  private static final String ROW = "tr[data-camera=gate]";

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate\", \"name\": \"Cổng\", \"url\": \"rtsp://127.0.0.1:1/gate\"}")
        .expect(201);
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
  void aFaultIsHandedOverShownTakenBackAndMended() throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + "#/cameras");
    page.waitForSelector(ROW);
    page.evaluate(Axe.script());
    page.check(ROW + " input");
    page.click(".bulk .hand-over");
    page.fill("#handover-to", "Điện lực Huế");
    page.fill("#handover-note", "Tủ điện ngập nước");
    screenshot(page, "handover-dialog");
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    page.click("dialog .btn.primary");
    await(page, ROW, "Đã giao Điện lực Huế");
    screenshot(page, "handover-list");
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();

    page.click(ROW + " th a");
    await(page, ".handover", "Tủ điện ngập nước");
    assertThat(page.locator(".handover").innerText()).contains("admin");
    screenshot(page, "handover-camera");
    page.setViewportSize(390, 844);
    screenshot(page, "handover-camera-phone");
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    page.setViewportSize(1366, 768);
    page.click(".handover .take-back");
    page.waitForCondition(() -> page.locator(".handover").count() == 0);

    seesWhatARuleFoundOfTheCamera(page);

    page.click(".actions .hand-over");
    page.fill("#handover-to", "Anh Ba");
    page.keyboard().press("Enter");
    await(page, ".handover", "Đã giao Anh Ba");
    page.click(".handover .handover-done");
    page.waitForCondition(() -> page.locator(".handover").count() == 0);
    assertThat(chromium.complaints).isEmpty();
  }

  /** A fault that the camera's own rule found is maintenance: nothing is to be verified. */
  private void seesWhatARuleFoundOfTheCamera(Page page) throws Exception {
    desk.reports.receive(Alerts.tamper("t1", Alert.Phase.OPENED, 20, "detail"), List.of());
    desk.add("t1", "covered.jpg", AgencyPageTest.street());
    await(page, ".maintenance-item", "Ống kính bị che · Gỡ vật che, lau ống kính");
    page.waitForCondition(() -> page.locator(".maintenance-item img").count() == 1);
    screenshot(page, "maintenance-camera");
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    page.setViewportSize(390, 844);
    screenshot(page, "maintenance-camera-phone");
    page.setViewportSize(1366, 768);

    page.navigate(desk.address + "#/cameras");
    await(page, ROW, "Hình có lỗi");
    await(page, ROW, "Ống kính bị che");
    assertThat(page.locator(ROW + " img").count()).isEqualTo(1);
    page.evaluate(Axe.script());
    screenshot(page, "maintenance-list");
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    page.navigate(desk.address + "#/incidents");
    page.waitForSelector(".empty");
    assertThat(page.locator("[data-incident]").count()).isZero();
    screenshot(page, "maintenance-no-incident");

    page.navigate(desk.address + "#/search?state=maintenance");
    page.locator(".search-table th a").click();
    await(page, ".maintenance-item", "Ống kính bị che");
    desk.reports.update(Alerts.tamper("t1", Alert.Phase.CLOSED, 60, "detail"));
    page.waitForCondition(() -> page.locator(".maintenance-item").count() == 0);
  }
}
