package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.oidc.MockProvider;
import io.kydai.console.users.Account;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole log-in by a provider that is not ours, with this test as the browser. */
@Timeout(90)
class OidcApiTest {
  private static final String LOG_IN = "/api/v1/oidc/log-in";
  private static final String CALLBACK = "/api/v1/oidc/callback";
  private static final String DONE = "/signin.html#oidc=done";
  private static final String REFUSED = "/signin.html#oidc=refused";

  @TempDir Path folder;
  private final MockProvider mock = new MockProvider();
  private DeskServer desk;
  private PersonClient browser;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder, people(mock.issuer()));
    browser = new PersonClient(desk.address);
  }

  private static PeopleConfig people(URI issuer) {
    OidcConfig.Group wall =
        new OidcConfig.Group("wall", Role.OPERATOR, Set.of(), Set.of(), Set.of(), null);
    OidcConfig.Group east =
        new OidcConfig.Group(
            "east", Role.REVIEWER, Set.of(new CameraId("gate")), Set.of("east"), Set.of(), null);
    OidcConfig.Group police =
        new OidcConfig.Group("police", Role.AGENCY_OFFICER, Set.of(), Set.of(), Set.of(), "Police");
    return new PeopleConfig(
        Set.of(Role.OPERATOR),
        new OidcConfig(
            issuer,
            MockProvider.CLIENT,
            Secret.of("secret"),
            "groups",
            List.of(wall, east, police)));
  }

  @AfterEach
  void stop() {
    desk.close();
    mock.close();
  }

  /** Goes to the provider and returns where it sends the browser back to. */
  private URI visit(PersonClient who) throws Exception {
    PersonClient.Answer sent = who.get(LOG_IN).is(302);
    assertThat(sent.location()).startsWith(mock.issuer().toString());
    URI back = mock.visit(URI.create(sent.location()));
    assertThat(back.getPath()).isEqualTo(CALLBACK);
    return back;
  }

  private static String callback(URI back) {
    return back.getRawPath() + "?" + back.getRawQuery();
  }

  private String logIn(PersonClient who, String subject, String name, String... groups)
      throws Exception {
    mock.next(subject, name, List.of(groups));
    return who.get(callback(visit(who))).is(302).location();
  }

  private List<AuditEntry> audited(String type) {
    return desk.audit.list(AuditFilter.all(200)).entries().stream()
        .filter(entry -> entry.type().equals(type))
        .toList();
  }

  @Test
  void a_person_of_a_group_gets_an_account_with_the_group_s_rights() throws Exception {
    assertThat(browser.get("/api/v1/session/methods").json().get("oidc").asBoolean()).isTrue();

    assertThat(logIn(browser, "s-1", "lan", "east", "unknown")).isEqualTo(DONE);

    PersonClient.Answer session = browser.get("/api/v1/session").is(200);
    assertThat(session.json().at("/account/name").asText()).isEqualTo("lan");
    assertThat(session.json().get("roles")).hasSize(1);
    assertThat(session.json().at("/roles/0").asText()).isEqualTo("reviewer");
    Account account = desk.directory.accountNamed("lan").orElseThrow();
    assertThat(account.grants())
        .singleElement()
        .satisfies(grant -> assertThat(grant.scope().groups()).containsExactly("east"));
    assertThat(browser.cookies()).containsOnlyKeys("kydai-session", "kydai-oidc");
    assertThat(audited("account.added")).isNotEmpty();
  }

  @Test
  void the_agency_is_that_of_the_group_and_goes_with_it() throws Exception {
    assertThat(logIn(browser, "s-1", "binh", "police")).isEqualTo(DONE);
    assertThat(desk.directory.accountNamed("binh").orElseThrow().agency()).isEqualTo("Police");

    assertThat(logIn(browser, "s-1", "binh", "wall")).isEqualTo(DONE);
    Account moved = desk.directory.accountNamed("binh").orElseThrow();
    assertThat(moved.agency()).isNull();
    assertThat(moved.grants()).extracting(Grant::role).containsExactly(Role.OPERATOR);
  }

  @Test
  void the_second_factor_of_a_role_is_the_provider_s_affair() throws Exception {
    logIn(browser, "s-1", "lan", "wall");

    PersonClient.Answer session = browser.get("/api/v1/session").is(200);
    assertThat(session.text("second-factor")).isEqualTo("none");
    browser.get("/api/v1/cameras").is(200);

    // A password that was given to the same account needs one.
    Account account = desk.directory.accountNamed("lan").orElseThrow();
    desk.directory.setPassword(
        account.id().value(), LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
    PersonClient local = new PersonClient(desk.address);
    assertThat(
            local
                .logIn(Map.of("name", "lan", "password", LoggedIn.PASSWORD))
                .is(200)
                .text("second-factor"))
        .isEqualTo("required");
    local.get("/api/v1/cameras").is(403);
  }

  @Test
  void a_person_is_found_by_the_subject_whatever_the_name() throws Exception {
    logIn(browser, "s-1", "lan", "wall");
    String id = desk.directory.accountNamed("lan").orElseThrow().id().value();

    logIn(new PersonClient(desk.address), "s-1", "lan.nguyen", "east");

    Account account = desk.directory.account(id).orElseThrow();
    assertThat(account.displayName()).isEqualTo("lan.nguyen");
    assertThat(account.grants()).extracting(Grant::role).containsExactly(Role.REVIEWER);
    assertThat(browser.get("/api/v1/session").status()).as("its rights changed").isEqualTo(401);
    assertThat(desk.directory.accountNamed("lan.nguyen")).isEmpty();
  }

  @Test
  void a_local_account_of_the_same_name_is_not_taken_over() throws Exception {
    Account admin = desk.directory.accountNamed(LoggedIn.ADMIN).orElseThrow();

    assertThat(logIn(browser, "s-666", LoggedIn.ADMIN, "wall")).isEqualTo(DONE);

    PersonClient.Answer session = browser.get("/api/v1/session").is(200);
    assertThat(session.json().at("/account/name").asText()).isEqualTo("admin@localhost");
    assertThat(session.json().at("/roles/0").asText()).isEqualTo("operator");
    assertThat(desk.directory.account(admin.id().value())).hasValue(admin);
    new PersonClient(desk.address)
        .logIn(Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD))
        .is(200);
  }

  @Test
  void who_is_in_no_group_is_not_let_in_and_loses_what_was_had() throws Exception {
    assertThat(logIn(browser, "s-1", "lan", "unknown")).isEqualTo(REFUSED);
    assertThat(desk.directory.accountNamed("lan")).isEmpty();
    assertThat(logIn(browser, "s-1", "lan", "wall")).isEqualTo(DONE);

    assertThat(logIn(new PersonClient(desk.address), "s-1", "lan")).isEqualTo(REFUSED);

    assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(desk.directory.accountNamed("lan").orElseThrow().grants()).isEmpty();
    assertThat(audited("session.refused")).hasSize(2);
  }

  @Test
  void a_disabled_account_is_not_let_in() throws Exception {
    logIn(browser, "s-1", "lan", "wall");
    Account account = desk.directory.accountNamed("lan").orElseThrow();
    desk.directory.change(
        account.id().value(),
        account.version(),
        account.displayName(),
        false,
        null,
        account.grants(),
        Actor.SYSTEM,
        RequestOrigin.NONE);

    assertThat(logIn(browser, "s-1", "lan", "wall")).isEqualTo(REFUSED);
    browser.get("/api/v1/session").is(401);
  }

  @Test
  void a_state_that_is_not_of_this_browser_is_refused() throws Exception {
    PersonClient attacker = new PersonClient(desk.address);
    mock.next("s-666", "mallory", List.of("wall"));
    String prepared = callback(visit(attacker));

    assertThat(browser.get(prepared).is(302).location()).isEqualTo(REFUSED);
    browser.get(LOG_IN).is(302);
    assertThat(browser.get(prepared).is(302).location()).isEqualTo(REFUSED);
    assertThat(browser.get(CALLBACK + "?state=x&code=y").is(302).location()).isEqualTo(REFUSED);
    assertThat(browser.get(CALLBACK).is(302).location()).isEqualTo(REFUSED);
    browser.get("/api/v1/session").is(401);
  }

  @Test
  void an_error_and_another_issuer_are_refused() throws Exception {
    String state = MockProvider.query(visit(browser)).get("state");

    assertThat(browser.get(CALLBACK + "?error=access_denied&state=" + state).is(302).location())
        .isEqualTo(REFUSED);
    assertThat(browser.get(callback(visit(browser)) + "&iss=https://evil.example").location())
        .isEqualTo(REFUSED);
  }

  /** Open redirect: no parameter names a place to go to. */
  @Test
  void a_browser_is_sent_to_the_provider_and_to_two_pages_only() throws Exception {
    for (String parameter :
        List.of("to", "return", "redirect", "redirect_uri", "url", "next", "RelayState")) {
      String tail = parameter + "=https%3A%2F%2Fevil.example";
      assertThat(browser.get(LOG_IN + "?" + tail).location())
          .startsWith(mock.issuer().toString())
          .doesNotContain("evil");
      PersonClient.Answer back = browser.get(callback(visit(browser)) + "&" + tail);
      assertThat(back.location()).doesNotContain("evil");
    }
    assertThat(logIn(browser, "s-1", "lan", "wall")).isEqualTo(DONE);
  }

  @Test
  void a_new_log_in_has_a_new_session_and_ends_the_one_before() throws Exception {
    browser.cookie("kydai-session", "chosen-by-somebody-else");
    logIn(browser, "s-1", "lan", "wall");
    String first = browser.cookies().get("kydai-session");
    assertThat(first).isNotEqualTo("chosen-by-somebody-else");
    PersonClient old = new PersonClient(desk.address);
    old.cookie("kydai-session", first);

    logIn(browser, "s-1", "lan", "wall");

    assertThat(browser.cookies().get("kydai-session")).isNotEqualTo(first);
    old.get("/api/v1/session").is(401);
  }

  @Test
  void a_log_out_ends_the_session_here_and_leads_to_the_provider() throws Exception {
    logIn(browser, "s-1", "lan", "wall");

    String there = browser.post("/api/v1/oidc/log-out", Map.of()).is(200).text("location");

    assertThat(URI.create(there).getPath()).isEqualTo("/city/endsession");
    assertThat(MockProvider.query(URI.create(there)))
        .containsEntry("post_logout_redirect_uri", "https://Kydai.example:443/signin.html")
        .containsKey("id_token_hint");
    browser.get("/api/v1/session").is(401);
  }

  @Test
  void without_a_provider_there_is_none() throws Exception {
    try (DeskServer plain = new DeskServer(folder.resolve("plain"))) {
      PersonClient person = new PersonClient(plain.address);
      person.get(LOG_IN).is(404);
      person.get(CALLBACK + "?state=x&code=y").is(404);
      assertThat(person.get("/api/v1/session/methods").json().get("oidc").asBoolean()).isFalse();
    }
  }

  /** Whatever name a request has leads there, so that no name is one to be sent back to. */
  @Test
  void a_console_that_does_not_know_its_address_is_no_place_to_come_back_to() throws Exception {
    HttpConfig everywhere = new HttpConfig("0.0.0.0", 0, null);
    try (DeskServer plain =
        new DeskServer(folder.resolve("plain"), everywhere, people(mock.issuer()))) {
      assertThat(plain.api.head("GET " + LOG_IN + " HTTP/1.1\r\nHost: kydai.example\r\n\r\n"))
          .startsWith("HTTP/1.1 409");
      PersonClient person = new PersonClient(plain.address);
      person.logIn(Map.of("name", LoggedIn.ADMIN, "password", LoggedIn.PASSWORD)).is(200);
      person
          .post("/api/v1/account/passkeys/options", Map.of("password", LoggedIn.PASSWORD))
          .is(409);
    }
  }
}
