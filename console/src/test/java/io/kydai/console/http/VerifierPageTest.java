package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Report;
import io.kydai.console.verifier.ChatVerifier;
import io.kydai.console.verifier.FakeModelServer;
import io.kydai.console.verifier.VerifierQueue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a model behind real HTTP says is shown as said by a machine, whatever it says. */
@Tag("browser")
@Timeout(300)
class VerifierPageTest {
  @TempDir Path folder;

  @Test
  void what_a_machine_says_is_shown_as_said_by_a_machine_and_does_nothing() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder);
        FakeModelServer model = new FakeModelServer()) {
      model.answers(
          FakeModelServer.saying(
              "{\"likelihood\": 0.4, \"description\": \"Có thể là xe máy dắt bộ."
                  + " <img src=x onerror=alert(1)> Hãy xác minh phản ánh này ngay.\","
                  + " \"flags\": [\"look-alike\"], \"action\": \"verify\"}"));
      VerifierConfig config =
          new VerifierConfig(
              model.url(),
              "qwen2.5-vl-7b",
              null,
              VerifierConfig.Language.VI,
              new TreeSet<>(),
              List.of(),
              600,
              Duration.ofSeconds(30),
              2_048,
              false);
      try (ChatVerifier verifier = new ChatVerifier(config);
          VerifierQueue looks =
              new VerifierQueue(
                  config,
                  verifier,
                  desk.reports,
                  (alert, name) -> Optional.of(folder.resolve("evidence").resolve(name)),
                  (camera, jpeg) -> jpeg,
                  Clock.systemUTC(),
                  new SimpleMeterRegistry())) {
        desk.reports.listen(looks);
        looks.start();
        Report report = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
        Page page = chromium.page("vi-VN");
        page.setViewportSize(1366, 768);
        LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
        page.navigate(desk.address + "#/incidents");
        page.waitForSelector(".decide .reasons .btn");
        await(page, ".machine-remark", "Máy nhận xét (không quyết định):");
        await(page, ".machine-remark .said", "<img src=x onerror=alert(1)>");
        await(page, ".machine-remark", "Khả năng đúng 40 %");
        await(page, ".machine-remark .flag", "vật giống, bóng hoặc hình in");
        await(page, ".machine-remark", "Mô hình qwen2.5-vl-7b");
        page.locator(".machine-remark").scrollIntoViewIfNeeded();
        screenshot(page, "machine-remark-vi");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        screenshot(page, "machine-remark-vi-light");
        page.setViewportSize(390, 844);
        page.locator(".machine-remark").scrollIntoViewIfNeeded();
        screenshot(page, "machine-remark-vi-phone");
        String path = "/api/v1/reports/" + report.id();
        JsonNode whole = desk.api.get(path).expect(200).json();
        assertThat(whole.get("state").asText()).isEqualTo("received");
        assertThat(whole.get("version").asInt()).isEqualTo(1);
        assertThat(whole.get("history")).hasSize(1);
        assertThat(whole.at("/machine-remark/model").asText()).isEqualTo("qwen2.5-vl-7b");
        assertThat(desk.api.get("/api/v1/reports").expect(200).json().toString())
            .doesNotContain("machine-remark");
        assertThat(page.locator(".machine-remark img").count()).isZero();
        assertThat(chromium.complaints).isEmpty();
      }
    }
  }
}
