package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.console.KydaiProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server process that is stopped (SIGSTOP): its connections stay open and nothing comes any more.
 * Every page says so within three seconds of the page's own clock, which the test moves.
 */
@Tag("browser")
@Timeout(600)
class FrozenServerTest {
  private static final int NOTICED_MS = 3_000;
  private static final String VIEWS =
      "import('/frame/pages.js').then(({ PAGES }) => PAGES.map(({ view }) => view))";

  @TempDir Path folder;
  private KydaiProcess kydai;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    Path config = Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n");
    kydai = KydaiProcess.start(folder.resolve("data"), "--config", config.toString());
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (kydai != null) {
      kydai.close();
    }
  }

  @Test
  void isNoticedOnEveryPage() throws Exception {
    Page page = chromium.page("vi-VN");
    page.clock().install();
    LoggedIn.into(page, kydai.address(), LoggedIn.cookie(kydai.address()));
    page.navigate(kydai.address().toString());
    page.waitForSelector(".app .nav a");
    List<String> silent = new ArrayList<>();
    List<?> views = (List<?>) page.evaluate(VIEWS);
    assertThat(views).hasSizeGreaterThan(15);
    for (Object view : views) {
      page.evaluate("view => { location.hash = `#/${view}`; }", view);
      page.waitForSelector("#main > *");
      page.waitForFunction("() => !document.documentElement.hasAttribute('data-lost')");
      page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + 1_000);
      signal("STOP");
      try {
        page.evaluate("0"); // What had been sent has come.
        page.clock().runFor(NOTICED_MS);
        boolean said =
            (Boolean)
                page.evaluate(
                    "document.documentElement.hasAttribute('data-lost')"
                        + " && Boolean(document.querySelector('.lost [role=alert]')"
                        + "?.checkVisibility())");
        if (!said) {
          silent.add((String) view);
        }
      } finally {
        signal("CONT");
      }
      page.clock().resume();
    }
    assertThat(silent).as("pages that do not say that the server is lost").isEmpty();
    page.waitForFunction("() => !document.documentElement.hasAttribute('data-lost')");
    assertThat(chromium.complaints).isEmpty();
  }

  private void signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(kydai.pid())).inheritIO().start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
