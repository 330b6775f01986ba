package io.kydai.console.messages.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.users.Account;
import io.kydai.console.users.AccountId;
import io.kydai.console.users.Role;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");

  /** Monday, 30 November 2026 and the days after it. */
  private static ZonedDateTime at(String time) {
    return LocalDateTime.parse(time).atZone(HUE);
  }

  private static Hours hours(String days, String from, String to) {
    List<DayOfWeek> on =
        days.equals("all")
            ? null
            : List.of(days.split(" ")).stream().map(DayOfWeek::valueOf).toList();
    return new Hours(on, LocalTime.parse(from), LocalTime.parse(to));
  }

  @ParameterizedTest
  @CsvSource({
    // days, from, to, at, whether it is in them, when they end
    "all, 06:00, 14:00, 2026-11-30T05:59:59, false, 2026-11-30T05:59:59",
    "all, 06:00, 14:00, 2026-11-30T06:00:00, true, 2026-11-30T14:00:00",
    "all, 06:00, 14:00, 2026-11-30T13:59:59, true, 2026-11-30T14:00:00",
    "all, 06:00, 14:00, 2026-11-30T14:00:00, false, 2026-11-30T14:00:00",
    // Over midnight.
    "all, 22:00, 06:00, 2026-11-30T23:00:00, true, 2026-12-01T06:00:00",
    "all, 22:00, 06:00, 2026-12-01T05:59:00, true, 2026-12-01T06:00:00",
    "all, 22:00, 06:00, 2026-12-01T06:00:00, false, 2026-12-01T06:00:00",
    // By the day on which they begin.
    "MONDAY, 22:00, 06:00, 2026-12-01T05:00:00, true, 2026-12-01T06:00:00",
    "MONDAY, 22:00, 06:00, 2026-11-30T05:00:00, false, 2026-11-30T05:00:00",
    "MONDAY, 22:00, 06:00, 2026-12-01T23:00:00, false, 2026-12-01T23:00:00",
    // All day: from a time to the same one; two days that follow each other end once.
    "MONDAY TUESDAY, 00:00, 00:00, 2026-11-30T12:00:00, true, 2026-12-02T00:00:00",
    "SATURDAY SUNDAY, 00:00, 00:00, 2026-12-05T12:00:00, true, 2026-12-07T00:00:00",
  })
  void momentsAreInHoursOrNot(
      String days, String from, String to, String at, boolean in, String end) {
    Hours hours = hours(days, from, to);
    assertThat(hours.contains(at(at))).isEqualTo(in);
    assertThat(hours.after(at(at))).isEqualTo(at(end));
  }

  @Test
  void hoursWithoutAnEndGiveAMomentNevertheless() {
    assertThat(hours("all", "00:00", "00:00").after(at("2026-11-30T12:00:00")))
        .isEqualTo(at("2026-12-08T00:00:00"));
  }

  @Test
  void aShiftHasItsPeopleByNameRoleAndAgency() {
    Account lan =
        new Account(
            new AccountId("01JD00000000000000000000A1"), "lan", "Lan", true, "ward", List.of(), 1);
    Hours day = hours("all", "06:00", "14:00");
    assertThat(shift(day, List.of(lan.id().value()), List.of(), List.of()).has(lan, Set.of()))
        .isTrue();
    assertThat(
            shift(day, List.of(), List.of(Role.REVIEWER), List.of())
                .has(lan, Set.of(Role.REVIEWER)))
        .isTrue();
    assertThat(
            shift(day, List.of(), List.of(Role.REVIEWER), List.of())
                .has(lan, Set.of(Role.OPERATOR)))
        .isFalse();
    assertThat(shift(day, List.of(), List.of(), List.of("ward")).has(lan, Set.of())).isTrue();
    assertThat(shift(day, List.of(), List.of(), List.of("city")).has(lan, Set.of())).isFalse();
  }

  private static Shift shift(
      Hours hours, List<String> accounts, List<Role> roles, List<String> agencies) {
    return new Shift("a", "A", hours, accounts, roles, agencies);
  }

  @Test
  void shiftsHaveIdsOfTheirOwnAndSomebodyOnDuty() {
    Hours day = hours("all", "06:00", "14:00");
    Shift one = shift(day, List.of(), List.of(Role.REVIEWER), List.of());
    assertThatThrownBy(() -> new Shifts(List.of(one, one)))
        .extracting(e -> ((InvalidSettingException) e).field())
        .isEqualTo("shifts[1].id");
    assertThatThrownBy(() -> new Shifts(List.of(shift(day, List.of(), List.of(), List.of()))))
        .extracting(e -> ((InvalidSettingException) e).field())
        .isEqualTo("shifts[0].accounts");
  }
}
