package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.messages.mail.TestMailServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shifts, rules of messages, the mail server and the own messages in the browser; and the service
 * worker, to which Chromium delivers a push as its push service would.
 */
@Tag("browser")
@Timeout(300)
class MessagesPageTest {
  private static final String SHIFTS = "/api/v1/desk/shifts";
  private static final String RULES = "/api/v1/desk/messages";
  private static final String MAIL = "/api/v1/desk/mail";
  private static final int[][] SIZES = {{1366, 768}, {390, 844}};

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

  private Page at(String place, String locale, String ready) throws Exception {
    Page page = chromium.page(locale);
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    page.waitForSelector(ready);
    return page;
  }

  /** Takes pictures in both sizes and themes. */
  private static void pictures(Page page, String name) {
    for (String theme : List.of("dark", "light")) {
      page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
      for (int[] size : SIZES) {
        page.setViewportSize(size[0], size[1]);
        screenshot(page, "messages-%s-%s-%d".formatted(name, theme, size[0]));
      }
    }
    page.setViewportSize(1366, 768);
  }

  private void save(Page page, String said) {
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=status]", said);
  }

  @Test
  void a_shift_and_a_rule_for_it_are_made_by_the_keyboard() throws Exception {
    Page page = at("#/shifts", "vi-VN", ".desk-setting form");
    page.keyboard().press("n");
    page.waitForSelector(".one [name=name]:focus");
    page.keyboard().type("Ca đêm");
    page.fill(".one [name=from]", "22:00");
    page.fill(".one [name=to]", "06:00");
    page.check(".one [data-list=days] [value=friday]");
    page.check(".one [data-list=roles] [value=reviewer]");
    save(page, "Đã lưu.");
    pictures(page, "shifts");
    JsonNode shift = desk.api.get(SHIFTS).json().at("/shifts/0");
    assertThat(shift.get("name").asText()).isEqualTo("Ca đêm");
    assertThat(shift.at("/days/0").asText()).isEqualTo("friday");
    assertThat(shift.at("/roles/0").asText()).isEqualTo("reviewer");

    page = at("#/messages", "en-GB", ".desk-setting form");
    page.keyboard().press("n");
    page.waitForSelector(".one [name=id]:focus");
    page.check(".one [data-list=priorities] [value=urgent]");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=alert]", "Goes to");
    page.check(".one [data-list=shifts] [value=shift-1]");
    page.check(".one [name=officers]");
    page.fill(".one [name=quiet-from]", "23:00");
    page.fill(".one [name=quiet-to]", "05:30");
    page.fill("[name=clip-wait]", "90");
    page.focus(".save");
    page.keyboard().press("Enter");
    await(page, "[role=status]", "Saved.");
    pictures(page, "rules");
    JsonNode rules = desk.api.get(RULES).json();
    assertThat(rules.get("clip-wait").asText()).isEqualTo("PT1M30S");
    assertThat(rules.at("/rules/0/to/shifts/0").asText()).isEqualTo("shift-1");
    assertThat(rules.at("/rules/0/quiet/to").asText()).isEqualTo("05:30");
    assertThat(chromium.complaints).isEmpty();
  }

  @Test
  void what_was_given_up_is_sent_again_by_the_keyboard() throws Exception {
    for (String message : List.of("01JAAAAAAAAAAAAAAAAAAAAAA1", "01JAAAAAAAAAAAAAAAAAAAAAA2")) {
      desk.database.inTransaction(
          db ->
              db.execute(
                  "INSERT INTO message_outbox (endpoint, event, state, type, report, body,"
                      + " created_at, attempts, due_at, died_at, why, shown) VALUES ('email:lan',"
                      + " ?, 'DEAD', 'INCIDENT', ?, '{}', 0, 9, 0, 0, 'SMTP status 550', 'lan')",
                  message,
                  message));
    }
    Page page = at("#/mail", "vi-VN", ".deliveries tbody tr");
    assertThat(page.locator(".deliveries tbody tr").count()).isEqualTo(2);
    page.evaluate(Axe.script());
    assertThat((List<?>) page.evaluate(Axe.RULES)).isEmpty();
    page.locator(".deliveries tbody tr:last-child").scrollIntoViewIfNeeded();
    screenshot(page, "messages-given-up");
    page.focus(".deliveries tbody tr:first-child button");
    page.keyboard().press("Enter");
    await(page, ".sent-again", "1 tin được gửi lại.");
    page.focus(".send-all");
    page.keyboard().press("Enter");
    await(page, ".sent-again", "1 tin được gửi lại.");
  }

  @Test
  void the_mail_server_is_set_and_tested_and_its_password_never_comes_back() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(folder.resolve("mail"))) {
      Page page = at("#/mail", "en-GB", ".desk-setting form");
      page.fill("[name=host]", "localhost");
      page.fill("[name=port]", String.valueOf(server.port()));
      page.keyboard().press("Tab");
      page.fill("[name=user]", TestMailServer.USER);
      page.fill("[name=password]", TestMailServer.PASSWORD);
      page.fill("[name=from]", "kydai@hue.example");
      page.fill(
          "[name=certificates]", server.setting(MailServer.Security.STARTTLS, null).certificates());
      save(page, "Saved.");
      page.fill(".mail-test [name=to]", "lan@hue.example");
      page.focus(".send-test");
      page.keyboard().press("Enter");
      await(page, ".mail-test [role=status]", "took the e-mail");
      assertThat(server.arrived).hasSize(1);
      page.reload();
      page.waitForSelector("[name=remove-password]");
      assertThat(page.inputValue("[name=password]")).isEmpty();
      assertThat(page.content()).doesNotContain(TestMailServer.PASSWORD);
      assertThat((String) page.evaluate("JSON.stringify([localStorage, sessionStorage])"))
          .doesNotContain(TestMailServer.PASSWORD);
      pictures(page, "mail");
      server.refusing = 550;
      page.fill(".mail-test [name=to]", "eve@hue.example");
      page.focus(".send-test");
      page.keyboard().press("Enter");
      await(page, ".mail-test [role=status]", "the server answered 550");
      assertThat(desk.api.get(MAIL).json().get("has-password").asBoolean()).isTrue();
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void a_person_confirms_an_address_and_chooses_quiet_hours() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      desk.api
          .json(
              "PUT",
              MAIL,
              """
              {"version": 0, "host": "localhost", "port": %d, "security": "none",
               "from": "kydai@hue.example"}
              """
                  .formatted(server.port()))
          .expect(200);
      Page page = at("#/account", "vi-VN", "kydai-own-messages .chosen");
      page.fill("[name=address]", "lan@hue.example");
      page.focus(".send-code");
      page.keyboard().press("Enter");
      page.waitForSelector(".enter-code");
      String code =
          server
              .arrived
              .get(0)
              .mime()
              .getContent()
              .toString()
              .replaceAll("(?s).*?(\\d{4} \\d{4}).*", "$1");
      page.fill("[name=code]", "0000 0000");
      page.focus(".confirm-code");
      page.keyboard().press("Enter");
      await(page, "kydai-own-messages [role=alert]", "Mã không đúng");
      page.fill("[name=code]", code);
      page.focus(".confirm-code");
      page.keyboard().press("Enter");
      await(page, "kydai-own-messages .entries", "lan@hue.example");
      page.fill(".chosen [name=from]", "22:00");
      page.fill(".chosen [name=to]", "06:00");
      page.focus(".save-own");
      page.keyboard().press("Enter");
      await(page, "kydai-own-messages [role=status]", "Đã lưu cách nhận tin.");
      page.evaluate("document.querySelector('kydai-own-messages').scrollIntoView()");
      pictures(page, "own");
      page.reload();
      page.waitForSelector(".chosen");
      assertThat(page.inputValue(".chosen [name=from]")).isEqualTo("22:00");
      assertThat(chromium.complaints).isEmpty();
    }
  }

  @Test
  void the_service_worker_shows_a_push_once_and_leads_to_its_report() throws Exception {
    Page page = at("#/account", "vi-VN", ".subscribe");
    page.context().grantPermissions(List.of("notifications"));
    CDPSession session = page.context().newCDPSession(page);
    List<JsonObject> registrations = new CopyOnWriteArrayList<>();
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        event ->
            event
                .getAsJsonArray("registrations")
                .forEach(one -> registrations.add(one.getAsJsonObject())));
    session.send("ServiceWorker.enable");
    page.focus(".subscribe");
    page.keyboard().press("Enter");
    // Nothing outside this machine can be reached: the push service of Chromium does not answer.
    await(page, "kydai-own-messages [role=alert]", "Dịch vụ thông báo");
    assertThat(
            (String)
                page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.scriptURL)"))
        .endsWith("/messages-worker.js");
    page.waitForCondition(() -> !registrations.isEmpty());
    JsonObject push = new JsonObject();
    push.addProperty("origin", (String) page.evaluate("location.origin"));
    push.addProperty("registrationId", registrations.get(0).get("registrationId").getAsString());
    push.addProperty(
        "data",
        "{\"id\": \"01JD\", \"title\": \"Khẩn: Đi ngược chiều\", \"body\": \"Cầu Trường Tiền\","
            + " \"url\": \"/#/incidents\", \"lang\": \"vi\"}");
    session.send("ServiceWorker.deliverPushMessage", push);
    session.send("ServiceWorker.deliverPushMessage", push);
    String shown =
        "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
            + ".then((all) => all.map((one) => one.tag + ' ' + one.title + ' ' + one.body).join('|'))";
    // Chromium loses a push now and then while the worker starts; one too many is shown once, too.
    page.waitForCondition(
        () -> {
          session.send("ServiceWorker.deliverPushMessage", push);
          return !"".equals(page.evaluate(shown));
        });
    assertThat(page.evaluate(shown)).isEqualTo("01JD Khẩn: Đi ngược chiều Cầu Trường Tiền");
    screenshot(page, "messages-pushed");

    inWorker(
        page,
        "self.registration.getNotifications().then(([notification]) => self.dispatchEvent("
            + "new NotificationEvent('notificationclick', { notification })))");
    page.waitForURL("**/#/incidents*");
    page.waitForSelector("main h1");
    assertThat(page.evaluate(shown)).as("it is closed").isEqualTo("");
    assertThat(chromium.complaints).isEmpty();
  }

  /** Runs something in the service worker, as the browser's own events run there. */
  private static void inWorker(Page page, String expression) {
    CDPSession browser = page.context().browser().newBrowserCDPSession();
    String target = "";
    for (JsonElement one : browser.send("Target.getTargets").getAsJsonArray("targetInfos")) {
      if (one.getAsJsonObject().get("url").getAsString().endsWith("/messages-worker.js")) {
        target = one.getAsJsonObject().get("targetId").getAsString();
      }
    }
    JsonObject attached = new JsonObject();
    attached.addProperty("targetId", target);
    attached.addProperty("flatten", false);
    String session = browser.send("Target.attachToTarget", attached).get("sessionId").getAsString();
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", expression);
    JsonObject message = new JsonObject();
    message.addProperty("id", 1);
    message.addProperty("method", "Runtime.evaluate");
    message.add("params", parameters);
    JsonObject sent = new JsonObject();
    sent.addProperty("sessionId", session);
    sent.addProperty("message", message.toString());
    browser.send("Target.sendMessageToTarget", sent);
  }
}
