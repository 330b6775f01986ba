package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Alerts;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search, by the keyboard. */
@Tag("browser")
@Timeout(300)
class SearchPageTest {
  private static final List<String> TYPES = List.of("wrong-way", "crowding", "red-light");

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    camera("cau", "Cầu Trường Tiền, đầu Bắc", "north");
    camera("nga-sau", "Ngã sáu Hùng Vương", "south");
    for (int i = 0; i < 60; i++) {
      Alert like = Alerts.read(DeskServer.alert("a" + i), "75F1000%02d".formatted(i), 0.9);
      desk.receive(
          new Alert(
              AlertId.of("a" + i),
              new Alert.Origin(
                  new CameraId(i % 2 == 0 ? "cau" : "nga-sau"), RuleId.of("r"), TYPES.get(i % 3)),
              like.phase(),
              like.span(),
              like.participants(),
              new Alert.Finding(
                  i % 3 == 0 ? "xe đi ngược chiều" : "a reason", like.finding().measures())));
    }
  }

  private void camera(String id, String name, String group) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"%s\", \"name\": \"%s\", \"url\": \"rtsp://127.0.0.1:1/\", \"groups\": [\"%s\"]}"
                .formatted(id, name, group))
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

  private Page at(String place) throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    page.waitForSelector(".search-found");
    return page;
  }

  private static void rows(Page page, int count) {
    page.waitForCondition(() -> page.locator(".search-table tbody tr").count() == count);
  }

  @Test
  void words_without_accents_and_filters_are_in_the_address_and_pages_follow() throws Exception {
    Page page = at("#/search");
    rows(page, 50);
    await(page, ".search-summary [role=status]", "50 phản ánh đầu");
    page.focus(".further button");
    Keyboard keys = page.keyboard();
    keys.press("Enter");
    rows(page, 60);
    page.focus(".search-bar h1 ~ button");
    keys.press("/");
    keys.type("nguoc chieu");
    keys.press("Enter");
    rows(page, 20);
    assertThat(page.url()).contains("text=nguoc+chieu");
    page.selectOption("[name=camera]", "cau");
    rows(page, 10);
    page.focus("[data-span='168']");
    keys.press("Enter");
    await(page, "[data-condition=span]", "7 ngày");
    rows(page, 10);
    page.focus(".copy");
    keys.press("j");
    keys.press("j");
    page.waitForCondition(() -> page.locator(".search-table tr[aria-current=true]").count() == 1);
    screenshot(page, "search-1366");
    page.reload();
    rows(page, 10);
    page.focus("[data-condition=camera]");
    keys.press("Enter");
    rows(page, 20);
    page.goBack();
    rows(page, 10);
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_plate_is_searched_with_a_reason_that_is_in_no_address() throws Exception {
    Page page = at("#/search");
    rows(page, 50);
    page.fill("[name=plate]", "75-F1 000.0?");
    page.keyboard().press("Tab");
    await(page, ".needs-reason", "Nêu lý do");
    assertThat(page.locator(".csv").count()).isZero();
    page.fill("[name=reason]", "Công văn 123");
    page.keyboard().press("Tab");
    rows(page, 10);
    assertThat(page.url()).contains("plate=75-F1").doesNotContain("123");
    screenshot(page, "search-plate");
    assertThat(page.getAttribute(".csv", "href")).contains("plate=", "reason=");
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    page.setViewportSize(390, 844);
    screenshot(page, "search-390");
    page.setViewportSize(1920, 1080);
    screenshot(page, "search-1920-light");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_search_is_saved_opened_and_removed_with_a_way_back() throws Exception {
    Page page = at("#/search?type=red-light&span=24");
    rows(page, 20);
    page.focus(".save");
    page.keyboard().press("Enter");
    page.keyboard().type("Đèn đỏ, 24 giờ");
    page.keyboard().press("Enter");
    await(page, ".saved .open", "Đèn đỏ, 24 giờ");
    assertThat(page.getAttribute(".saved .open", "aria-pressed")).isEqualTo("true");
    page.navigate(desk.address + "#/search");
    rows(page, 50);
    page.focus(".saved .open");
    page.keyboard().press("Enter");
    rows(page, 20);
    page.focus(".saved .remove");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.locator(".saved .open").count() == 0);
    page.evaluate("document.querySelector('.toast .btn:not(.icon)').click()");
    page.waitForSelector(".saved .open");
    assertThat(chromium.complaints).isEmpty();
  }
}
