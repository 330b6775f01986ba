package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Role;
import io.kydai.console.users.factor.SoftwareAuthenticator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FactorApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> AGAIN = Map.of("password", LoggedIn.PASSWORD);
  private static final Map<String, String> PASSWORD =
      Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD);
  private static final String TOTP = "/api/v1/account/totp";
  private static final String PASSKEYS = "/api/v1/account/passkeys";

  @TempDir Path folder;
  private DeskServer desk;
  private PersonClient person;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    person = new PersonClient(desk.address);
    person.logIn(PASSWORD).is(200);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private PersonClient stranger() {
    return new PersonClient(desk.address);
  }

  private static Map<String, String> with(String code) {
    Map<String, String> body = new HashMap<>(PASSWORD);
    body.put("code", code);
    return body;
  }

  /** Computes a code as an app does, from the text of the secret alone. */
  private static String code(String secret, long step) throws Exception {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    byte[] key = new byte[secret.length() * 5 / 8];
    for (int bit = 0; bit < key.length * 8; bit++) {
      int value = alphabet.indexOf(secret.charAt(bit / 5));
      key[bit / 8] |= (byte) ((value >> (4 - bit % 5) & 1) << (7 - bit % 8));
    }
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    byte[] hash = mac.doFinal(java.nio.ByteBuffer.allocate(8).putLong(step).array());
    int at = hash[19] & 15;
    return "%06d".formatted((java.nio.ByteBuffer.wrap(hash).getInt(at) & 0x7fffffff) % 1_000_000);
  }

  private static long step() {
    return Instant.now().getEpochSecond() / 30;
  }

  /** Adds one-time passwords by the code of the step before this one. */
  private PersonClient.Answer enrol(PersonClient who, List<String> secret) throws Exception {
    PersonClient.Answer begun = who.post(TOTP, AGAIN).is(200);
    secret.add(begun.text("secret"));
    assertThat(begun.text("uri")).startsWith("otpauth://totp/Kydai:admin?secret=");
    assertThat(begun.text("qr-code")).startsWith("<svg ");
    return who.put(TOTP, Map.of("code", code(secret.get(0), step() - 1))).is(200);
  }

  private List<String> audited() {
    return desk.audit.list(AuditFilter.all(200)).entries().stream().map(AuditEntry::type).toList();
  }

  @Test
  void a_log_in_needs_the_code_and_each_code_counts_once() throws Exception {
    List<String> secret = new ArrayList<>();
    PersonClient.Answer enrolled = enrol(person, secret);
    assertThat(enrolled.json().get("recovery-codes")).hasSize(10);
    assertThat(person.get("/api/v1/session").text("second-factor")).isEqualTo("totp");

    PersonClient.Answer without = stranger().logIn(PASSWORD).is(401);
    assertThat(without.text("field")).isEqualTo("code");
    PersonClient.Answer wrong = stranger().logIn(with("000000")).is(401);
    assertThat(wrong.text("field")).isEmpty();
    String code = code(secret.get(0), step());
    stranger().logIn(with(code)).is(200);
    stranger().logIn(with(code)).is(401);
    assertThat(audited()).contains("second-factor.added", "recovery-codes.created");
  }

  private List<String> factorsOfLogIns() {
    return desk
        .audit
        .list(
            new AuditFilter(
                null, null, null, AuditEventType.SESSION_STARTED, null, null, 200, null))
        .entries()
        .stream()
        .map(entry -> entry.details().replaceFirst(".*\"second-factor\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void the_audit_says_which_factor_was_used() throws Exception {
    List<String> secret = new ArrayList<>();
    JsonNode codes = enrol(person, secret).json().get("recovery-codes");
    stranger().logIn(with(code(secret.get(0), step()))).is(200);
    stranger().logIn(with(codes.get(0).asText())).is(200);
    assertThat(factorsOfLogIns()).containsExactly("recovery-code", "totp", "none");
  }

  @Test
  void the_code_that_enrolled_is_used_up() throws Exception {
    PersonClient.Answer begun = person.post(TOTP, AGAIN).is(200);
    String code = code(begun.text("secret"), step());
    person.put(TOTP, Map.of("code", code)).is(200);

    stranger().logIn(with(code)).is(401);
  }

  @Test
  void a_recovery_code_stands_in_once() throws Exception {
    JsonNode codes = enrol(person, new ArrayList<>()).json().get("recovery-codes");
    String code = codes.get(3).asText();

    stranger().logIn(with(code.toLowerCase(java.util.Locale.ROOT))).is(200);
    stranger().logIn(with(code)).is(401);
    assertThat(person.get("/api/v1/account/second-factors").json().get("recovery-codes").asInt())
        .isEqualTo(9);
    assertThat(audited()).contains("recovery-code.used");

    JsonNode renewed =
        person.post("/api/v1/account/recovery-codes", AGAIN).is(200).json().get("recovery-codes");
    stranger().logIn(with(codes.get(4).asText())).is(401);
    stranger().logIn(with(renewed.get(4).asText())).is(200);
  }

  @Test
  void a_change_of_factors_needs_the_password_again() throws Exception {
    Map<String, String> wrong = Map.of("password", "another password");
    for (String path : List.of(TOTP, "/api/v1/account/recovery-codes", PASSKEYS + "/options")) {
      assertThat(person.post(path, wrong).is(400).text("field")).as(path).isEqualTo("password");
    }
    List<String> secret = new ArrayList<>();
    enrol(person, secret);
    person.delete(TOTP, wrong).is(400);
    person.post(TOTP, AGAIN).is(409);

    person.delete(TOTP, AGAIN).is(204);
    stranger().logIn(PASSWORD).is(200);
    assertThat(audited()).contains("second-factor.removed");
  }

  @Test
  void a_program_has_no_factors() throws Exception {
    PersonClient nobody = stranger();
    nobody.post(TOTP, AGAIN).is(401);
    assertThat(
            desk.api.json("POST", "/api/v1/account/totp", JSON.writeValueAsString(AGAIN)).status())
        .isEqualTo(403);
  }

  @Test
  void where_a_role_needs_a_factor_a_password_alone_lets_nobody_do_anything() throws Exception {
    desk.close();
    desk =
        new DeskServer(
            folder.resolve("strict"), new PeopleConfig(Set.of(Role.ADMINISTRATOR), null));
    person = stranger();
    PersonClient.Answer session = person.logIn(PASSWORD).is(200);
    assertThat(session.text("second-factor")).isEqualTo("required");
    assertThat(session.json().get("permissions")).isEmpty();
    person.get("/api/v1/cameras").is(403);
    person.get("/api/v1/accounts").is(403);
    person.post("/api/v1/tokens", Map.of("name", "x", "permissions", List.of("live"))).is(403);

    enrol(person, new ArrayList<>());

    session = person.get("/api/v1/session").is(200);
    assertThat(session.text("second-factor")).isEqualTo("totp");
    assertThat(session.json().get("permissions")).isNotEmpty();
    person.get("/api/v1/cameras").is(200);
    person.delete(TOTP, AGAIN).is(409);
    assertThat(stranger().logIn(PASSWORD).is(401).text("field")).isEqualTo("code");
  }

  @Test
  void an_administrator_helps_who_lost_the_factors() throws Exception {
    enrol(person, new ArrayList<>());
    String id = person.get("/api/v1/session").json().at("/account/id").asText();

    person.delete("/api/v1/accounts/" + id + "/second-factors", null).is(204);

    stranger().logIn(PASSWORD).is(200);
    assertThat(person.get("/api/v1/account/second-factors").json().get("recovery-codes").asInt())
        .isZero();
  }

  private final SoftwareAuthenticator authenticator =
      new SoftwareAuthenticator("kydai.example", "https://kydai.example");

  private static Map<?, ?> map(String json) throws Exception {
    return JSON.readValue(json, Map.class);
  }

  private String addPasskey() throws Exception {
    PersonClient.Answer options = person.post(PASSKEYS + "/options", AGAIN).is(200);
    assertThat(options.json().at("/rp/id").asText()).isEqualTo("kydai.example");
    PersonClient.Answer added =
        person
            .post(
                PASSKEYS,
                Map.of(
                    "name",
                    "my key",
                    "answer",
                    map(authenticator.register(options.text("challenge")))))
            .is(201);
    assertThat(added.json().get("recovery-codes")).hasSize(10);
    return added.json().at("/passkey/id").asText();
  }

  /** The answer to a question for a passkey, signed on some page. */
  private PersonClient.Answer logIn(
      PersonClient who, PersonClient.Answer question, SoftwareAuthenticator signer)
      throws Exception {
    return who.post(
        "/api/v1/session/passkey",
        Map.of(
            "attempt",
            question.text("attempt"),
            "answer",
            map(signer.sign(question.json().at("/options/challenge").asText()))));
  }

  private PersonClient.Answer ask(PersonClient who) throws Exception {
    return who.post("/api/v1/session/passkey/options", PASSWORD).is(200);
  }

  @Test
  void a_passkey_is_a_second_factor() throws Exception {
    String id = addPasskey();
    assertThat(person.get("/api/v1/session").text("second-factor")).isEqualTo("passkey");
    assertThat(stranger().logIn(PASSWORD).is(401).text("field")).isEqualTo("code");

    PersonClient stranger = stranger();
    logIn(stranger, ask(stranger), authenticator).is(200);

    JsonNode known = stranger.get("/api/v1/account/second-factors").is(200).json();
    assertThat(known.at("/passkeys/0/name").asText()).isEqualTo("my key");
    assertThat(known.at("/passkeys/0").has("last-used-at")).isTrue();
    person.delete(PASSKEYS + "/" + id, AGAIN).is(204);
    stranger().logIn(PASSWORD).is(200);
  }

  @Test
  void a_passkey_s_answer_counts_once() throws Exception {
    addPasskey();
    PersonClient.Answer question = ask(stranger());
    String signed = authenticator.sign(question.json().at("/options/challenge").asText());
    Map<String, Object> answer = Map.of("attempt", question.text("attempt"), "answer", map(signed));
    stranger().post("/api/v1/session/passkey", answer).is(200);

    assertThat(stranger().post("/api/v1/session/passkey", answer).is(401).text("detail"))
        .contains("has been answered");
    PersonClient.Answer another = ask(stranger());
    stranger()
        .post(
            "/api/v1/session/passkey",
            Map.of("attempt", another.text("attempt"), "answer", map(signed)))
        .is(401);
  }

  @Test
  void a_passkey_used_on_another_page_does_not_count() throws Exception {
    addPasskey();
    SoftwareAuthenticator phished =
        authenticator.on("kydai.example", "https://kydai.example.evil.example");

    assertThat(logIn(stranger(), ask(stranger()), phished).is(401).text("detail"))
        .contains("another address");
    assertThat(audited()).contains("session.refused");
  }

  @Test
  void a_question_is_answered_in_the_session_that_asked_alone() throws Exception {
    PersonClient.Answer options = person.post(PASSKEYS + "/options", AGAIN).is(200);
    PersonClient other = stranger();
    other.logIn(PASSWORD).is(200);
    Map<String, Object> answer =
        Map.of("name", "x", "answer", map(authenticator.register(options.text("challenge"))));

    other.post(PASSKEYS, answer).is(400);
    person.post(PASSKEYS, answer).is(201);
    person.post(PASSKEYS, answer).is(400);
  }

  @Test
  void a_passkey_is_not_asked_for_without_the_password() throws Exception {
    addPasskey();

    stranger()
        .post(
            "/api/v1/session/passkey/options",
            Map.of("name", LoggedIn.ADMIN, "password", "another password"))
        .is(401);
    stranger()
        .post("/api/v1/session/passkey", Map.of("attempt", "made up", "answer", map(sign())))
        .is(401);
  }

  private String sign() throws Exception {
    return authenticator.sign("MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI");
  }

  /** One way to try a password. */
  private interface Guess {
    int status(Map<String, String> password) throws Exception;
  }

  /** Each failure beyond the first five lengthens the wait, so that one guess comes too early. */
  private static void assertSlowed(String what, Guess guess) throws Exception {
    int status = 0;
    for (int i = 0; i < 20 && status != 429; i++) {
      status = guess.status(Map.of("name", LoggedIn.ADMIN, "password", "another password"));
    }
    assertThat(status).as(what).isEqualTo(429);
  }

  @Test
  void guessing_the_password_is_slowed_wherever_it_is_asked_for() throws Exception {
    String recovery = "/api/v1/account/recovery-codes";
    Map<String, String> again = Map.of("password", "another password");
    Map<String, String> change = Map.of("old", "another password", "new", LoggedIn.PASSWORD + "1");
    assertSlowed("log-in", guess -> stranger().logIn(guess).status());
    assertSlowed(
        "log-in by passkey",
        guess -> stranger().post("/api/v1/session/passkey/options", guess).status());
    assertSlowed("new codes", guess -> person.post(TOTP, again).status());
    assertSlowed("no codes", guess -> person.delete(TOTP, again).status());
    assertSlowed("recovery codes", guess -> person.post(recovery, again).status());
    assertSlowed("new passkey", guess -> person.post(PASSKEYS + "/options", again).status());
    String passkey = PASSKEYS + "/01JAAAAAAAAAAAAAAAAAAAAAAA";
    assertSlowed("no passkey", guess -> person.delete(passkey, again).status());
    assertSlowed("password", guess -> person.put("/api/v1/account/password", change).status());
  }

  @Test
  void what_the_account_does_not_have_is_not_confirmed_renewed_or_removed() throws Exception {
    person.put(TOTP, Map.of("code", "123456")).is(409);
    person.post("/api/v1/account/recovery-codes", AGAIN).is(409);
    person.delete(TOTP, AGAIN).is(404);
    stranger().post("/api/v1/session/passkey/options", PASSWORD).is(409);
  }

  @Test
  void a_passkey_is_added_once() throws Exception {
    addPasskey();
    String challenge = person.post(PASSKEYS + "/options", AGAIN).is(200).text("challenge");

    Map<String, Object> same =
        Map.of("name", "my key again", "answer", map(authenticator.register(challenge)));
    assertThat(person.post(PASSKEYS, same).is(409).text("detail")).contains("known already");
  }

  @Test
  void the_last_passkey_stays_where_a_role_needs_a_factor() throws Exception {
    desk.close();
    desk =
        new DeskServer(
            folder.resolve("strict"), new PeopleConfig(Set.of(Role.ADMINISTRATOR), null));
    person = stranger();
    person.logIn(PASSWORD).is(200);

    person.delete(PASSKEYS + "/" + addPasskey(), AGAIN).is(409);
  }
}
