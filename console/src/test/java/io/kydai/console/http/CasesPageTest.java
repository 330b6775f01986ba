package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.api.RecordedCamera;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A case from playback to somebody without an account, in a browser. */
@Tag("browser")
@Timeout(180)
class CasesPageTest {
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final String TITLE = "Ngược chiều Lê Lợi 28/11";

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    for (String camera : List.of("gate", "park")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"name\": \"Camera %s\", \"url\": \"rtsp://127.0.0.1:1/\"}"
                  .formatted(camera, camera))
          .expect(201);
      RecordedCamera.record(desk, new CameraId(camera), START, 300, 100);
    }
    desk.cases.start();
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

  /** Without motion, since colours on their way from one theme to the other have no contrast. */
  private void look(Page page, String name) throws Exception {
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    for (String theme : List.of("dark", "light")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      page.evaluate(Axe.script());
      assertThat((List<?>) page.evaluate(Axe.RULES)).as("%s, %s", name, theme).isEmpty();
      screenshot(page, "cases-" + name + "-" + theme);
    }
  }

  @Test
  void aCaseIsExportedFromPlaybackAndSharedByALink() throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(
        desk.address + "#/playback?cameras=gate,park&paused=1&at=" + START.plusSeconds(60));
    page.waitForSelector("a[aria-keyshortcuts=e]");
    screenshot(page, "cases-playback");
    page.keyboard().press("e");
    Locator form = page.locator(".case-form");
    form.waitFor();
    assertThat(form.locator("[name=camera]:checked").count()).isEqualTo(2);
    assertThat(page.evaluate("() => document.activeElement.name")).isEqualTo("title");
    page.keyboard().type(TITLE);
    form.locator("[name=reason]").fill("Công văn 118");
    look(page, "form");
    form.locator(".primary").click();
    page.waitForSelector("tr[data-state=done]");
    assertThat(desk.cases.list().get(0).wish().from()).isEqualTo(START);
    assertThat(desk.cases.list().get(0).wish().to()).isEqualTo(START.plusSeconds(120));

    Download own =
        page.waitForDownload(() -> page.locator("tr[data-state=done] a[download]").click());
    assertThat(Sha256.hex(Files.readAllBytes(own.path())))
        .isEqualTo(desk.cases.list().get(0).sha256());
    page.locator("tr[data-state=done] button[aria-expanded=false]").click();
    Locator links = page.locator(".case-links");
    links.locator("[name=reason]").fill("Luật sư Hoa");
    links.locator("form .primary").click();
    String link = links.locator(".secret output").textContent();
    assertThat(link).startsWith(desk.address + "share.html#");
    look(page, "links");
    page.setViewportSize(390, 844);
    look(page, "phone");

    shared(link);
    page.reload();
    page.locator("tr[data-state=done] button[aria-expanded=false]").click();
    links.locator("td", new Locator.LocatorOptions().setHasText("1 / 1")).waitFor();
    assertThat(chromium.complaints).isEmpty();
  }

  /** Another browser context, which has no cookie of a log-in. */
  private void shared(String link) throws Exception {
    Page page = chromium.page("en-GB");
    page.setViewportSize(1366, 768);
    page.navigate(link);
    Locator button = page.locator("#download");
    button.waitFor();
    assertThat(page.url()).doesNotContain("#");
    assertThat(page.locator("dd").first().textContent()).isEqualTo(TITLE);
    look(page, "shared");
    Download download = page.waitForDownload(button::click);
    assertThat(download.failure()).isNull();
    Path zip = folder.resolve("shared.zip");
    download.saveAs(zip);
    assertThat(CaseCheck.run(zip, null).faults()).isEmpty();
    assertThat(button.isDisabled()).as("it was good for one download").isTrue();
    page.navigate(link.replace("#", "#x"));
    page.locator(".warning").waitFor();
    screenshot(page, "cases-shared-nothing");
  }
}
