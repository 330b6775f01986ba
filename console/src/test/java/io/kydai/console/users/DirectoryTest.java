package io.kydai.console.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {
  @TempDir Path folder;
  private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void whatWasWrittenIsReadAgainByTheNextProcess() {
    Account admin = town.add("admin", Grant.of(Role.ADMINISTRATOR));
    town.directory.putArea(
        new Area(
            "citadel",
            "Kinh thành",
            List.of(new Area.Corner(1, 2), new Area.Corner(3, 4), new Area.Corner(5, 6))),
        Actor.SYSTEM,
        RequestOrigin.NONE);

    Directory next = new Directory(town.database, town.audit, town.clock);

    assertThat(next.accounts()).containsExactly(admin);
    assertThat(next.areas()).isEqualTo(town.directory.areas()).hasSize(1);
  }

  @Test
  void twoAccountsCannotHaveOneNameWhateverItsCase() {
    town.add("Admin", Grant.of(Role.ADMINISTRATOR));

    assertThatThrownBy(() -> town.add("aDMIN")).isInstanceOf(PeopleConflictException.class);
    assertThat(town.directory.accounts()).hasSize(1);
  }

  @Test
  void theLastAdministratorCanNeitherGoNorBeDisabledAndNothingOfItIsInTheAudit() {
    Account admin = town.add("admin", Grant.of(Role.ADMINISTRATOR));
    int entries = town.audit.list(AuditFilter.all(100)).entries().size();

    assertThatThrownBy(
            () -> town.directory.remove(admin.id().value(), Actor.SYSTEM, RequestOrigin.NONE))
        .isInstanceOf(InvalidPeopleException.class);
    assertThatThrownBy(() -> change(admin, false, admin.grants()))
        .isInstanceOf(InvalidPeopleException.class);
    assertThatThrownBy(() -> change(admin, true, List.of(Grant.of(Role.OPERATOR))))
        .isInstanceOf(InvalidPeopleException.class);

    assertThat(town.directory.accounts()).containsExactly(admin);
    assertThat(town.audit.list(AuditFilter.all(100)).entries()).hasSize(entries);
  }

  private Account change(Account account, boolean enabled, List<Grant> grants) {
    return town.directory.change(
        account.id().value(),
        account.version(),
        account.displayName(),
        enabled,
        null,
        grants,
        Actor.SYSTEM,
        RequestOrigin.NONE);
  }

  @Test
  void ofTwoWhoChangeAnAccountAtOnceTheSecondIsToldSo() {
    town.add("admin", Grant.of(Role.ADMINISTRATOR));
    Account lan = town.add("lan", Grant.of(Role.OPERATOR));
    change(lan, true, List.of(Grant.of(Role.REVIEWER)));

    assertThatThrownBy(() -> change(lan, true, List.of()))
        .isInstanceOf(PeopleConflictException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "elevenchars, 12 to 200",
    "aaaaaaaaaaaaaaab, different",
    "abcabcabcabcabc, different",
    "password1234, common",
    "lananh-2026-hue, name"
  })
  void aPasswordThatIsEasyToGuessIsRefused(String password, String why) {
    assertThatThrownBy(
            () ->
                town.directory.add(
                    "lananh",
                    "Lan Anh",
                    null,
                    List.of(),
                    password,
                    Actor.SYSTEM,
                    RequestOrigin.NONE))
        .isInstanceOf(InvalidPeopleException.class)
        .hasMessageContaining(why);
    assertThat(town.directory.accounts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "muaroitrensonghuong",
        "82640193755028461937",
        "  hai ba bon nam sau  ",
        "Cầu Trường Tiền 🌉 đêm",
        "a phrase of many words, as long as people like to write it, 64 characters and more"
      })
  void aPasswordOfAnyCompositionCountsExactlyAsItWasTyped(String password) {
    town.directory.add(
        "lananh", "Lan Anh", null, List.of(), password, Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(town.logIns.logIn("lananh", password, null, "test", Town.HERE)).isNotNull();
    String cut = password.substring(0, password.length() - 1);
    for (String other : List.of(cut, password.toUpperCase(Locale.ROOT) + "x", password + " ")) {
      assertThatThrownBy(() -> town.logIns.logIn("lananh", other, null, "test", Town.HERE))
          .as(other)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void theFirstLinkWorksOnceWithinAnHourAndOnlyWhileThereIsNobody() {
    FirstAdministrator first = new FirstAdministrator(town.directory, town.clock);
    String old = first.invite().orElseThrow();
    town.clock.advance(Duration.ofMinutes(61));
    assertRefused(first, old);
    String secret = first.invite().orElseThrow();
    assertRefused(first, secret + "x");
    assertThatThrownBy(() -> first.accept(secret, "admin", "short", Town.HERE))
        .isInstanceOf(InvalidPeopleException.class);

    Account made = first.accept(secret, "admin", Town.PASSWORD, Town.HERE);

    assertThat(made.grants()).containsExactly(Grant.of(Role.ADMINISTRATOR));
    assertRefused(first, secret);
    assertThat(first.invite()).isEmpty();
  }

  private static void assertRefused(FirstAdministrator first, String secret) {
    assertThatThrownBy(() -> first.accept(secret, "eve", Town.PASSWORD, Town.HERE))
        .isInstanceOf(LogInRefusedException.class);
  }
}
