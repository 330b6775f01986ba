package io.kydai.console.deadlines;

import static io.kydai.console.deadlines.WorkingCalendarTest.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.deadlines.DeadlineTrial.Course;
import io.kydai.console.deadlines.DeadlineTrial.Escalation;
import io.kydai.console.deadlines.DeadlineTrial.Looked;
import io.kydai.console.deadlines.DeadlineTrial.Miss;
import io.kydai.console.incidents.Priority;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineTrialTest {
  private static final Agency CITY = new Agency("city", "City", null, null);
  private static final Agency DISTRICT = new Agency("district", "District", "city", null);
  private static final Agencies AGENCIES =
      new Agencies(List.of(CITY, DISTRICT, new Agency("ward", "Ward", "district", null)));

  private static final DeadlinePlan PLAN =
      new DeadlinePlan(
          "Asia/Ho_Chi_Minh",
          List.of(WorkingCalendarTest.OFFICE),
          List.of(
              rule("check", Stage.CHECK, null, null, null, null, Duration.ofHours(1)),
              rule("urgent", Stage.HANDLE, Priority.URGENT, null, null, null, Duration.ZERO),
              rule("walls", Stage.HANDLE, null, List.of("tamper"), null, null, Duration.ZERO),
              rule("later", Stage.HANDLE, null, null, "2027-01-01", null, Duration.ZERO),
              rule("over", Stage.HANDLE, null, null, null, "2026-01-01", Duration.ZERO),
              rule("rest", Stage.HANDLE, null, null, null, null, Duration.ofHours(2))));

  private static DeadlineRule rule(
      String id,
      Stage stage,
      @Nullable Priority urgency,
      @Nullable List<String> types,
      @Nullable String from,
      @Nullable String until,
      Duration remind) {
    return new DeadlineRule(
        id,
        stage,
        urgency,
        types,
        from == null ? null : LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        "office",
        Duration.ofHours(8),
        remind,
        Duration.ofHours(4),
        "a test",
        true);
  }

  private static DeadlineTrial handled(Priority urgency, @Nullable String agency) {
    return DeadlineTrial.of(
        PLAN, AGENCIES, Stage.HANDLE, urgency, "crowding", at("2026-03-02T09:00"), agency);
  }

  @Test
  void itSaysOfEachEarlierRuleWhyItDoesNotHold() {
    assertThat(handled(Priority.HIGH, "ward").looked())
        .containsExactly(
            new Looked("check", Miss.STAGE),
            new Looked("urgent", Miss.URGENCY),
            new Looked("walls", Miss.TYPE),
            new Looked("later", Miss.NOT_YET),
            new Looked("over", Miss.NO_LONGER),
            new Looked("rest", null));
    assertThat(handled(Priority.URGENT, "ward").looked()).hasSize(2);
  }

  @Test
  void theReminderAndEachLevelAreCountedInTheCalendar() {
    Course course = handled(Priority.HIGH, "ward").course();
    assertThat(course).isNotNull();
    assertThat(course.dueAt())
        .isEqualTo(PLAN.after(course.rule(), at("2026-03-02T09:00"), Duration.ofHours(8)));
    assertThat(course.remindAt())
        .isEqualTo(PLAN.after(course.rule(), at("2026-03-02T09:00"), Duration.ofHours(6)));
    assertThat(course.escalations())
        .containsExactly(
            new Escalation(course.dueAt(), DISTRICT),
            new Escalation(PLAN.after(course.rule(), course.dueAt(), Duration.ofHours(4)), CITY),
            new Escalation(PLAN.after(course.rule(), course.dueAt(), Duration.ofHours(8)), null));
    Duration worked =
        course.work().stream()
            .map(span -> Duration.between(span.from(), span.to()))
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(worked).isEqualTo(Duration.ofHours(8));
    assertThat(course.work().get(0).from()).isEqualTo(at("2026-03-02T09:00"));
    assertThat(course.moreWork()).isFalse();
  }

  @Test
  void theDeskHasNobodyAboveItAndARuleMayAskForNoReminder() {
    Course desk =
        DeadlineTrial.of(
                PLAN, AGENCIES, Stage.CHECK, Priority.HIGH, "x", at("2026-03-02T09:00"), null)
            .course();
    assertThat(desk).isNotNull();
    assertThat(desk.escalations()).containsExactly(new Escalation(desk.dueAt(), null));
    Course urgent = handled(Priority.URGENT, null).course();
    assertThat(urgent).isNotNull();
    assertThat(urgent.remindAt()).isNull();
  }

  @Test
  void withoutARuleNothingFollows() {
    DeadlinePlan none = new DeadlinePlan("UTC", List.of(), List.of());
    assertThat(
            DeadlineTrial.of(
                none, AGENCIES, Stage.CHECK, Priority.HIGH, "x", at("2026-03-02T09:00"), null))
        .isEqualTo(new DeadlineTrial(Stage.CHECK, List.of(), null));
  }
}
