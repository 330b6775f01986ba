package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People, their rights and the tokens of programs, as an administrator and others see them. */
@Tag("browser")
@Timeout(300)
class PeoplePageTest {
  private static final Pattern SIGN_IN = Pattern.compile("/signin\\.html");
  private static final String BEYOND =
      "(() => { const { scrollWidth, clientWidth } = document.querySelector('.tokens .wide');"
          + " return scrollWidth > clientWidth; })()";
  private static final String LAN = "lan";
  private static final String LANS_PASSWORD = "cầu Trường Tiền sáu vài";

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    camera("gate", "Cổng Ngăn");
    camera("yard", "Sân sau");
  }

  private void camera(String id, String name) throws Exception {
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            """
            {"id": "%s", "name": "%s", "url": "rtsp://127.0.0.1:1/%s", "groups": ["old-town"],
             "rules": []}
            """
                .formatted(id, name, id))
        .expect(201);
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

  private Page administrator() throws Exception {
    Page page = chromium.page("en-GB");
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address.toString());
    page.waitForSelector(".nav a");
    return page;
  }

  private Page signedIn(String locale, String name, String password) {
    Page page = chromium.page(locale);
    page.navigate(desk.address.toString());
    page.fill("#name", name);
    page.fill("#password", password);
    page.keyboard().press("Enter");
    page.waitForSelector(".person");
    return page;
  }

  @Test
  void an_operator_who_is_limited_to_a_camera_sees_that_one_and_no_page_of_people()
      throws Exception {
    desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
    Page admin = administrator();
    admin.navigate(desk.address + "#/people");
    admin.waitForSelector(".rights td");
    screenshot(admin, "people");
    admin.click(".add-account");
    admin.waitForCondition(() -> "H1".equals(admin.evaluate("document.activeElement.tagName")));
    admin.fill("input[name=name]", LAN);
    admin.fill("input[name=display]", "Nguyễn Thị Lan");
    admin.fill("input[name=password]", "123456789012");
    admin.click(".add-grant");
    admin.waitForCondition(() -> "role-0".equals(admin.evaluate("document.activeElement.name")));
    admin.locator(".grant input[type=checkbox][value=gate]").check();
    admin.click(".people .report button.verify");
    await(admin, ".report [role=alert]", "This password cannot be taken.");
    screenshot(admin, "people-add");
    admin.fill("input[name=password]", LANS_PASSWORD);
    admin.click(".people .report button.verify");
    await(admin, ".report [role=status]", "The account is made.");
    assertThat(admin.locator("[data-account=lan]").innerText()).contains("Nguyễn Thị Lan");
    assertThat(admin.locator(".grant input[value=gate]").isChecked()).isTrue();
    assertThat(admin.locator(".grant input[value=yard]").isChecked()).isFalse();
    screenshot(admin, "people-account");

    Page operator = signedIn("vi-VN", LAN, LANS_PASSWORD);
    operator.waitForSelector("kydai-tile[data-camera=gate]");
    assertThat(operator.locator("kydai-tile").count()).isEqualTo(1);
    operator.waitForSelector(".nav a[href='#/incidents'] .count");
    assertThat(operator.title()).startsWith("(1) ");
    assertThat(operator.locator(".nav a").allInnerTexts())
        .containsExactly(
            "Giám sát",
            "Sự việc\n1\ncảnh báo chưa ai xem",
            "Tìm kiếm",
            "Camera",
            "Bản đồ",
            "Xem lại",
            "Thống kê",
            "Cài đặt");
    screenshot(operator, "operator-wall");
    operator.navigate(desk.address + "#/people");
    await(operator, ".refused", "Bạn không có quyền");
    operator.navigate(desk.address + "#/reports");
    operator.waitForSelector(".detail h2");
    assertThat(operator.locator(".decide").count()).as("an operator decides nothing").isZero();
    operator.keyboard().press("v");
    operator.click(".person summary");
    operator.click(".person .menu-list a");
    await(operator, ".account .facts", "Điều hành");
    await(operator, ".account .sessions", "phiên này");
    assertThat(operator.locator(".account .facts").innerText()).doesNotContain("xác minh");
    screenshot(operator, "account-vietnamese");

    admin.locator("input[name=enabled]").uncheck();
    admin.click(".people .report button.verify");
    await(admin, ".report [role=status]", "The account is saved.");
    operator.waitForURL(SIGN_IN);
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_change_that_crosses_another_is_not_lost_in_silence() throws Exception {
    String id = added(LAN, "[]");
    Page admin = administrator();
    admin.navigate(desk.address + "#/people");
    admin.click("[data-account=lan]");
    admin.waitForSelector("input[name=agency]");
    admin.fill("input[name=agency]", "Công an phường");
    ObjectNode now = desk.api.get("/api/v1/accounts/" + id).expect(200).json().deepCopy();
    now.remove("id");
    now.remove("name");
    now.put("display-name", "Lan, tổ 2");
    desk.api.json("PUT", "/api/v1/accounts/" + id, now.toString()).expect(200);
    admin.click(".people .report button.verify");
    await(admin, ".report [role=alert]", "Somebody else changed this account meanwhile.");
    admin.waitForCondition(
        () -> admin.locator("input[name=display]").inputValue().equals("Lan, tổ 2"));
    screenshot(admin, "people-conflict");
    admin.fill("input[name=agency]", "Công an phường");
    admin.click(".people .report button.verify");
    await(admin, ".report [role=status]", "The account is saved.");
    JsonNode saved = desk.api.get("/api/v1/accounts/" + id).expect(200).json();
    assertThat(saved.get("agency").asText()).isEqualTo("Công an phường");
    assertThat(saved.get("display-name").asText()).isEqualTo("Lan, tổ 2");

    // The only administrator stays one.
    admin.click("[data-account=admin]");
    admin.waitForSelector(".grant");
    admin.locator("[aria-label='Take away 1']").click();
    admin.click(".people .report button.verify");
    await(admin, ".report [role=alert]", "An enabled administrator");

    admin.click("[data-account=lan]");
    admin.waitForCondition(() -> admin.locator("input[name=name]").inputValue().equals(LAN));
    admin.click(".people .report button.remove");
    await(admin, ".report [role=status]", "The account is removed.");
    assertThat(admin.locator("[data-account=lan]").count()).isZero();
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void an_area_is_written_as_corners_and_a_right_is_granted_on_it() throws Exception {
    Page admin = administrator();
    admin.navigate(desk.address + "#/people");
    admin.click(".add-area");
    admin.fill("input[name=id]", "kinh-thanh");
    admin.fill("input[name=name]", "Kinh thành");
    admin.fill("textarea", "16.47, 107.57\n16.48 107.58");
    admin.click(".people .report button.verify");
    await(admin, ".report [role=alert]", "three lines at least");
    admin.fill("textarea", "16.47, 107.57\n16.48, 107.57\n16.48, 107.59\n16.47, 107.59");
    admin.click(".people .report button.verify");
    await(admin, ".report [role=status]", "The area is saved.");
    assertThat(admin.locator("[data-area=kinh-thanh]").innerText()).contains("4 corners");
    screenshot(admin, "people-area");
    JsonNode area = desk.api.get("/api/v1/areas").expect(200).json().get("areas").get(0);
    assertThat(area.get("polygon").get(2).toString()).isEqualTo("[16.48,107.59]");

    String id = added(LAN, "[]");
    admin.reload();
    admin.click("[data-account=lan]");
    admin.click(".add-grant");
    admin.locator(".grant [data-kind=areas] input[value=kinh-thanh]").check();
    admin.locator(".grant [data-kind=groups] input[value=old-town]").check();
    admin.fill("input[name=until-0]", "2030-01-01T08:00");
    admin.click(".people .report button.verify");
    await(admin, ".report [role=status]", "The account is saved.");
    JsonNode grant = desk.api.get("/api/v1/accounts/" + id).expect(200).json().get("grants").get(0);
    assertThat(grant.get("on").toString())
        .isEqualTo("{\"groups\":[\"old-town\"],\"areas\":[\"kinh-thanh\"]}");
    assertThat(grant.get("until").asText()).startsWith("20");
    screenshot(admin, "people-grant");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_token_is_shown_once_works_and_is_revoked() throws Exception {
    Page admin = administrator();
    admin.navigate(desk.address + "#/tokens");
    admin.waitForSelector("input[name=permission]");
    admin.fill("input[name=name]", "Statistics of the city");
    admin.click(".tokens form button.verify");
    await(admin, "[role=alert]", "Choose one permission at least.");
    admin.locator("input[name=permission][value=live]").check();
    admin.locator(".scope input[type=radio]").last().check();
    admin.locator(".scope input[value=gate]").check();
    screenshot(admin, "token-form");
    admin.click(".tokens form button.verify");
    admin.waitForSelector(".secret output");
    String secret = admin.locator(".secret output").innerText().strip();
    admin.click(".secret .copy");
    await(admin, ".secret [role=status]", "Copied");
    assertThat(admin.evaluate("navigator.clipboard.readText()")).isEqualTo(secret);
    screenshot(admin, "token-made");

    Api program = new Api(desk.address, secret);
    JsonNode cameras = program.get("/api/v1/cameras").expect(200).json().get("cameras");
    assertThat(cameras.findValuesAsText("id")).contains("gate").doesNotContain("yard");
    program.get("/api/v1/reports").expect(403);
    admin.reload();
    admin.waitForSelector("[data-token='Statistics of the city']");
    assertThat(admin.locator(".secret").count()).as("it is not shown again").isZero();
    assertThat(admin.content()).doesNotContain(secret);
    assertThat(admin.locator("[data-token='Statistics of the city']").innerText())
        .contains("see live pictures", "gate");
    screenshot(admin, "tokens");
    admin.setViewportSize(390, 844);
    assertThat(admin.evaluate(BEYOND)).as("nothing is beyond the edge of a phone").isEqualTo(false);
    screenshot(admin, "tokens-phone");
    admin.setViewportSize(1440, 810);
    admin.locator("[data-token='Statistics of the city'] button").click();
    await(admin, "[role=status]", "The token is revoked.");
    program.get("/api/v1/cameras").expect(401);
    assertThat(chromium.addresses).noneMatch(address -> address.contains(secret));
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void a_page_shows_what_its_reader_may_see() throws Exception {
    added(LAN, "[{\"role\": \"operator\", \"on\": {}}]");
    Page nothing = signedIn("vi-VN", LAN, LANS_PASSWORD);
    await(nothing, "main .empty", "Không có camera nào bạn được xem.");
    screenshot(nothing, "wall-without-cameras");

    added("tuan", "[{\"role\": \"agency-officer\"}], \"agency\": \"Công an phường\"");
    Page officer = signedIn("vi-VN", "tuan", LANS_PASSWORD);
    officer.waitForSelector("kydai-agency .tabs");
    assertThat(officer.locator(".nav a").allInnerTexts()).containsExactly("Việc của cơ quan");
    officer.navigate(desk.address + "#/wall");
    await(officer, ".refused", "Bạn không có quyền");

    added("minh", "[]");
    Page nobody = signedIn("en-GB", "minh", LANS_PASSWORD);
    nobody.waitForSelector("kydai-account .facts");
    assertThat(nobody.locator(".nav a").count()).isZero();

    // Somebody changes the own password, and ends the log-in of another browser.
    Page other = signedIn("en-GB", "minh", LANS_PASSWORD);
    other.waitForSelector("kydai-account .sessions .reject");
    other.click(".sessions .reject");
    nobody.waitForURL(SIGN_IN);
    other.fill("input[name=old]", "wrong");
    other.fill("input[name=wanted]", LoggedIn.PASSWORD);
    other.fill("input[name=repeated]", LoggedIn.PASSWORD);
    other.click(".account form.password .verify");
    await(other, ".account [role=alert]", "is not the one that you entered");
    other.fill("input[name=old]", LANS_PASSWORD);
    other.click(".account form.password .verify");
    await(other, ".account [role=status]", "Your password is changed.");
    screenshot(other, "account");
    other.locator(".account button", new Page.LocatorOptions().setHasText("Sign out")).click();
    other.waitForURL(SIGN_IN);
    signedIn("en-GB", "minh", LoggedIn.PASSWORD).waitForSelector("kydai-account .facts");
    assertThat(chromium.complaints).isEmpty();
  }

  private String added(String name, String grants) throws Exception {
    return desk.api
        .json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"%s\", \"grants\": %s, \"password\": \"%s\"}"
                .formatted(name, grants, LANS_PASSWORD))
        .expect(201)
        .json()
        .get("id")
        .asText();
  }
}
