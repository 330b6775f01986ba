package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.api.DeskServer;
import io.kydai.streaming.recording.retention.RecordingStorage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the system, as an administrator uses them by the keyboard. */
@Tag("browser")
@Timeout(300)
class SystemSettingsPageTest {
  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;
  private HttpServer receiver;
  private final AtomicInteger status = new AtomicInteger(410);

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (receiver != null) {
      receiver.stop(0);
    }
    if (desk != null) {
      desk.close();
    }
  }

  private Page at(String place, String locale) throws Exception {
    Page page = chromium.page(locale);
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    page.waitForSelector("section.page h1");
    return page;
  }

  private static void press(Page page, String button) {
    page.waitForSelector(button + ":not(:disabled)").focus();
    page.keyboard().press("Enter");
  }

  @Test
  void a_webhook_is_tested_and_what_was_given_up_is_sent_again() throws Exception {
    desk.webhooks.configure(
        List.of(
            new WebhookConfig(
                URI.create(
                    "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?token=s3cret"),
                Secret.of("a secret of sixteen or more"),
                new TreeSet<>(List.of("crowding")))));
    desk.receive("01JD00000000000000000000A1", "a.jpg", "a");
    desk.receive("01JD00000000000000000000A2", "b.jpg", "b");
    Page page = at("#/webhooks", "vi-VN");
    page.waitForCondition(
        () -> {
          page.reload();
          page.waitForSelector(".webhooks tbody tr");
          return page.locator(".letters tbody tr").count() == 2;
        });
    await(page, ".letters", "trả lời HTTP 410");
    press(page, ".test");
    await(page, "[role=alert]", "không nhận tin thử");
    screenshot(page, "settings-webhooks");
    assertThat(page.content()).doesNotContain("s3cret", "sixteen");
    status.set(204);
    press(page, ".test");
    await(page, "[role=status]", "đã nhận tin thử");
    press(page, ".letters tr:first-child .replay");
    await(page, "[role=status]", "1 tin chờ gửi lại");
    press(page, ".replay-all");
    page.waitForCondition(() -> page.locator(".letters").count() == 0);
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void sounds_are_kept_for_the_account() throws Exception {
    Page page = at("#/sounds", "en-GB");
    page.selectOption("[data-priority=high] select", "silent");
    page.fill(".volume input", "80");
    await(page, ".volume", "80 %");
    press(page, ".switch.on");
    page.waitForSelector(".switch.on[aria-checked=true]");
    page.reload();
    page.waitForSelector("[data-priority=high] select");
    page.waitForCondition(() -> page.inputValue("[data-priority=high] select").equals("silent"));
    await(page, ".volume", "80 %");
    assertThat(page.inputValue("[data-priority=urgent] select")).isEqualTo("again");
    assertThat(page.getAttribute(".switch.on", "aria-checked")).isEqualTo("true");
    screenshot(page, "settings-sounds");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void what_is_kept_is_shown_with_its_key_and_levels_of_the_log_change_at_once() throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/g\", \"retention-days\": 9}")
        .expect(201);
    desk.recordingStorage =
        new RecordingStorage(
            50L << 30,
            120L << 30,
            110L << 30,
            12L << 30,
            9.2,
            false,
            List.of(
                new RecordingStorage.Disk("0a", "/mnt/a", null, 50L << 30, 120L << 30, false),
                new RecordingStorage.Disk("0b", "/mnt/b", "the disk is not mounted", 0, 0, false),
                new RecordingStorage.Disk("0c", "/mnt/c", null, 9L << 30, 1L << 30, true)),
            Instant.parse("2026-11-29T00:00:00Z"));
    Page page = at("#/retention", "vi-VN");
    await(page, ".room", "9 ngày; sau đó bản ghi cũ nhất bị xóa trước hạn");
    await(page, ".room", "12,0 GiB");
    await(page, "[data-key='audit.keep']", "730 ngày");
    await(page, ".kv", "9 ngày");
    await(page, ".room", "29/11/2026");
    await(page, "[data-disk='0a']", "đang dùng");
    await(page, "[data-disk='0a']", "120,0 GiB");
    await(page, "[data-disk='0b']", "không dùng được");
    await(page, "[data-disk='0b']", "the disk is not mounted");
    await(page, "[data-disk='0b']", "không rõ");
    await(page, "[data-disk='0c']", "đầy");
    page.evaluate(Axe.script());
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    screenshot(page, "settings-retention");
    page.navigate(desk.address + "#/log-levels");
    page.fill("[name=logger]", "io.kydai.ingest");
    page.keyboard().press("Enter");
    await(page, "[role=status]", "Đã lưu.");
    String levels = "/api/v1/log-levels";
    assertThat(desk.api.get(levels).json().at("/levels/io.kydai.ingest").asText())
        .isEqualTo("debug");
    screenshot(page, "settings-log-levels");
    press(page, "[data-logger='io.kydai.ingest'] button");
    page.waitForCondition(() -> page.locator("[data-logger='io.kydai.ingest']").count() == 0);
    assertThat(desk.api.get(levels).json().at("/levels/io.kydai.ingest").isMissingNode()).isTrue();
    page.setViewportSize(390, 844);
    screenshot(page, "settings-log-levels-390");
    assertThat(chromium.complaints).isEmpty();
  }
}
