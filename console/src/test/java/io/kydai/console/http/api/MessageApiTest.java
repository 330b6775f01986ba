package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.messages.mail.TestMailServer;
import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.messages.push.TestBrowser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MessageApiTest {
  private static final String SHIFTS = "/api/v1/desk/shifts";
  private static final String RULES = "/api/v1/desk/messages";
  private static final String MAIL = "/api/v1/desk/mail";
  private static final String OWN = "/api/v1/account/messages";
  private static final String EMAIL = "/api/v1/account/email";
  private static final String PUSH = "/api/v1/account/push-subscriptions";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private PersonClient admin() throws Exception {
    PersonClient person = new PersonClient(desk.address);
    person
        .post("/api/v1/session", Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD))
        .is(200);
    return person;
  }

  private List<AuditEntry> audit(String type) {
    return desk
        .audit
        .list(new AuditFilter(null, null, null, null, null, null, 50, null))
        .entries()
        .stream()
        .filter(entry -> entry.type().equals(type))
        .toList();
  }

  /** Sets a mail server, with its password where it asks for one. */
  private void mail(TestMailServer server, MailServer.Security security) throws Exception {
    ObjectNode body = (ObjectNode) desk.api.get(MAIL).expect(200).json();
    body.remove(List.of("has-password", "changed-at", "changed-by"));
    MailServer setting = server.setting(security, null);
    body.put("host", setting.host());
    body.put("port", setting.port());
    body.put("security", security.name().toLowerCase(Locale.ROOT));
    body.put("from", setting.from());
    if (security != MailServer.Security.NONE) {
      body.put("user", TestMailServer.USER);
      body.put("password", TestMailServer.PASSWORD);
      body.put("certificates", setting.certificates());
    }
    desk.api.json("PUT", MAIL, body.toString()).expect(200);
  }

  @Test
  void shiftsAreReplacedWithTheirVersion() throws Exception {
    String shifts =
        """
        {"version": %d, "shifts": [{"id": "night", "name": "Ca đêm", "days": ["monday", "friday"],
          "from": "22:00", "to": "06:00", "accounts": [], "roles": ["reviewer"], "agencies": ["ward"]}]}
        """;
    JsonNode stored = desk.api.json("PUT", SHIFTS, shifts.formatted(0)).expect(200).json();
    assertThat(stored.get("version").asLong()).isEqualTo(1);
    JsonNode read = desk.api.get(SHIFTS).expect(200).json();
    assertThat(read.at("/shifts/0/days")).hasSize(2);
    assertThat(read.at("/shifts/0/to").asText()).isEqualTo("06:00");
    desk.api.json("PUT", SHIFTS, shifts.formatted(0)).expect(409);
    Api.Answer nobody =
        desk.api
            .json(
                "PUT",
                SHIFTS,
                """
                {"version": 1, "shifts": [{"id": "a", "name": "A", "from": "22:00", "to": "06:00",
                  "accounts": [], "roles": [], "agencies": []}]}
                """)
            .expect(400);
    assertThat(nobody.json().get("field").asText()).isEqualTo("shifts[0].accounts");
    desk.api.json("PUT", SHIFTS, shifts.formatted(1).replace("22:00", "29:00")).expect(400);
    assertThat(audit("setting.changed"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).contains("desk.shifts", "Ca đêm"));
  }

  @Test
  void rulesOfMessagesAreReplacedWithTheirVersion() throws Exception {
    String rules =
        """
        {"version": 0, "clip-wait": "PT45S", "pictures": true, "rules": [
          {"id": "red", "occasions": ["incident"], "priorities": ["urgent"], "types": ["wrong-way"],
           "groups": ["bridges"], "areas": ["old-town"], "channels": ["email", "push"],
           "to": {"accounts": [], "roles": ["reviewer"], "shifts": ["night"], "camera-people": true,
                  "officers": false},
           "quiet": {"from": "22:00", "to": "06:00"}, "urgent-breaks-quiet": true}]}
        """;
    desk.api.json("PUT", RULES, rules).expect(200);
    JsonNode read = desk.api.get(RULES).expect(200).json();
    assertThat(read.get("clip-wait").asText()).isEqualTo("PT45S");
    assertThat(read.at("/rules/0/to/camera-people").asBoolean()).isTrue();
    assertThat(read.at("/rules/0/quiet/from").asText()).isEqualTo("22:00");
    desk.api.json("PUT", RULES, rules).expect(409);
    Api.Answer nobody =
        desk.api
            .json(
                "PUT",
                RULES,
                rules
                    .replace("\"version\": 0", "\"version\": 1")
                    .replace("\"reviewer\"", "")
                    .replace("\"night\"", "")
                    .replace("\"camera-people\": true", "\"camera-people\": false"))
            .expect(400);
    assertThat(nobody.json().get("field").asText()).isEqualTo("rules[0].to");
    Api.Answer slow =
        desk.api
            .json(
                "PUT",
                RULES,
                rules.replace("\"version\": 0", "\"version\": 1").replace("PT45S", "PT11M"))
            .expect(400);
    assertThat(slow.json().get("field").asText()).isEqualTo("clip-wait");
  }

  @Test
  void theMailServerIsTestedByOneAtATime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ObjectNode body = (ObjectNode) desk.api.get(MAIL).expect(200).json();
      body.remove(List.of("has-password", "changed-at", "changed-by"));
      body.put("host", "127.0.0.1").put("port", silent.getLocalPort()).put("security", "none");
      body.put("from", "kydai@hue.example");
      desk.api.json("PUT", MAIL, body.toString()).expect(200);
      String to = "{\"to\": \"lan@hue.example\"}";
      FutureTask<Api.Answer> first =
          new FutureTask<>(() -> desk.api.json("POST", MAIL + "/test", to));
      new Thread(first, "first test").start();
      Socket asked = silent.accept();
      desk.api.json("POST", MAIL + "/test", to).expect(503);
      asked.close();
      assertThat(first.get().expect(200).json().get("accepted").asBoolean()).isFalse();
    }
  }

  @Test
  void thePasswordOfTheMailServerIsUsedAndNeverShown() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(folder.resolve("mail"))) {
      mail(server, MailServer.Security.STARTTLS);
      JsonNode read = desk.api.get(MAIL).expect(200).json();
      assertThat(read.get("has-password").asBoolean()).isTrue();
      assertThat(read.toString()).doesNotContain(TestMailServer.PASSWORD);
      JsonNode sent =
          desk.api.json("POST", MAIL + "/test", "{\"to\": \"lan@hue.example\"}").expect(200).json();
      assertThat(sent.get("accepted").asBoolean()).as("%s", sent).isTrue();
      assertThat(server.arrived).hasSize(1);
      // Without a password in the body it stays; an empty one removes it.
      ObjectNode again = (ObjectNode) read;
      again.remove(List.of("has-password", "changed-at", "changed-by"));
      assertThat(
              desk.api.json("PUT", MAIL, again.toString()).json().get("has-password").asBoolean())
          .isTrue();
      again.put("version", 2).put("password", "");
      assertThat(
              desk.api.json("PUT", MAIL, again.toString()).json().get("has-password").asBoolean())
          .isFalse();
      JsonNode failed =
          desk.api.json("POST", MAIL + "/test", "{\"to\": \"lan@hue.example\"}").expect(200).json();
      assertThat(failed.get("accepted").asBoolean()).isFalse();
    }
    assertThat(audit("mail.password-changed")).hasSize(2);
    assertThat(audit("mail.tested")).hasSize(2);
    assertThat(
            desk.audit
                .list(new AuditFilter(null, null, null, null, null, null, 50, null))
                .entries())
        .noneMatch(entry -> entry.details().contains(TestMailServer.PASSWORD));
  }

  @Test
  void anAddressIsConfirmedByItsCode() throws Exception {
    PersonClient person = admin();
    try (TestMailServer server = TestMailServer.plain()) {
      mail(server, MailServer.Security.NONE);
      assertThat(person.post(EMAIL, Map.of("address", "lan@hue.example")).is(200).json().toString())
          .contains("\"accepted\":true");
      assertThat(person.get(OWN).is(200).text("pending-email")).isEqualTo("lan@hue.example");
      String code =
          server
              .arrived
              .get(0)
              .mime()
              .getContent()
              .toString()
              .replaceAll("(?s).*?(\\d{4}) (\\d{4}).*", "$1$2");
      String wrong = code.equals("00000000") ? "00000001" : "00000000";
      assertThat(person.put(EMAIL, Map.of("code", wrong)).is(400).text("field")).isEqualTo("code");
      assertThat(person.get(OWN).json().has("email")).isFalse();
      assertThat(person.put(EMAIL, Map.of("code", code)).is(200).text("email"))
          .isEqualTo("lan@hue.example");
      person.put(EMAIL, Map.of("code", code)).is(400);
      person.post(EMAIL, Map.of("address", "lan@hue.example\nBcc: a@b.c")).is(400);
      for (int i = 0; i < 4; i++) {
        person.post(EMAIL, Map.of("address", "lan@hue.example")).is(200);
      }
      person.post(EMAIL, Map.of("address", "lan@hue.example")).is(429);
      assertThat(server.arrived).hasSize(5);
      person.delete(EMAIL, null).is(204);
      assertThat(person.get(OWN).json().has("email")).isFalse();
    }
    assertThat(audit("email.confirmed")).hasSize(1);
    assertThat(audit("email.removed")).hasSize(1);
  }

  @Test
  void fiveWrongCodesEndACode() throws Exception {
    PersonClient person = admin();
    try (TestMailServer server = TestMailServer.plain()) {
      mail(server, MailServer.Security.NONE);
      person.post(EMAIL, Map.of("address", "lan@hue.example")).is(200);
      String code =
          server
              .arrived
              .get(0)
              .mime()
              .getContent()
              .toString()
              .replaceAll("(?s).*?(\\d{4}) (\\d{4}).*", "$1$2");
      String wrong = code.equals("00000000") ? "00000001" : "00000000";
      for (int i = 0; i < 5; i++) {
        person.put(EMAIL, Map.of("code", wrong)).is(400);
      }
      person.put(EMAIL, Map.of("code", code)).is(400);
    }
  }

  @Test
  void aPersonChoosesChannelsAndBrowsersAndAProgramDoesNot() throws Exception {
    PersonClient person = admin();
    person
        .put(
            OWN,
            Map.of(
                "language",
                "en",
                "by-email",
                false,
                "by-push",
                true,
                "quiet",
                Map.of("from", "22:00", "to", "06:00")))
        .is(200);
    JsonNode own = person.get(OWN).is(200).json();
    assertThat(own.get("language").asText()).isEqualTo("en");
    assertThat(own.at("/quiet/to").asText()).isEqualTo("06:00");
    assertThat(own.get("push-key").asText()).hasSize(87);
    assertThat(audit("messages.chosen"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).contains("22:00", "quiet"));

    PushSubscription browser =
        TestBrowser.random().subscription("https://push.example/secret-token");
    Map<String, Object> body =
        Map.of("endpoint", browser.endpoint(), "p256dh", browser.p256dh(), "auth", browser.auth());
    String id = person.post(PUSH, body).is(200).text("id");
    JsonNode shown = person.get(OWN).json();
    assertThat(shown.get("browsers")).hasSize(1);
    assertThat(shown.toString()).doesNotContain("secret-token", browser.auth());
    person.post(PUSH, body).is(200);
    assertThat(person.get(OWN).json().get("browsers")).as("the same browser").hasSize(1);
    person.delete(PUSH + "/" + id, null).is(404);
    String now = person.get(OWN).json().at("/browsers/0/id").asText();
    person.delete(PUSH + "/" + now, null).is(204);
    assertThat(audit("browser.subscribed")).hasSize(2);
    assertThat(audit("browser.unsubscribed")).hasSize(1);
    assertThat(
            person
                .post(
                    PUSH,
                    Map.of(
                        "endpoint",
                        "http://127.0.0.1/a",
                        "p256dh",
                        browser.p256dh(),
                        "auth",
                        browser.auth()))
                .is(400)
                .text("field"))
        .isEqualTo("endpoint");

    desk.api.get(OWN).expect(403);
    assertThat(new String(desk.api.get(RULES + "/state").expect(200).body(), UTF_8))
        .isEqualTo("{\"clips\":0,\"waiting\":0,\"dead\":0,\"undelivered\":[]}");
  }

  @Test
  void whatWasGivenUpIsListedAndSentAgain() throws Exception {
    for (String report : List.of("01JAAAAAAAAAAAAAAAAAAAAAA1", "01JAAAAAAAAAAAAAAAAAAAAAA2")) {
      desk.database.inTransaction(
          db ->
              db.execute(
                  "INSERT INTO message_outbox (endpoint, event, state, type, report, body,"
                      + " created_at, attempts, due_at, died_at, why, shown) VALUES ('email:lan',"
                      + " ?, 'DEAD', 'INCIDENT', ?, '{}', 0, 9, 0, 0, 'SMTP status 550', 'lan')",
                  report,
                  report));
    }
    JsonNode listed = desk.api.get(RULES + "/state").expect(200).json().get("undelivered");
    assertThat(listed).hasSize(2);
    String one = "{\"message\": \"%s\"}".formatted(listed.get(0).get("message").asText());
    assertThat(desk.api.json("POST", RULES + "/replay", one).expect(200).json().toString())
        .isEqualTo("{\"replayed\":1,\"left\":0}");
    assertThat(desk.api.json("POST", RULES + "/replay", "{}").expect(200).json().toString())
        .isEqualTo("{\"replayed\":1,\"left\":0}");
    desk.api.json("POST", RULES + "/replay", "{\"message\": 7}").expect(400);
    assertThat(audit("messages.replayed")).hasSize(2);
  }
}
