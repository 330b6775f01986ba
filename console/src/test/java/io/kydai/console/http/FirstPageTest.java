package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a browser loads before it shows the wall for the first time. */
@Tag("browser")
@Timeout(120)
class FirstPageTest {
  private static final int MOST_BYTES = 300_000;

  @Test
  void theWallIsSmallOverTheWireAndAsksForEachListOnce(@TempDir Path folder) throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      Page page = chromium.page("vi-VN");
      List<Response> responses = new CopyOnWriteArrayList<>();
      page.onResponse(responses::add);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address.toString());
      page.waitForSelector(".feed");
      page.waitForSelector(".wall .empty");

      long bytes = 0;
      for (Response response : List.copyOf(responses)) {
        if (response.status() == 200) {
          bytes += response.body().length == 0 ? 0 : response.request().sizes().responseBodySize;
        }
      }
      assertThat(bytes).isPositive().isLessThan(MOST_BYTES);
      assertThat(responses.stream().map(Response::url).filter(url -> url.endsWith("/session")))
          .hasSize(1);
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
