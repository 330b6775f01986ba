package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody saves what another one has changed meanwhile: the page says who did, and when. */
@Tag("browser")
@Timeout(180)
class CrossedChangePageTest {
  private static final String GATE =
      """
      {"id": "gate", "name": "%s", "url": "rtsp://127.0.0.1:1/", "rules": []}""";
  private static final String EAST =
      """
      {"name": "%s", "polygon": [[16.4, 107.5], [16.5, 107.5], [16.5, 107.6]]}""";

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
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

  private Page administrator() throws Exception {
    Page page = chromium.page("en-GB");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address.toString());
    page.waitForSelector(".nav a");
    return page;
  }

  private String other() throws Exception {
    return desk.api
        .get("/api/v1/audit?limit=1")
        .expect(200)
        .json()
        .at("/entries/0/actor/name")
        .asText();
  }

  @Test
  void anAreaThatAnotherChangedMeanwhileIsNotOverwritten() throws Exception {
    desk.api.json("PUT", "/api/v1/areas/east", EAST.formatted("East")).expect(200);
    Page page = administrator();
    page.navigate(desk.address + "#/people");
    page.click("[data-area=east]");
    page.waitForSelector("textarea[name=corners]");
    desk.api.json("PUT", "/api/v1/areas/east", EAST.formatted("Harbour")).expect(200);
    page.fill("input[name=name]", "Market");
    page.click(".people .report button.verify");
    await(page, ".report [role=alert]", other() + " changed it at ");
    screenshot(page, "area-conflict");
    assertThat(desk.api.get("/api/v1/areas").json().at("/areas/0/name").asText())
        .isEqualTo("Harbour");
  }

  @Test
  void aSceneThatAnotherChangedMeanwhileIsOverwrittenOnlyWhenThatIsChosen() throws Exception {
    desk.api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(201);
    Page page = administrator();
    page.navigate(desk.address + "#/scene/gate");
    page.waitForSelector(".tools [data-tool=zone]");
    page.focus("#main");
    page.keyboard().press("z");
    page.keyboard().press("Enter");
    page.waitForSelector("button.save:not([disabled])");
    desk.api.json("PUT", "/api/v1/cameras/gate", GATE.formatted("Door")).expect(200);
    page.click("button.save");
    await(page, ".note.amber", other() + " changed this camera at ");
    screenshot(page, "scene-conflict");
    assertThat(desk.api.get("/api/v1/cameras/gate").json().at("/scene/zones")).isEmpty();
    page.click(".note.amber button.danger");
    page.waitForCondition(() -> page.locator(".note.amber").count() == 0);
    assertThat(desk.api.get("/api/v1/cameras/gate").json().at("/scene/zones")).hasSize(1);
  }
}
