package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Report;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The review desk as a reviewer uses it: by the keyboard alone. */
@Tag("browser")
@Timeout(300)
class IncidentsPageTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    for (String camera : new String[] {"gate", "yard"}) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              """
              {"id": "%1$s", "name": "Cầu %1$s", "url": "rtsp://127.0.0.1:1/",
               "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
               "rules": [{"id": "crowd", "type": "crowding", "zone": "z", "people": 5}]}
              """
                  .formatted(camera))
          .expect(201);
    }
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

  private Page reviewer() throws Exception {
    Page page = chromium.page("vi-VN");
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + "#/incidents");
    page.waitForSelector(".decide .reasons .btn");
    return page;
  }

  private String state(Report report) throws Exception {
    return desk.api.get("/api/v1/reports/" + report.id()).expect(200).json().get("state").asText();
  }

  /** Waits until the server has a report in a state. */
  private void awaitState(Page page, Report report, String state) {
    page.waitForCondition(
        () -> {
          try {
            return state(report).equals(state);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void a_flood_of_two_cameras_is_two_rows_and_two_keys_dispose_of_each() throws Exception {
    Report first = null;
    Report last = null;
    for (int i = 0; i < 200; i++) {
      Instant at = START.plusMillis(i * 24 * 60_000L / 200);
      last = desk.receive("flood-" + i, i % 2 == 0 ? "gate" : "yard", at);
      first = first == null ? last : first;
    }
    Page page = reviewer();
    assertThat(page.locator(".item.incident").count()).isEqualTo(2);
    assertThat(page.locator("[data-tab=to-check] .count").innerText()).isEqualTo("2");
    assertThat(page.locator(".item.incident .count").allInnerTexts())
        .containsExactly("×100", "×100");
    screenshot(page, "incidents-flood");
    String before = page.url();
    page.keyboard().press("x");
    page.keyboard().press("1");
    page.waitForCondition(() -> !page.url().equals(before));
    page.waitForSelector(".decide .reasons .btn");
    page.keyboard().press("x");
    page.keyboard().press("2");
    await(page, ".pane .rows", "Không còn sự việc nào ở đây.");
    await(page, "[data-tab=done] .count", "2");
    awaitState(page, first, "rejected");
    awaitState(page, last, "rejected");
    // What people found of the rule is said beside what it raises next.
    desk.receive("after", "gate", START.plusSeconds(7200));
    page.reload();
    await(page, ".item.incident", "Hay sai 100 %");
    await(page, ".facts-side", "100 phản ánh đã duyệt, bác bỏ 100 %");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void the_list_is_of_one_camera_or_type_where_somebody_asks() throws Exception {
    desk.receive("a1", "gate", START);
    desk.receive("a2", "yard", START);
    Page page = reviewer();
    page.selectOption("[data-filter=camera]", "yard");
    page.waitForURL("**camera=yard**");
    page.waitForCondition(() -> page.locator(".item.incident").count() == 1);
    await(page, ".detail h2", "Cầu yard");
    await(page, ".priorities", "1");
    page.selectOption("[data-filter=type]", "wrong-way");
    await(page, ".pane .rows", "Không còn sự việc nào ở đây.");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_clip_that_comes_one_that_cannot_be_and_one_that_failed_are_three_things()
      throws Exception {
    Report one = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page page = reviewer();
    page.waitForSelector("[data-clip=made]");
    String states =
        """
        async () => {
          const { clipState } = await import('/incidents/evidence.js');
          const ago = (minutes) => new Date(Date.now() - minutes * 60000).toISOString();
          const of = (evidence, minutes) => clipState({ evidence, 'received-at': ago(minutes) });
          const clip = { 'media-type': 'video/mp4', name: 'clip.mp4' };
          const seen = { 'media-type': 'application/json', name: 'observations.json' };
          return [of([clip, seen], 60), of([], 1), of([seen], 1), of([], 60)].join();
        }
        """;
    assertThat(page.evaluate(states)).isEqualTo("there,made,none,failed");
    assertThat(page.locator(".player").innerText()).contains("Đoạn phim đang được cắt.");
    assertThat(state(one)).isEqualTo("received");

    // Pictures of random bytes, which no browser can play, and what its camera signed of them.
    try (InputStream clip =
        IncidentsPageTest.class.getResourceAsStream("/io/kydai/console/evidence/signed-clip.mp4")) {
      desk.add("a1", "clip.mp4", clip.readAllBytes());
    }
    String signed =
        """
        {"alert": {"startMediaTime": 0, "tracks": []}, "observations": [],
         "clip": {"startMediaTime": 0, "endMediaTime": 57600, "startedAt": "2026-09-21T00:00:00Z",
          "pictures": 16, "gaps": [], "signedVideo": {"state": "invalid", "signer": "CN=Camera",
           "documents": 3, "fromSeconds": 0, "toSeconds": 0.4,
           "problems": [{"fromSeconds": 0.16, "toSeconds": 0.28, "firstNal": 9, "lastNal": 16,
            "what": "NAL units are not what was signed"}]}}}
        """;
    desk.add("a1", "observations.json", signed.getBytes(StandardCharsets.UTF_8));
    page.waitForSelector("[data-signed=invalid]");
    assertThat(page.locator("[data-signed]").innerText())
        .isEqualTo(
            "Chữ ký của camera KHÔNG đúng, từ giây 0,2 đến giây 0,3 của đoạn phim. Người ký:"
                + " CN=Camera");
    screenshot(page, "incidents-signed");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void pictures_of_the_peak_and_the_end_are_looked_at_beside_that_of_the_alert() throws Exception {
    desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    desk.add("a1", "peak.jpg", AgencyPageTest.street());
    desk.add("a1", "end.jpg", AgencyPageTest.street());
    Page page = reviewer();
    Locator shown = page.locator(".player .snapshot img");
    page.waitForSelector("[data-moment=end]");
    assertThat(page.locator(".moments [data-moment]").allInnerTexts())
        .containsExactly("Lúc báo", "Đỉnh điểm", "Kết thúc");
    page.locator("[data-moment=peak]").press("Enter");
    page.waitForSelector("[data-moment=peak][aria-pressed=true]");
    assertThat(shown.getAttribute("src")).endsWith("/peak.jpg");
    screenshot(page, "incidents-peak");
    page.locator("[data-moment=peak]").press("Enter");
    page.waitForSelector("[data-moment=peak][aria-pressed=false]");
    assertThat(shown.getAttribute("src")).endsWith("/snapshot.jpg");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_decision_is_undone_and_the_address_leads_back() throws Exception {
    Report one = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page page = reviewer();
    page.keyboard().press("v");
    page.waitForSelector(".undo");
    awaitState(page, one, "verified");
    page.keyboard().press("z");
    awaitState(page, one, "received");
    page.waitForSelector(".decide .reasons .btn");
    page.navigate(desk.address + "#/reports/" + one.id());
    page.waitForURL("**/#/incidents/**report=" + one.id());
    page.reload();
    await(page, ".detail h2", "Cầu gate");
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    for (int[] size : new int[][] {{1366, 768}, {1920, 1080}, {390, 844}}) {
      page.setViewportSize(size[0], size[1]);
      screenshot(page, "incidents-" + size[0]);
    }
    page.setViewportSize(1366, 768);
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    screenshot(page, "incidents-light");
    assertThat(chromium.complaints).isEmpty();
  }

  private Page lan() throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"lan\", \"display-name\": \"Nguyễn Lan\", \"password\": \"%s\", \"grants\": [{\"role\": \"reviewer\"}]}"
                .formatted(LoggedIn.PASSWORD))
        .expect(201);
    Page lan = chromium.page("vi-VN");
    LoggedIn.into(lan, desk.address, LoggedIn.cookie(desk.address, "lan"));
    lan.navigate(desk.address + "#/incidents");
    lan.waitForSelector(".decide .reasons .btn");
    return lan;
  }

  @Test
  void the_second_of_two_reviewers_hears_who_was_faster() throws Exception {
    Report one = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page lan = lan();
    Page page = reviewer();
    AtomicReference<Route> held = new AtomicReference<>();
    page.route("**/api/v1/decisions", held::set);
    page.keyboard().press("v");
    page.waitForCondition(() -> held.get() != null);
    // The other one decides while this one's decision is on its way.
    lan.keyboard().press("x");
    lan.keyboard().press("1");
    awaitState(lan, one, "rejected");
    held.get().resume();
    await(page, ".conflict", "lan đã bác bỏ");
    assertThat(page.locator(".conflict").innerText())
        .contains("Chưa ghi: Xác minh", "Nhận nhầm vật thể", "Không có gì bị ghi đè");
    screenshot(page, "incidents-conflict");
    assertThat(state(one)).isEqualTo("rejected");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void who_has_a_report_is_seen_live_and_ends_with_the_page() throws Exception {
    Report one = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page lan = lan();
    await(lan, ".holder", "Bạn giữ");
    Page page = reviewer();
    await(page, ".holder", "lan giữ");
    await(page, ".item.incident", "lan giữ");
    // As when the power fails: the page cannot release what it has.
    lan.route("**/claim", Route::abort);
    lan.context().close();
    await(page, ".holder", "Bạn giữ");
    assertThat(state(one)).isEqualTo("received");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void rows_that_are_marked_are_rejected_undone_and_merged_at_once() throws Exception {
    Report gate = desk.receive("a1", "gate", START);
    Report yard = desk.receive("a2", "yard", START);
    Report third = desk.receive("a3", "third", START);
    Page page = reviewer();
    page.keyboard().press("Shift+J");
    await(page, ".listfoot", "2 sự việc đã chọn");
    page.waitForSelector(".decide .rejectfor .count:has-text('2')");
    screenshot(page, "incidents-marked");
    page.keyboard().press("x");
    page.keyboard().press("4");
    awaitState(page, third, "rejected");
    awaitState(page, yard, "rejected");
    await(page, ".undo", "×2");
    assertThat(state(gate)).isEqualTo("received");
    page.keyboard().press("z");
    awaitState(page, third, "received");
    awaitState(page, yard, "received");
    await(page, "[data-tab=to-check] .count", "3");
    page.waitForSelector(".decide .reasons .btn");
    page.keyboard().press("Shift+K");
    page.waitForSelector(".decide .rejectfor .count:has-text('2')");
    page.keyboard().press("d");
    page.waitForSelector(".duplicates button");
    page.keyboard().press("v");
    awaitState(page, third, "verified");
    awaitState(page, yard, "verified");
    assertThat(state(gate)).isEqualTo("received");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_decision_outlives_the_server_and_the_page_and_is_taken_once() throws Exception {
    Report one = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page page = lan();
    // The server takes it, and its answer is lost.
    AtomicInteger sent = new AtomicInteger();
    page.route(
        "**/api/v1/decisions",
        route -> {
          if (sent.getAndIncrement() == 0) {
            route.fetch();
          }
          route.abort();
        });
    page.keyboard().press("x");
    page.keyboard().press("1");
    await(page, ".waiting", "1 quyết định đang chờ máy chủ");
    screenshot(page, "incidents-lost");
    page.reload();
    await(page, ".waiting", "1 quyết định đang chờ máy chủ");
    page.unroute("**/api/v1/decisions");
    page.waitForCondition(() -> page.locator(".waiting").count() == 0);
    assertThat(page.locator(".conflict").count()).as("its own decision is no conflict").isZero();
    assertThat(
            desk.api.get("/api/v1/reports/" + one.id()).json().get("history").findValues("action"))
        .hasSize(1);
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void typed_words_stay_when_the_server_does_not_answer() throws Exception {
    desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page page = reviewer();
    page.route("**/comments", Route::abort);
    page.keyboard().press("c");
    page.keyboard().type("xe cứu thương");
    page.keyboard().press("Enter");
    await(page, "dialog.wish [role=alert]", "Chữ bạn gõ còn ở đây");
    page.keyboard().press("Escape");
    page.keyboard().press("c");
    assertThat(page.locator("dialog.wish input").inputValue()).isEqualTo("xe cứu thương");
    page.unroute("**/comments");
    page.keyboard().press("Enter");
    await(page, ".notes", "xe cứu thương");
    page.keyboard().press("m");
    page.locator("dialog.wish input").fill("làm đường");
    page.keyboard().press("Enter");
    await(page, ".dbody .note", "làm đường");
    assertThat(chromium.complaints).isEmpty();
  }
}
