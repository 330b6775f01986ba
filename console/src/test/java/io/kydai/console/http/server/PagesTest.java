package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.http.Api;
import io.kydai.console.http.api.DeskServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  @TempDir static Path folder;
  private DeskServer desk;

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterAll
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void thePageMayRunItsOwnImportMapAndNoOtherInlineScript() throws Exception {
    Api.Answer page = desk.api.get("/").expect(200);
    Matcher map =
        Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
            .matcher(new String(page.body(), StandardCharsets.UTF_8));
    assertThat(map.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));

    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy"))
        .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .contains("default-src 'none'; ", "object-src 'none'; ", "base-uri 'none'; ")
        .doesNotContain("unsafe");
  }

  @Test
  void everythingThatThePageNamesIsThere() throws Exception {
    String page = new String(desk.api.get("/").body(), StandardCharsets.UTF_8);
    Matcher names = Pattern.compile("\"(/[^\"]+\\.(?:js|css|svg))\"").matcher(page);
    int count = 0;
    while (names.find()) {
      Api.Answer file = desk.api.get(names.group(1)).expect(200);
      assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
      count++;
    }
    assertThat(count).isGreaterThan(4);
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws Exception {
    String tag = desk.api.get("/app.js").expect(200).header("ETag");

    assertThat(desk.api.get("/app.js", "If-None-Match", tag).expect(304).body()).isEmpty();
  }

  @Test
  void metricsAreOpenMetrics() throws Exception {
    Api.Answer metrics = desk.api.get("/metrics").expect(200);
    String text = new String(metrics.body(), StandardCharsets.UTF_8);

    assertThat(metrics.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text).endsWith("# EOF\n").contains("kydai_console_http_connections");
    Pattern line =
        Pattern.compile(
            "# (?:HELP|TYPE|UNIT|EOF).*"
                + "|[a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*})? [-+0-9.eEIinfNa]+(?: [0-9.]+)?");
    assertThat(text.lines()).allMatch(one -> line.matcher(one).matches());
  }
}
