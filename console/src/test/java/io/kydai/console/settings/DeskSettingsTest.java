package io.kydai.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskSettingsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final RejectReasons ONE =
      new RejectReasons(List.of(new RejectReasons.Reason(3, "Cờ", "A flag")));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Database database;
  private DeskSettings settings;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    settings = new DeskSettings(database, new AuditLog(database, clock), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSettingHasItsInitialValueUntilOneIsSetAndIsKept() {
    assertThat(settings.get(RejectReasons.SETTING))
        .isEqualTo(new Versioned<>(RejectReasons.SETTING.initial(), 0, null, null));
    settings.replace(RejectReasons.SETTING, ONE, 0, LAN, RequestOrigin.NONE);
    DeskSettings other = new DeskSettings(database, new AuditLog(database, clock), clock);
    assertThat(other.get(RejectReasons.SETTING))
        .isEqualTo(new Versioned<>(ONE, 1, clock.instant(), "lan"));
  }

  @Test
  void theSecondOfTwoWhoReadTheSameVersionIsRefused() {
    settings.replace(RejectReasons.SETTING, ONE, 0, LAN, RequestOrigin.NONE);
    assertThatThrownBy(
            () -> settings.replace(RejectReasons.SETTING, ONE, 0, LAN, RequestOrigin.NONE))
        .isInstanceOf(SettingChangedException.class)
        .hasMessageContaining("version 1 now, by lan");
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(9)).entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.type()).isEqualTo("setting.changed");
              assertThat(entry.details()).contains("desk.reject-reasons", "A flag");
            });
  }

  @Test
  void aSettingThatCannotBeReadIsTheInitialOneAndCanBeSetAgain() {
    settings.replace(RejectReasons.SETTING, ONE, 0, LAN, RequestOrigin.NONE);
    database.inTransaction(
        db -> db.execute("UPDATE desk_setting SET value = '{\"reasons\": []}', version = 2"));
    DeskSettings other = new DeskSettings(database, new AuditLog(database, clock), clock);
    Versioned<RejectReasons> now = other.get(RejectReasons.SETTING);
    assertThat(now.value()).isEqualTo(RejectReasons.SETTING.initial());
    assertThat(now.version()).isEqualTo(2);
    other.replace(RejectReasons.SETTING, ONE, 2, LAN, RequestOrigin.NONE);
    assertThat(other.get(RejectReasons.SETTING).value()).isEqualTo(ONE);
  }

  @Test
  void aDigitStandsForOneReason() {
    List<RejectReasons.Reason> twice =
        List.of(new RejectReasons.Reason(1, "a", "a"), new RejectReasons.Reason(1, "b", "b"));
    assertThatThrownBy(() -> new RejectReasons(twice))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.field()).isEqualTo("reasons[1].digit"));
    assertThatThrownBy(() -> new RejectReasons(List.of()))
        .isInstanceOf(InvalidSettingException.class);
  }
}
