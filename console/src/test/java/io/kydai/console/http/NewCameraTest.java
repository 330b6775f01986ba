package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new user adds a simulated camera in the browser, draws a zone, tries a rule, saves it, and
 * hides a part of the picture, without YAML and without a terminal.
 */
@Tag("browser")
@Timeout(400)
class NewCameraTest {
  @TempDir Path folder;
  private CameraSimulator simulator;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    simulator = StartedNode.simulator("path");
    node = StartedNode.start(folder, "cameras: []\n");
  }

  @AfterEach
  void stop() {
    node.close();
    simulator.close();
  }

  @Test
  void a_camera_is_added_drawn_on_tried_and_alerts() throws Exception {
    try (Chromium chromium = Chromium.start()) {
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, node.address(), LoggedIn.firstAdministrator(node));
      page.navigate(node.address() + "#/cameras");
      page.waitForSelector("kydai-cameras .bar");
      page.keyboard().press("n");

      page.fill("#new-address", simulator.address("path"));
      page.keyboard().press("Enter");
      page.waitForSelector("[data-step=picture] button.next");
      assertThat(page.locator("img.tested").getAttribute("src")).startsWith("data:image/jpeg");
      screenshot(page, "camera-add-picture");
      page.click("[data-step=picture] button.next");
      page.fill("#about-name", "Đường bộ hành");
      page.fill("#about-groups", "Trung tâm");
      screenshot(page, "camera-add");
      page.click("[data-step=about] button.next");
      page.waitForSelector("[data-template]");
      page.click("[data-step=rules] button.save");

      page.waitForSelector("kydai-canvas svg[viewBox='0 0 768 576']"); // Its first picture came.
      assertThat(page.url()).contains("#/scene/duong-bo-hanh");
      drawByKeys(page);
      outlastsAReload(page);
      addCrowding(page);
      tryUntilItAlerts(page);
      screenshot(page, "scene-editor");
      tryAnotherThreshold(page);

      save(page);
      mask(page, LoggedIn.api(node.address()));
      alerts(page);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  /** Draws a zone by keys alone, and moves one of its points. */
  private static void drawByKeys(Page page) {
    page.focus("#main");
    page.keyboard().press("z");
    page.keyboard().press("Enter");
    page.waitForSelector("[data-shape=zone]");
    Locator corner = page.locator("circle[data-point='2']");
    String before = corner.getAttribute("cx");
    corner.focus();
    page.keyboard().press("Shift+ArrowRight");
    page.waitForCondition(() -> !corner.getAttribute("cx").equals(before));
    page.keyboard().press("Control+z");
    page.waitForCondition(() -> corner.getAttribute("cx").equals(before));
    page.keyboard().press("Control+y");
    page.waitForCondition(() -> !corner.getAttribute("cx").equals(before));
  }

  private static void outlastsAReload(Page page) {
    String drawn = page.locator("circle[data-point='2']").getAttribute("cx");
    page.reload();
    page.click("[data-shape=zone]");
    assertThat(page.locator("circle[data-point='2']").getAttribute("cx")).isEqualTo(drawn);
    page.waitForSelector("button.save:not([disabled])");
  }

  private static void save(Page page) {
    page.keyboard().press("Control+s");
    page.waitForSelector("button.save[disabled]");
    page.waitForSelector("button.discard[disabled]");
  }

  /** Draws, moves and removes a mask by keys; the camera is neither connected nor counted anew. */
  private static void mask(Page page, Api api) throws Exception {
    String camera = "/api/v1/cameras/duong-bo-hanh";
    JsonNode before = api.get(camera).expect(200).json();
    page.focus("#main");
    page.keyboard().press("m");
    page.keyboard().press("Enter");
    page.waitForSelector("[data-shape=mask][aria-pressed=true]");
    page.focus("#main");
    page.keyboard().press("Shift+ArrowDown");
    Locator drawn = page.locator("polygon.mask");
    String moved = drawn.getAttribute("points");
    page.keyboard().press("Control+z");
    page.waitForCondition(() -> !drawn.getAttribute("points").equals(moved));
    page.keyboard().press("Control+y");
    page.waitForCondition(() -> drawn.getAttribute("points").equals(moved));
    screenshot(page, "scene-mask");
    save(page);
    JsonNode masked = api.get(camera).expect(200).json();
    assertThat(masked.at("/privacy/masks/0/id").asText()).isEqualTo("mask");
    assertThat(masked.at("/privacy/masks/0/polygon")).hasSize(4);
    for (String same : List.of("/scene", "/rules", "/status/since", "/status/reconnects")) {
      assertThat(masked.at(same)).as(same).isEqualTo(before.at(same));
    }
    page.keyboard().press("Escape");
    page.click("[data-shape=mask]");
    page.focus("#main");
    page.keyboard().press("Delete");
    save(page);
    assertThat(api.get(camera).expect(200).json().at("/privacy/masks")).isEmpty();
  }

  /**
   * Of the rules that a zone alone is enough for, one whose alert is high and not urgent: amber.
   */
  private static void addCrowding(Page page) {
    page.click("button.add-rule");
    page.selectOption("#rule-type", "crowding");
    page.waitForSelector("kydai-sentence .sentence");
    assertThat(page.locator("#blank-crowding-zone").inputValue()).isEqualTo("zone");
    page.fill("#blank-crowding-people", "1");
    page.fill("#blank-crowding-for", "1");
    page.keyboard().press("Tab");
  }

  /**
   * The observations of the first seconds are enough for a trial, once somebody was in the zone.
   */
  private static void tryUntilItAlerts(Page page) {
    page.waitForCondition(
        () -> {
          page.click("kydai-trial button.try");
          page.waitForSelector("kydai-trial button.try:not([disabled])");
          Locator figure = page.locator("kydai-trial .fig b");
          return figure.count() > 0 && !figure.innerText().equals("0");
        },
        new Page.WaitForConditionOptions().setTimeout(120_000));
    assertThat(page.locator("kydai-trial .says").innerText())
        .contains("lần sẽ báo trong 6 giờ qua");
  }

  /** Of what was seen before, fewer alerts come with a higher threshold; nothing is saved by it. */
  private static void tryAnotherThreshold(Page page) {
    page.fill("#blank-crowding-people", "60");
    page.keyboard().press("Tab");
    page.waitForSelector("kydai-trial .old");
    page.focus("kydai-trial button.try");
    page.keyboard().press("Enter");
    page.waitForSelector("kydai-trial [role=status]:not(.old) .fig");
    assertThat(page.locator("kydai-trial .fig b").innerText()).isEqualTo("0");
    page.click(".language");
    Chromium.await(page, "kydai-trial .says", "0 alerts in the last 6 hours");
    screenshot(page, "scene-trial-none-en");
    page.fill("#blank-crowding-people", "1");
    page.keyboard().press("Tab");
    page.focus("kydai-trial button.try");
    page.keyboard().press("Enter");
    page.waitForSelector("kydai-trial [role=status]:not(.old) .moments button");
    page.focus("kydai-trial .moments button");
    page.keyboard().press("Enter");
    screenshot(page, "scene-trial-moment-en");
    page.click(".language");
    page.waitForSelector("button.save:not([disabled])");
  }

  /** The saved rule raises an alert, and the wall's tile is framed in amber. */
  private static void alerts(Page page) {
    page.navigate(page.url().replaceAll("#.*", "#/wall"));
    page.waitForSelector(
        ".tile.amber kydai-tile[data-camera=duong-bo-hanh]",
        new Page.WaitForSelectorOptions().setTimeout(90_000));
    screenshot(page, "tile-alert");
  }
}
