package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A workstation whose clock is set to another time zone than the site's: what is typed into fields
 * of time is meant by the site's clock, as what is shown is, and the fields name its zone.
 */
@Tag("browser")
@Timeout(300)
class SiteTimePageTest {
  /** Thirteen or fourteen hours from {@code Asia/Ho_Chi_Minh}, nowhere near UTC. */
  private static final String ELSEWHERE = "Pacific/Marquesas";

  private static final String TYPED = "2026-11-22T07:00";

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

  @Test
  void fieldsOfTimeAreByTheSitesClock() throws Exception {
    Page page = chromium.pageIn(ELSEWHERE);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + "#/search");
    page.waitForSelector("input[name=from]");
    // The site's zone here is the process's.
    ZonedDateTime meant = ZonedDateTime.of(2026, 11, 22, 7, 0, 0, 0, ZoneId.systemDefault());
    page.fill("input[name=from]", TYPED);
    page.locator("input[name=from]").dispatchEvent("change");
    page.waitForCondition(() -> page.url().contains("from="));
    assertThat(page.url().replace("%3A", ":"))
        .contains("from=" + meant.toInstant().toString().replace("Z", ".000Z"));
    assertThat(page.inputValue("input[name=from]")).isEqualTo(TYPED);
    await(page, "label:has(input[name=from])", "(UTC");
    page.reload();
    page.waitForSelector("input[name=from]");
    page.waitForCondition(() -> page.inputValue("input[name=from]").equals(TYPED));
    assertThat(chromium.complaints).isEmpty();
  }
}
