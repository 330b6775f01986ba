package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Report;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an alert reaches whoever is at the wall, and is worked on over it. */
@Tag("browser")
@Timeout(300)
class AlertDrawerPageTest {
  /**
   * Notes the tones that the page plays, and the messages of the operating system that it makes.
   */
  private static final String LISTEN =
      """
      window.tones = [];
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (...when) {
        window.tones.push(this.frequency.value);
        return start.apply(this, when);
      };
      window.told = [];
      window.Notification = class extends Notification {
        constructor(title, options) {
          super(title, options);
          window.told.push({ message: this, words: `${title}: ${options.body}` });
        }
        close() {
          window.told.find(({ message }) => message === this).closed = true;
          super.close();
        }
      };
      """;

  private static final List<Integer> HIGH = List.of(660, 660);
  private static final List<Integer> URGENT = List.of(880, 660, 880);

  @TempDir Path folder;

  @Test
  void an_alert_over_the_wall_is_rejected_with_a_reason_of_the_site() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      desk.api
          .json(
              "PUT",
              "/api/v1/desk/reject-reasons",
              "{\"version\": 0, \"reasons\": [{\"digit\": 4, \"vi\": \"Đèn hỏng\", \"en\": \"Lamp\"}]}")
          .expect(200);
      Report report = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/wall?alert=" + report.id());
      await(page, "kydai-alert footer", "Bác bỏ");
      page.keyboard().press("x");
      await(page, "kydai-alert footer .reasons", "Đèn hỏng");
      screenshot(page, "alert-drawer-reasons");
      page.keyboard().press("4");
      String path = "/api/v1/reports/" + report.id();
      page.waitForCondition(
          () -> {
            try {
              return desk.api.get(path).json().get("state").asText().equals("rejected");
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      assertThat(desk.api.get(path).expect(200).json().at("/history/1/reason").asText())
          .isEqualTo("Đèn hỏng");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void an_alert_rings_counts_and_is_told_of_until_somebody_knows_of_it() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"gate\", \"name\": \"Cổng chợ\", \"url\": \"rtsp://127.0.0.1:1/gate\"}")
          .expect(201);
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      page.context().grantPermissions(List.of("notifications"));
      page.addInitScript(LISTEN);
      page.clock().install();
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address + "#/wall");
      page.waitForSelector(".feed .empty");
      page.click(".wallbar .menu summary");
      page.click(".wallbar .menu-list button:has-text('Bật thông báo')");
      page.keyboard().press("m");
      played(page, List.of(520));

      // Somebody looks at the page: it rings and counts, and the system says nothing.
      Report crowd = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
      played(page, HIGH);
      page.waitForCondition(() -> page.title().startsWith("(1) "));
      await(page, ".nav .count.red", "1");
      page.clock().fastForward(20_000);
      played(page, HIGH);
      assertThat(page.evaluate("told.length")).isEqualTo(0);

      page.evaluate(
          "Object.defineProperty(document, 'hidden', { value: true, configurable: true })");
      Report intrusion = desk.reports.receive(intrusion("a2"), List.of());
      played(page, URGENT);
      page.waitForCondition(() -> page.title().startsWith("(2) "));
      page.waitForCondition(() -> told(page).equals(List.of("Xâm nhập: Cổng chợ")));
      // The server tells of its change again; nobody is told again.
      desk.add("a2", "later.jpg", AgencyPageTest.street());
      page.waitForCondition(
          () -> page.locator(".feed [data-report='" + intrusion.id() + "'] img").count() == 1);
      assertThat(told(page)).hasSize(1);
      page.evaluate("told[0].message.dispatchEvent(new Event('click'))");
      page.waitForURL("**/#/wall?alert=" + intrusion.id());
      await(page, "kydai-alert", "Cổng chợ");

      page.evaluate("delete document.hidden");
      page.clock().fastForward(6_000);
      played(page, URGENT);
      page.keyboard().press("a");
      page.waitForCondition(() -> page.title().startsWith("(1) "));
      page.evaluate("tones.length = 0");
      page.clock().fastForward(20_000);
      played(page, HIGH); // The other one is not known yet.
      page.click(".feed [data-report='" + crowd.id() + "']");
      await(page, "kydai-alert", "Cổng chợ");
      page.keyboard().press("a");
      page.waitForCondition(() -> !page.title().startsWith("("));
      page.evaluate("tones.length = 0");
      page.clock().fastForward(60_000);
      assertThat(page.evaluate("tones")).isEqualTo(List.of());
      assertThat(page.locator(".nav .count").count()).isZero();
      assertThat(page.evaluate("told.every(({ closed }) => closed)")).isEqualTo(true);
      assertThat(chromium.complaints).isEmpty();
    }
  }

  private static Alert intrusion(String id) {
    Alert crowd = DeskServer.alert(id);
    return new Alert(
        crowd.id(),
        new Alert.Origin(new CameraId("gate"), RuleId.of("lawn"), "intrusion"),
        crowd.phase(),
        crowd.span(),
        crowd.participants(),
        crowd.finding());
  }

  /** Waits until a sound was played, and forgets it. */
  private static void played(Page page, List<Integer> tones) {
    page.waitForCondition(() -> tones.equals(page.evaluate("tones")));
    page.evaluate("tones.length = 0");
  }

  private static List<?> told(Page page) {
    return (List<?>) page.evaluate("told.map(({ words }) => words)");
  }
}
