package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two reviewers, each in an own browser, look at a report that can lead to a fine. */
@Tag("browser")
@Timeout(300)
class SecondLookPageTest {
  @TempDir Path folder;
  private DeskServer desk;
  private Chromium first;
  private Chromium second;

  @BeforeEach
  void start() throws Exception {
    first = Chromium.start();
    second = Chromium.start();
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "gate", "name": "Cầu Trường Tiền", "url": "rtsp://127.0.0.1:1/",
             "scene": {"zones": [{"id": "z", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]},
             "rules": [{"id": "crowd", "type": "crowding", "zone": "z", "people": 5}]}
            """)
        .expect(201);
    desk.api
        .json("PUT", "/api/v1/desk/second-look", "{\"version\": 0, \"types\": [\"crowding\"]}")
        .expect(200);
    for (String name : List.of("lan", "minh")) {
      desk.directory.add(
          name,
          name.equals("lan") ? "Nguyễn Thị Lan" : "Trần Minh",
          null,
          List.of(Grant.of(Role.REVIEWER)),
          LoggedIn.PASSWORD,
          Actor.SYSTEM,
          RequestOrigin.NONE);
    }
  }

  @AfterEach
  void stop() {
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
    if (desk != null) {
      desk.close();
    }
  }

  private Page reviewer(Chromium chromium, String name, String language) throws Exception {
    Page page = chromium.page(language);
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address, name));
    page.navigate(desk.address + "#/incidents");
    page.waitForSelector(".decide .reasons .btn");
    return page;
  }

  private String state(Report report) throws Exception {
    return desk.api.get("/api/v1/reports/" + report.id()).expect(200).json().get("state").asText();
  }

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
  void one_looks_and_another_agrees_with_the_same_key() throws Exception {
    Report report = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page lan = reviewer(first, "lan", "vi-VN");
    await(lan, ".facts-side", "Hai người cùng xem");
    lan.keyboard().press("v");
    awaitState(lan, report, "second-review");
    // The row stays, says whom it waits for, and is not opened for the same person again.
    await(lan, ".item .first-look", "Bạn đã xem, chờ người khác");
    await(lan, ".second-looks .count", "1");
    await(lan, "[data-tab='to-check'] .count", "1");
    await(lan, "[data-tab='mine'] .count", "1");
    lan.locator(".item.incident").click();
    await(lan, ".dbody .state", "chờ người thứ hai xem");
    assertThat(lan.locator(".decide .primary").count()).isZero();
    await(lan, ".facts-side", "Người khác xem lần hai");
    screenshot(lan, "second-look-first-vi");
    lan.keyboard().press("v");
    assertThat(state(report)).isEqualTo("second-review");

    Page minh = reviewer(second, "minh", "en-GB");
    await(minh, ".item .first-look", "lan looked first");
    await(minh, ".facts-side dd.first-look", "lan, ");
    await(minh, ".decide .primary", "Agree and verify");
    screenshot(minh, "second-look-second-en");
    minh.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    screenshot(minh, "second-look-second-en-light");
    minh.setViewportSize(390, 844);
    screenshot(minh, "second-look-second-en-phone");
    minh.setViewportSize(1366, 768);
    minh.keyboard().press("v");
    awaitState(minh, report, "verified");
    await(minh, ".facts-side .hist", "lan looked first and found it true");
    await(minh, ".facts-side .hist", "minh verified it");
    await(lan, ".dbody .state", "đã xác minh");
    assertThat(first.complaints).isEmpty();
    assertThat(second.complaints).isEmpty();
  }

  @Test
  void one_looks_and_another_rejects_with_a_reason() throws Exception {
    Report report = desk.receive("a1", "snapshot.jpg", AgencyPageTest.street());
    Page lan = reviewer(first, "lan", "vi-VN");
    lan.keyboard().press("v");
    awaitState(lan, report, "second-review");
    Page minh = reviewer(second, "minh", "vi-VN");
    minh.locator(".second-looks").click();
    minh.waitForURL("**second=1**");
    minh.waitForSelector(".decide .reasons .btn");
    minh.keyboard().press("x");
    minh.keyboard().press("2");
    awaitState(minh, report, "rejected");
    await(lan, "[data-tab='done'] .count", "1");
    lan.navigate(desk.address + "#/incidents/" + report.id() + "?tab=done");
    await(lan, ".facts-side .hist", "minh đã bác bỏ: Không vi phạm");
    assertThat(first.complaints).isEmpty();
    assertThat(second.complaints).isEmpty();
  }

  @Test
  void the_types_are_set_on_a_page_and_the_statistics_say_how_often_people_agreed()
      throws Exception {
    Api lan = Api.withCookie(desk.address, LoggedIn.cookie(desk.address, "lan"));
    Api again = Api.withCookie(desk.address, LoggedIn.cookie(desk.address, "lan"));
    Api minh = Api.withCookie(desk.address, LoggedIn.cookie(desk.address, "minh"));
    for (int i = 0; i < 3; i++) {
      Report report = desk.receive("a" + i, "a" + i + ".jpg", "x");
      String steps = "/api/v1/reports/" + report.id();
      lan.json("POST", steps + "/verify", "{}").expect(200);
      // Another session of the same person is not another person.
      String problem = again.json("POST", steps + "/verify", "{}").expect(409).json().toString();
      assertThat(problem).contains("another person has to agree");
      desk.api.json("POST", steps + "/verify", "{}").expect(409);
      if (i == 0) {
        minh.json("POST", steps + "/reject", "{\"reason\": \"no\"}").expect(200);
      } else {
        minh.json("POST", steps + "/verify", "{}").expect(200);
      }
    }
    Page admin = first.page("vi-VN");
    admin.setViewportSize(1366, 768);
    LoggedIn.into(admin, desk.address, LoggedIn.cookie(desk.address));
    admin.navigate(desk.address + "#/second-look");
    admin.waitForSelector("input[name=crowding]:checked");
    admin.check("input[name='red-light']");
    admin.click("button.save");
    await(admin, ".good", "Đã lưu");
    screenshot(admin, "second-look-settings");
    assertThat(desk.api.get("/api/v1/desk/second-look").expect(200).json().get("types").toString())
        .contains("crowding", "red-light");
    admin.navigate(desk.address + "#/desk-statistics");
    await(admin, "[data-reviewer=lan] [data-looks=first]", "67% của 3");
    await(admin, "[data-reviewer=minh] [data-looks=second]", "67% của 3");
    screenshot(admin, "second-look-statistics");
    assertThat(first.complaints).isEmpty();
  }
}
