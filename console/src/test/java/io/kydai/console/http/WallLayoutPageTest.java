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

/**
 * How the wall is laid: layouts that the server keeps, tiles by hand, tours, and other monitors.
 */
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

  private Page wall(String query) throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.clock().install();
    page.navigate(desk.address + "#/wall?" + query);
    page.waitForSelector(".tiles > li");
    return page;
  }

  private static void shows(Page page, String... cameras) {
    page.waitForCondition(
        () ->
            page.locator(".tiles [data-camera]")
                .evaluateAll("all => all.map((one) => one.dataset.camera)")
                .equals(List.of(cameras)));
  }

  @Test
  void tilesAreLaidByHandAndAnotherMonitorHasALayoutOfItsOwn() throws Exception {
    Page page = wall("layout=4");
    shows(page, "bridge", "gate", "market");
    page.dragAndDrop(".tiles > li:nth-child(3)", ".tiles > li:nth-child(1)");
    shows(page, "market", "bridge", "gate");
    page.focus(".tiles > li:nth-child(2) button");
    page.keyboard().press("Shift+ArrowRight");
    shows(page, "market", "gate", "bridge");
    page.reload();
    shows(page, "market", "gate", "bridge");

    page.click("[aria-label='1 ô']");
    shows(page, "market");
    Page other =
        page.waitForPopup(
            () -> {
              page.click(".wallbar .menu summary");
              page.click(".wallbar .menu-list button:has-text('cửa sổ')");
            });
    shows(other, "gate");
    assertThat(other.url()).contains("layout=1", "page=2", "full=1");
    other.keyboard().press("PageDown");
    shows(other, "bridge");
    shows(page, "market");
    page.click("[aria-label='4 ô']");
    page.dragAndDrop(".tiles > li:nth-child(3)", ".tiles > li:nth-child(1)");
    shows(page, "bridge", "market", "gate");
    shows(other, "gate"); // The order is the person's, in all windows; the page is the window's.
    other.reload();
    shows(other, "gate");
    screenshot(other, "wall-other-monitor");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void aTourGoesThroughPagesAndSavedLayoutsAndWaits() throws Exception {
    for (String name : List.of("A", "B")) {
      desk.api
          .json(
              "PUT",
              LAYOUTS,
              "{\"name\": \"%s\", \"tiles\": \"%d\", \"cameras\": [\"gate\"], \"shared\": true}"
                  .formatted(name, name.equals("A") ? 2 : 4))
          .expect(200);
    }
    Page page = wall("named=A");
    shows(page, "gate", "bridge");
    page.keyboard().press("t");
    page.waitForSelector(".wallbar .for-desks[aria-pressed=true]:has-text('Tuần tự')");
    page.clock().fastForward(20_000);
    shows(page, "market");
    page.clock().fastForward(20_000);
    shows(page, "gate", "bridge", "market");
    assertThat(page.url()).contains("named=B");
    page.reload(); // A monitor that nobody sits at goes on.
    shows(page, "gate", "bridge", "market");
    page.clock().fastForward(20_000);
    shows(page, "gate", "bridge");
    assertThat(page.url()).contains("named=A");

    page.keyboard().press("1");
    shows(page, "gate");
    page.clock().fastForward(40_000);
    shows(page, "gate"); // Not while somebody looks at one camera.
    page.keyboard().press("Escape");
    shows(page, "gate", "bridge");
    page.click(".wallbar .for-desks[aria-pressed=true]");
    page.waitForSelector(".wallbar .for-desks[aria-pressed=false]");
    page.clock().fastForward(40_000);
    shows(page, "gate", "bridge");
    assertThat(page.url()).doesNotContain("tour");
    assertThat(chromium.complaints).isEmpty();
  }

  private static Page.WaitForSelectorOptions attached() {
    return new Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
  }
}
