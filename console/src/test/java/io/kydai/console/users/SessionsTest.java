package io.kydai.console.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  @TempDir Path folder;
  private Town town;
  private Account lan;

  @BeforeEach
  void open() {
    town = new Town(folder);
    town.add("admin", Grant.of(Role.ADMINISTRATOR));
    lan = town.add("Lan", Grant.of(Role.OPERATOR));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private Sessions.Started logIn() {
    return town.logIns.logIn("lan", Town.PASSWORD, null, "test", Town.HERE);
  }

  private Duration refused(String name, String password) {
    try {
      town.logIns.logIn(name, password, null, "test", Town.HERE);
    } catch (LogInRefusedException e) {
      return e.retryAfter();
    }
    throw new AssertionError("let in");
  }

  @Test
  void theCookieIsThePersonAndTheDatabaseHasNoneOfItsSecrets() {
    Sessions.Started started = logIn();

    Caller caller = town.sessions.find(started.secret()).orElseThrow();
    assertThat(caller.actor()).isEqualTo(new Actor(Actor.Kind.ACCOUNT, lan.id().value(), "Lan"));
    assertThat(caller.may(Permission.LIVE)).isTrue();
    assertThat(caller.may(Permission.CONFIGURE_PEOPLE)).isFalse();
    assertThat(town.sessions.find(started.secret() + "x")).isEmpty();
    List<String> stored =
        town.database.inSnapshot(
            db ->
                db.createQuery("SELECT secret_hash FROM log_in_session")
                    .mapTo(String.class)
                    .list());
    assertThat(stored).hasSize(1).doesNotContain(started.secret());
    assertThat(started.toString()).doesNotContain(started.secret());
  }

  @Test
  void aPasswordIsHashedAtTheCostThatOwaspRecommendsAndLetsItsPersonIn() {
    Directory usual = new Directory(town.database, town.audit, town.clock);
    Account hue =
        usual.add("hue", "Hue", null, List.of(), Town.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);

    assertThat(usual.passwordHash(hue.id()).orElseThrow())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain("Huong");
    town.directory.refresh();
    assertThat(town.logIns.identify("hue", Town.PASSWORD, Town.HERE)).isEqualTo(hue);
    assertThat(refused("hue", "not her password")).isZero();
  }

  @Test
  void aWrongNameAndAWrongPasswordAreToldApartByNothing() {
    assertThat(refused("lan", "not her password")).isZero();
    assertThat(refused("nobody", "not her password")).isZero();
    for (int i = 0; i < LoginThrottle.FREE_OF_ACCOUNT; i++) {
      refused("lan", "not her password");
      refused("nobody", "not her password");
    }

    assertThat(refused("lan", Town.PASSWORD)).isPositive();
    assertThat(refused("nobody", Town.PASSWORD)).isEqualTo(refused("LAN", Town.PASSWORD));
    town.clock.advance(Duration.ofMinutes(6));
    assertThat(logIn().caller().valid()).isTrue();
  }

  @Test
  void anAddressThatGuessesManyNamesIsSlowed() {
    for (int i = 0; i <= LoginThrottle.FREE_OF_ADDRESS; i++) {
      assertThat(refused("name" + i, "guess guess 123")).isZero();
    }

    assertThat(refused("lan", Town.PASSWORD)).isPositive();
    RequestOrigin elsewhere = new RequestOrigin("10.0.0.8", null);
    assertThat(town.logIns.logIn("lan", Town.PASSWORD, null, "", elsewhere)).isNotNull();
  }

  @Test
  void aSessionEndsUnusedAndAtItsAbsoluteEnd() {
    Sessions.Limits limits = Sessions.Limits.USUAL;
    String unused = logIn().secret();
    String used = logIn().secret();
    for (Duration at = Duration.ZERO;
        at.compareTo(limits.absolute().minusHours(1)) < 0;
        at = at.plusHours(1)) {
      assertThat(town.sessions.find(used)).isPresent();
      town.clock.advance(Duration.ofHours(1));
    }

    assertThat(town.sessions.find(unused)).isEmpty();
    assertThat(town.sessions.find(used)).isPresent();
    town.clock.advance(Duration.ofHours(1));
    assertThat(town.sessions.find(used)).isEmpty();
  }

  @Test
  void aChangedOrDisabledAccountOrAnotherPasswordEndsItsSessionsAtOnce() {
    Sessions.Started first = logIn();
    Account changed =
        town.directory.change(
            lan.id().value(),
            lan.version(),
            "Lan",
            true,
            null,
            List.of(Grant.of(Role.REVIEWER)),
            Actor.SYSTEM,
            RequestOrigin.NONE);
    assertThat(first.caller().valid()).isFalse();
    assertThat(first.caller().may(Permission.LIVE)).isFalse();

    Sessions.Started second = logIn();
    town.directory.setPassword(
        lan.id().value(), "trang len tren nui Ngu", Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(town.sessions.find(second.secret())).isEmpty();

    Account now = town.directory.account(lan.id().value()).orElseThrow();
    assertThat(now.version()).isGreaterThan(changed.version());
    town.directory.change(
        lan.id().value(),
        now.version(),
        "Lan",
        false,
        null,
        now.grants(),
        Actor.SYSTEM,
        RequestOrigin.NONE);
    assertThat(refused("lan", "trang len tren nui Ngu")).isZero();
  }

  @Test
  void anotherProcessesChangeIsSeenAtTheNextTick() {
    Sessions.Started started = logIn();
    new Directory(town.database, town.audit, town.clock)
        .remove(lan.id().value(), Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(started.caller().valid()).isTrue();

    town.sessions.tick();

    assertThat(started.caller().valid()).isFalse();
    assertThat(town.sessions.find(started.secret())).isEmpty();
  }

  @Test
  void sessionsOutliveTheProcessWithTheTimeOfTheirLastUse() {
    String secret = logIn().secret();
    town.clock.advance(Duration.ofHours(7));
    assertThat(town.sessions.find(secret)).isPresent();
    town.sessions.tick();
    town.clock.advance(Duration.ofHours(7));

    assertThat(town.otherProcess().find(secret)).isPresent();
    town.clock.advance(Duration.ofHours(2));
    assertThat(town.otherProcess().find(secret)).isEmpty();
  }

  @Test
  void anAccountHasABoundedNumberOfSessionsOfWhichTheLongestUnusedGoes() {
    String first = logIn().secret();
    for (int i = 1; i < Sessions.MAX_OF_ACCOUNT; i++) {
      town.clock.advance(Duration.ofSeconds(1));
      logIn();
    }
    assertThat(town.sessions.find(first)).isPresent();
    town.clock.advance(Duration.ofSeconds(1));
    logIn();

    assertThat(town.sessions.of(lan.id())).hasSize(Sessions.MAX_OF_ACCOUNT);
    assertThat(town.sessions.find(first)).isPresent();
  }

  @Test
  void aTokenIsAProgramUntilItExpiresOrIsRevoked() {
    Directory.NewToken made =
        town.directory.addToken(
            "export",
            Set.of(Permission.EVIDENCE),
            Scope.EVERYTHING,
            town.clock.instant().plus(Duration.ofDays(1)),
            Actor.SYSTEM,
            RequestOrigin.NONE);
    Caller program = town.sessions.findToken(made.secret()).orElseThrow();
    assertThat(program.may(Permission.EVIDENCE)).isTrue();
    assertThat(program.may(Permission.LIVE)).isFalse();
    town.clock.advance(Duration.ofDays(2));
    assertThat(program.may(Permission.EVIDENCE)).isFalse();
    assertThat(town.sessions.findToken(made.secret())).isEmpty();

    Directory.NewToken revoked =
        town.directory.addToken(
            "other",
            Set.of(Permission.LIVE),
            Scope.EVERYTHING,
            null,
            Actor.SYSTEM,
            RequestOrigin.NONE);
    Caller other = town.sessions.findToken(revoked.secret()).orElseThrow();
    town.directory.removeToken(revoked.token().id().value(), Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(other.valid()).isFalse();
  }

  @Test
  void everyLogInAndRefusalIsInTheAudit() {
    Sessions.Started started = logIn();
    refused("lan", "not her password");
    town.sessions.end(
        lan.id(), started.session().id().value(), "log-out", started.caller().actor(), Town.HERE);

    assertThat(
            town.audit.list(AuditFilter.all(10)).entries().stream()
                .map(entry -> entry.type())
                .limit(3))
        .containsExactly(
            AuditEventType.SESSION_ENDED.wire(),
            AuditEventType.SESSION_REFUSED.wire(),
            AuditEventType.SESSION_STARTED.wire());
    assertThatThrownBy(
            () ->
                town.sessions.end(
                    lan.id(),
                    started.session().id().value(),
                    "log-out",
                    started.caller().actor(),
                    Town.HERE))
        .isInstanceOf(UnknownPeopleException.class);
  }
}
