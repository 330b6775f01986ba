package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the desk, as an administrator changes them by the keyboard. */
@Tag("browser")
@Timeout(300)
class DeskSettingsPageTest {
  private static final String REASONS = "/api/v1/desk/reject-reasons";
  private static final String TEMPLATES = "/api/v1/desk/templates";
  private static final String AGENCIES = "/api/v1/desk/agencies";
  private static final String ROUTING = "/api/v1/desk/routing";
  private static final String POLICE_AND_WARD =
      """
      {"version": 0, "agencies": [
        {"id": "desk", "name": "Trực ban trung tâm"},
        {"id": "csgt-1", "name": "Đội CSGT số 1"},
        {"id": "ward", "name": "Công an phường Thuận Hóa", "parent": "csgt-1"}]}
      """;

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

  private Page at(String place, String locale) throws Exception {
    Page page = chromium.page(locale);
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    page.waitForSelector(".desk-setting form");
    return page;
  }

  private JsonNode stored(String setting) throws Exception {
    return desk.api.get(setting).expect(200).json();
  }

  private void put(String setting, String value) throws Exception {
    desk.api.json("PUT", setting, value).expect(200);
  }

  @Test
  void a_reason_that_crosses_somebody_elses_change_is_kept_and_nothing_is_overwritten()
      throws Exception {
    Page page = at("#/reject-reasons", "en-GB");
    page.focus(".add");
    Keyboard keys = page.keyboard();
    keys.press("Enter");
    page.waitForSelector("[data-row='6'] [name=vi]:focus");
    page.fill("[data-row='6'] [name=vi]", "Vạch vẽ sai");
    page.fill("[data-row='6'] [name=en]", "The line is drawn wrong");
    page.waitForSelector(".unsaved");
    page.reload();
    page.waitForSelector("[data-row='6'] [name=vi]");
    assertThat(page.inputValue("[data-row='6'] [name=vi]")).isEqualTo("Vạch vẽ sai");

    put(
        REASONS,
        """
        {"version": 0, "reasons": [{"digit": 1, "vi": "Nhận nhầm", "en": "Wrong object"}]}
        """);
    page.focus("[data-row='6'] [name=en]");
    keys.press("Enter");
    await(page, ".conflict", "saved another version at");
    screenshot(page, "desk-reasons-conflict");
    assertThat(stored(REASONS).get("reasons")).hasSize(1);
    assertThat(page.inputValue("[data-row='6'] [name=vi]")).isEqualTo("Vạch vẽ sai");
    assertThat(page.isDisabled(".save")).as("one of the two has to be chosen").isTrue();
    page.focus(".mine");
    keys.press("Enter");
    await(page, "[role=status]", "Saved.");
    JsonNode reasons = stored(REASONS);
    assertThat(reasons.get("version").asLong()).isEqualTo(2);
    assertThat(reasons.get("reasons").get(6).get("vi").asText()).isEqualTo("Vạch vẽ sai");
    page.reload();
    page.waitForSelector("[data-row='6']");
    assertThat(page.locator(".unsaved").count()).isZero();
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void templates_are_written_ordered_and_stored() throws Exception {
    Page page = at("#/templates", "vi-VN");
    for (String name : new String[] {"Cảm ơn", "Đã xử lý"}) {
      page.focus(".add");
      page.keyboard().press("Enter");
      page.waitForCondition(() -> "name".equals(page.evaluate("document.activeElement.name")));
      page.keyboard().type(name);
      page.keyboard().press("Tab");
      page.keyboard().type(name + ", trân trọng.");
    }
    page.focus("[aria-label='Đưa lên: Đã xử lý']");
    page.keyboard().press("Enter");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=status]", "Đã lưu.");
    screenshot(page, "desk-templates");
    assertThat(stored(TEMPLATES).findValuesAsText("name")).containsExactly("Đã xử lý", "Cảm ơn");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void an_agency_gets_one_above_it_and_a_circle_is_shown_at_its_row() throws Exception {
    put(AGENCIES, POLICE_AND_WARD);
    Page page = at("#/agencies/ward", "vi-VN");
    page.waitForSelector(".one");
    assertThat(page.inputValue(".one [name=parent]")).isEqualTo("csgt-1");
    page.selectOption(".one [name=delegation]", "desk");
    page.waitForSelector(".one [name=until]");
    screenshot(page, "desk-agencies");
    page.focus("[data-agency=csgt-1]");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.inputValue(".one [name=id]").equals("csgt-1"));
    assertThat(page.url()).endsWith("#/agencies/csgt-1");
    page.selectOption(".one [name=parent]", "ward");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "Máy chủ không nhận dòng");
    assertThat(page.locator(".one [aria-invalid=true]").getAttribute("name")).isEqualTo("parent");
    assertThat(stored(AGENCIES).get("version").asLong()).isEqualTo(1);
    page.selectOption(".one [name=parent]", "");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=status]", "Đã lưu.");
    JsonNode ward = stored(AGENCIES).get("agencies").get(2);
    assertThat(ward.get("delegation").get("to").asText()).isEqualTo("desk");
    assertThat(ward.get("parent").asText()).isEqualTo("csgt-1");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void rows_are_ordered_by_keys_and_the_first_that_matches_decides_before_it_is_saved()
      throws Exception {
    put(AGENCIES, POLICE_AND_WARD);
    Page page = at("#/routing", "vi-VN");
    page.waitForCondition(() -> page.locator(".trial option[value=crowding]").count() == 1);
    page.keyboard().press("n");
    page.waitForCondition(() -> "id".equals(page.evaluate("document.activeElement.name")));
    page.selectOption(".one [name=agency]", "ward");
    page.locator(".one [data-list=types] input[value=crowding]").focus();
    page.keyboard().press("Space");
    page.focus(".choose");
    page.keyboard().press("n");
    page.waitForSelector("[data-row='1']");
    page.selectOption(".one [name=agency]", "csgt-1");
    page.selectOption(".trial [name=type]", "crowding");
    page.focus(".try");
    page.keyboard().press("Enter");
    await(page, ".trial [role=status]", "Công an phường Thuận Hóa. Luật 1 khớp.");
    screenshot(page, "desk-routing");
    assertThat(stored(ROUTING).get("rules")).as("a trial stores nothing").isEmpty();

    page.focus("[data-row='1'] .choose");
    page.keyboard().press("K");
    page.waitForCondition(() -> page.locator("[data-row='0']").innerText().contains("CSGT"));
    assertThat(page.locator(".trial .note").count()).as("an answer of another table").isZero();
    page.focus(".try");
    page.keyboard().press("Enter");
    await(page, ".trial [role=status]", "Đội CSGT số 1. Luật 1 khớp.");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=status]", "Đã lưu.");
    JsonNode rules = stored(ROUTING).get("rules");
    assertThat(rules.findValuesAsText("agency")).containsExactly("csgt-1", "ward");
    assertThat(rules.get(1).get("types").get(0).asText()).isEqualTo("crowding");
    page.setViewportSize(390, 844);
    screenshot(page, "desk-routing-390");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void deadlines_that_are_proposed_are_put_in_force_with_the_holidays_of_a_year() throws Exception {
    Page page = at("#/deadlines", "vi-VN");
    await(page, ".not-stored", "Chưa áp dụng");
    Keyboard keys = page.keyboard();
    page.focus("[data-row='0'] .choose");
    keys.press("j");
    page.waitForCondition(() -> page.inputValue(".one [name=id]").equals("urgent"));
    page.fill(".one [name=within]", "4.5");
    keys.press("Tab");
    page.focus("[data-row='1'] .choose");
    keys.press("n");
    page.waitForCondition(() -> "id".equals(page.evaluate("document.activeElement.name")));
    page.selectOption(".one [name=stage]", "check");
    page.locator(".one [data-list=types] input[value=crowding]").focus();
    keys.press("Space");
    page.focus("[data-row='3'] .choose");
    keys.press("K");
    page.fill("[data-adding=holidays] [name=day]", "2027-02-08");
    keys.press("Enter");
    page.waitForSelector("[data-day='2027-02-08']");
    page.fill("[data-adding=yearly] [name=day]", "20/11");
    keys.press("Enter");
    page.waitForSelector("[data-day='11-20']");
    page.fill("[data-adding=swapped] [name=day]", "2027-02-20");
    page.selectOption("[data-adding=swapped] [name=like]", "friday");
    page.focus("[data-adding=swapped] button");
    keys.press("Enter");
    await(page, "[data-day='2027-02-20']", "như Thứ Sáu");
    screenshot(page, "desk-deadlines");
    page.focus("[data-day='01-01']");
    keys.press("Enter");
    page.fill("[name=calendar-id]", "hanh-chinh");
    keys.press("Tab");
    page.focus(".save");
    keys.press("Enter");
    await(page, "[role=status]", "Đã lưu.");
    assertThat(page.locator(".not-stored").count()).isZero();
    JsonNode plan = stored("/api/v1/desk/deadlines");
    assertThat(plan.get("version").asLong()).isEqualTo(1);
    assertThat(plan.at("/rules/1/within").asText()).isEqualTo("PT4H30M");
    assertThat(plan.at("/rules/1/calendar").asText()).isEqualTo("hanh-chinh");
    assertThat(plan.at("/rules/2/stage").asText()).isEqualTo("check");
    assertThat(plan.at("/rules/2/types/0").asText()).isEqualTo("crowding");
    JsonNode calendar = plan.at("/calendars/0");
    assertThat(calendar.get("holidays").toString()).isEqualTo("[\"2027-02-08\"]");
    assertThat(calendar.get("yearly").toString()).contains("11-20").doesNotContain("01-01");
    assertThat(calendar.at("/swapped/0/like").asText()).isEqualTo("friday");
    page.fill(".one [name=remind]", "9");
    keys.press("Tab");
    page.focus(".save");
    keys.press("Enter");
    await(page, "[role=alert]", "Nhắc trước");
    assertThat(page.locator(".one [aria-invalid=true]").getAttribute("name")).isEqualTo("remind");
    page.setViewportSize(390, 844);
    page.evaluate("document.documentElement.dataset.theme = 'light'");
    screenshot(page, "desk-deadlines-390");
    assertThat(chromium.complaints).isEmpty();
  }
}
