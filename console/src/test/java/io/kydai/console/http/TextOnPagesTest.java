package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

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
 * What people write is shown as text on every kind of page, whatever a browser could take it for.
 */
@Tag("browser")
@Timeout(180)
class TextOnPagesTest {
  /** Does something where it is taken for HTML, for an attribute or for a script. */
  private static final String TEXT = "\"'><img src=x onerror=\"document.title='run'\"><b>${1}</b>";

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

  private static String json(String text) {
    return text.replace("\"", "\\\"");
  }

  @Test
  void aNameWithMarkupIsShownAsItWasWritten() throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "name": "%s", "url": "rtsp://127.0.0.1:1/", "rules": [],
             "place": {"lat": 16.4, "lon": 107.5, "address": "%s"}}"""
                .formatted(json(TEXT), json(TEXT)))
        .expect(201);
    desk.api
        .json(
            "PUT",
            "/api/v1/areas/east",
            """
            {"name": "%s", "polygon": [[16.4, 107.4], [16.5, 107.5], [16.3, 107.6]]}"""
                .formatted(json(TEXT)))
        .expect(200);
    Page page = chromium.page("en-GB");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    for (String hash : List.of("#/", "#/cameras", "#/people")) {
      page.navigate(desk.address + hash);
      page.waitForFunction("text => document.body.textContent.includes(text)", TEXT);
      assertThat(page.locator("img[src=x]").count()).as(hash).isZero();
      assertThat(page.title()).as(hash).doesNotContain("run");
    }
    assertThat(chromium.complaints).isEmpty();
  }
}
