package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of the wall, which the server keeps. */
@Tag("browser")
@Timeout(300)
class WallLayoutPageTest {
  private static final String LAYOUTS = "/api/v1/layouts";

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    for (String id : List.of("gate", "bridge", "market")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1:1/%s\"}".formatted(id, id))
          .expect(201);
    }
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

  private JsonNode saved() throws Exception {
    return LoggedIn.api(desk.address).get(LAYOUTS).expect(200).json().get("layouts");
  }

  @Test
  void aLayoutIsSavedSharedChosenElsewhereAndRemovedWithAWayBack() throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.addInitScript("window.prompt = () => 'Trực đêm'");
    page.navigate(desk.address + "#/wall?layout=2");
    page.waitForSelector("[data-camera=bridge]");
    page.click(".wallbar .menu summary");
    page.click(".wallbar .share");
    await(page, ".toast", "ai cũng chọn được");
    screenshot(page, "wall-layouts");
    assertThat(page.url()).contains("named=");
    assertThat(saved().findValuesAsText("name")).containsExactly("Trực đêm");

    Page elsewhere = chromium.page("en-GB");
    elsewhere.setViewportSize(1366, 768);
    LoggedIn.into(elsewhere, desk.address, LoggedIn.cookie(desk.address));
    elsewhere.navigate(desk.address.toString());
    elsewhere.waitForSelector("#wall-group optgroup", attached());
    elsewhere.selectOption("#wall-group", "nTrực đêm");
    elsewhere.waitForCondition(() -> elsewhere.locator(".tiles > li").count() == 2);
    elsewhere.reload();
    elsewhere.waitForCondition(() -> elsewhere.locator(".tiles > li").count() == 2);
    elsewhere.click(".wallbar .menu summary");
    elsewhere.click(".wallbar .remove");
    elsewhere.waitForCondition(() -> elsewhere.locator("#wall-group optgroup").count() == 0);
    elsewhere.click(".toast .btn:not(.icon)");
    elsewhere.waitForSelector("#wall-group optgroup", attached());
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void whatABrowserKeptGoesToTheServer() throws Exception {
    Page page = chromium.page("vi-VN");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address.toString());
    page.waitForSelector(".tiles");
    page.evaluate(
        "fetch('/api/v1/session').then((answer) => answer.json()).then(({ account }) =>"
            + " localStorage.setItem(`kydai.wall.${account.id}`, JSON.stringify({layouts: ["
            + " {name: 'Cũ', layout: '4', group: '', order: ['market']}],"
            + " orders: {'': ['market', 'gate']}})))");
    page.reload();
    page.waitForSelector("#wall-group optgroup", attached());
    assertThat(page.locator("#wall-group optgroup option").textContent()).isEqualTo("Cũ");
    assertThat(
            page.evaluate(
                "fetch('/api/v1/layouts').then((answer) => answer.json())"
                    + ".then(({ layouts }) => layouts.map(({ name }) => name))"))
        .isEqualTo(List.of("Cũ"));
    assertThat(page.locator(".tiles [data-camera]").first().getAttribute("data-camera"))
        .as("the order that was laid stays")
        .isEqualTo("market");
    assertThat(chromium.complaints).isEmpty();
  }

  private static Page.WaitForSelectorOptions attached() {
    return new Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
  }
}
