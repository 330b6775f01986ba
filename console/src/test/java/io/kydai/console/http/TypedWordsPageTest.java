package io.kydai.console.http;

import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is typed and not sent outlasts a reload, in every form in which people type; it is its
 * writer's alone, and ends when it is sent, cancelled or signed out.
 */
@Tag("browser")
@Timeout(300)
class TypedWordsPageTest {
  private static final String PASSWORD = "khong duoc giu lai";

  /**
   * A form: its page, what is clicked to open it ({@code ""} where it is open), and what is typed
   * by field.
   */
  private record Form(String page, String open, Map<String, String> typed) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(
              "cameras/gate",
              ".actions .edit",
              Map.of(
                  "#about-name", "Cổng đông", "#about-purpose", "Đếm xe", "#about-groups", "Chợ")),
          new Form("cameras/gate", ".actions .pause", Map.of("#pause-reason", "Sửa cột đèn")),
          new Form(
              "cameras/gate",
              ".actions .hand-over",
              Map.of("#handover-to", "Điện lực", "#handover-note", "Tủ điện ngập\nở chân cầu")),
          new Form(
              "add-camera",
              "",
              Map.of("#new-address", "rtsp://10.1.2.3/live", "#new-password", PASSWORD)),
          new Form(
              "people",
              ".add-account",
              Map.of(
                  "input[name=name]", "binh",
                  "input[name=display]", "Trần Bình",
                  "input[name=password]", PASSWORD)),
          new Form("people", "[data-account=lan]", Map.of("input[name=agency]", "Công an phường")),
          new Form(
              "people",
              ".add-area",
              Map.of("input[name=name]", "Kinh thành", "textarea", "16.47, 107.57\n16.48, 107.58")),
          new Form("tokens", "", Map.of("input[name=name]", "Thống kê của thành phố")),
          new Form(
              "account",
              "",
              Map.of(
                  ".new-email [name=address]", "lan@example.vn", ".password [name=old]", PASSWORD)),
          new Form(
              "cases?new=1",
              "",
              Map.of(".case-form [name=title]", "Va chạm", ".case-form textarea", "Xe tải lùi")),
          new Form(
              "incidents",
              ".facts-side .notes + .line .btn >> nth=0",
              Map.of("dialog.wish input", "Đã gọi cứu thương")),
          new Form("reject-reasons", ".add", Map.of("[data-row='6'] [name=vi]", "Vạch vẽ sai")),
          new Form("log-levels", "", Map.of("[name=logger]", "io.kydai.ingest")),
          new Form("find", "", Map.of("input[name=address]", "10.1.2.4")),
          new Form("search", ".search-bar .save", Map.of(".naming [name=name]", "Ngược chiều")),
          new Form("mail", "", Map.of(".mail-test [name=to]", "binh@example.vn")),
          new Form("map", ".map-bar > .btn", Map.of("form [name=name]", "Chợ Đông Ba")));

  @TempDir Path folder;

  @Test
  void outlastAReloadAndAreTheirWritersAlone() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      fill(desk);
      Page page = chromium.page("vi-VN");
      page.setViewportSize(1366, 768);
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.navigate(desk.address.toString());
      for (Form form : FORMS) {
        open(page, form, true);
        form.typed().forEach(page::fill);
        page.keyboard().press("Tab"); // A field tells of its change when it is left.
      }
      assertThat(stored(page)).doesNotContain(PASSWORD).contains("Điện lực");

      page.reload();
      for (Form form : FORMS) {
        open(page, form, false);
        form.typed()
            .forEach(
                (field, words) ->
                    page.waitForCondition(
                        () -> page.inputValue(field).equals(words.equals(PASSWORD) ? "" : words)));
      }
      isSentCancelledOrDropped(page);
      isSavedAsItWasTyped(page, desk);

      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address, "lan"));
      page.reload();
      open(page, FORMS.get(2), false);
      assertThat(page.inputValue("#handover-note")).as("somebody else").isEmpty();
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.reload();
      page.click(".menu.person summary");
      page.click(".sign-out");
      page.waitForURL("**/signin.html*");
      assertThat(stored(page)).doesNotContain("kydai.typed");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  private static void fill(DeskServer desk) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate\", \"name\": \"Cổng\", \"url\": \"rtsp://127.0.0.1:1/gate\"}")
        .expect(201);
    desk.api
        .json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"lan\", \"password\": \"%s\", \"grants\": [{\"role\": \"administrator\"}]}"
                .formatted(LoggedIn.PASSWORD))
        .expect(201);
    desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
  }

  /** Opens a form; what is added of a list is added once, and is there afterwards. */
  private static void open(Page page, Form form, boolean first) {
    page.evaluate("hash => { location.hash = hash; }", "#/nowhere");
    page.waitForSelector("main .empty");
    page.evaluate("hash => { location.hash = hash; }", "#/" + form.page());
    if (!form.open().isEmpty() && (first || !form.open().equals(".add"))) {
      page.waitForSelector(form.open());
      if (form.page().equals("map") && !first) {
        return;
      }
      page.click(form.open());
    }
  }

  private static String stored(Page page) {
    return (String) page.evaluate("JSON.stringify(localStorage)");
  }

  private static void isSentCancelledOrDropped(Page page) {
    Form handover = FORMS.get(2);
    open(page, handover, false);
    page.waitForSelector(".typed-before");
    screenshot(page, "typed-before");
    page.keyboard().press("Escape");
    page.click(handover.open());
    assertThat(page.inputValue("#handover-to")).as("after Escape").isEqualTo("Điện lực");
    page.click("dialog footer .btn:not(.primary)");
    page.click(handover.open());
    assertThat(page.inputValue("#handover-to")).as("after it was cancelled").isEmpty();

    open(page, FORMS.get(1), false);
    page.click(".typed-before .btn");
    assertThat(page.inputValue("#pause-reason")).as("after it was dropped").isEmpty();
    page.fill("#pause-reason", "Thay thẻ nhớ");
    page.click("dialog .btn.primary");
    page.click(".actions .resume");
    page.click(".actions .pause");
    assertThat(page.inputValue("#pause-reason")).as("after it was sent").isEmpty();
    page.keyboard().press("Escape");
  }

  private static void isSavedAsItWasTyped(Page page, DeskServer desk) throws Exception {
    open(page, FORMS.get(0), false);
    page.fill("#edit-url", "rtsp://lan:mat-khau@10.1.2.3/live");
    assertThat(stored(page)).as("an address with a log-in").doesNotContain("mat-khau");
    page.fill("#about-address", "1 Lê Lợi");
    assertThat(stored(page)).contains("1 Lê Lợi").doesNotContain("mat-khau");
    page.click("dialog .btn.primary");
    page.waitForCondition(() -> !stored(page).contains("1 Lê Lợi"));
    JsonNode camera = desk.api.get("/api/v1/cameras/gate").expect(200).json();
    assertThat(camera.get("name").asText()).isEqualTo("Cổng đông");
    assertThat(camera.get("purpose").asText()).isEqualTo("Đếm xe");
    assertThat(camera.at("/groups/0").asText()).isEqualTo("Chợ");
    assertThat(camera.at("/place/address").asText()).isEqualTo("1 Lê Lợi");
  }
}
