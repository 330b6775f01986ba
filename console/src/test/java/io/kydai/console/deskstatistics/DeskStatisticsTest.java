package io.kydai.console.deskstatistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.DeadlinesOfReports;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.incidents.Verdicts;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.StepNote;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskStatisticsTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MAI = new Actor(Actor.Kind.ACCOUNT, "01B", "mai");
  private static final @Nullable String NONE = null;

  @TempDir Path folder;
  private final TestClock clock = new TestClock(NINE);
  private Database database;
  private ReportQueue queue;
  private DeskStatistics statistics;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    AuditLog audit = new AuditLog(database, clock);
    DeskSettings settings = new DeskSettings(database, audit, clock);
    settings.replace(DeadlinePlan.SETTING, plan(), 0, LAN, RequestOrigin.NONE);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            List.of(new IncidentGrouping(clock), new DeadlinesOfReports(settings, clock)),
            unfinished -> {});
    statistics = new DeskStatistics(database, clock);
  }

  /** Whatever an agency has to handle is due within two hours of any day. */
  private static DeadlinePlan plan() {
    return new DeadlinePlan(
        "UTC",
        List.of(),
        List.of(
            new DeadlineRule(
                "two",
                Stage.HANDLE,
                null,
                null,
                null,
                null,
                null,
                Duration.ofHours(2),
                Duration.ZERO,
                Duration.ZERO,
                "a test",
                false)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Report act(
      Report report,
      ReportAction action,
      @Nullable String reason,
      @Nullable String agency,
      Actor by) {
    clock.advance(Duration.ofMinutes(1));
    return queue.act(report.id(), action, reason, agency, by, RequestOrigin.NONE);
  }

  private Report assigned(String alert, String agency) {
    Report report = queue.receive(Alerts.opened(alert), List.of());
    act(report, ReportAction.VERIFY, NONE, NONE, LAN);
    return act(report, ReportAction.ASSIGN, NONE, agency, LAN);
  }

  private DeskSpan span(ReportFilter.Part... visible) {
    return new DeskSpan(
        NINE.minus(Duration.ofDays(1)), clock.instant().plusSeconds(1), List.of(visible));
  }

  private DeskSpan all() {
    return span(new ReportFilter.Part(null, null, null));
  }

  private void someDays() {
    Report inTime = assigned("a1", "police");
    act(inTime, ReportAction.RESOLVE, NONE, NONE, MAI);
    Report late = assigned("a2", "police");
    clock.advance(Duration.ofHours(3));
    act(late, ReportAction.RESOLVE, NONE, NONE, MAI);
    Report returned = assigned("a3", "police");
    act(returned, ReportAction.RETURN, "not ours", NONE, MAI);
    act(returned, ReportAction.ASSIGN, NONE, "ward", LAN);
    clock.advance(Duration.ofHours(3));
    Report wrong = queue.receive(Alerts.opened("a4"), List.of());
    act(wrong, ReportAction.REJECT, "a flag", NONE, MAI);
    Report changed = queue.receive(Alerts.opened("a5"), List.of());
    act(changed, ReportAction.REJECT, "a flag", NONE, MAI);
    act(changed, ReportAction.REOPEN, "it is not", NONE, LAN);
    act(changed, ReportAction.VERIFY, NONE, NONE, LAN);
  }

  @Test
  void agenciesHaveWhatTheyGotInTimeAndLateAndWhyTheyReturned() {
    someDays();
    DeskFigures figures = statistics.of(all());
    assertThat(figures.agencies())
        .containsExactly(
            new AgencyFigures(
                "police", 3, 2, 1, times(2, 1, 181), 1, List.of(new ReasonCount("not ours", 1))),
            new AgencyFigures("ward", 1, 0, 1, null, 0, List.of()));
    assertThat(figures.verified()).isEqualTo(4);
    assertThat(figures.rejected()).isEqualTo(2);
    assertThat(figures.rejectReasons()).containsExactly(new ReasonCount("a flag", 2));
  }

  private static HandlingTimes times(int count, int median, int p90) {
    return new HandlingTimes(count, Duration.ofMinutes(median), Duration.ofMinutes(p90));
  }

  @Test
  void timesAreTheMiddleOneAndWhatNineOfTenKeep() {
    for (int i = 1; i <= 10; i++) {
      Report report = assigned("a" + i, "police");
      clock.advance(Duration.ofMinutes(10L * i));
      queue.annotate(
          report.id(),
          "a note",
          new StepNote(StepNote.Code.CLOCK_RUNS, Map.of()),
          MAI,
          (db, one) -> true);
      act(report, ReportAction.ACCEPT, NONE, NONE, MAI);
      act(report, ReportAction.PROGRESS, "on the way", NONE, MAI);
      act(report, ReportAction.RESOLVE, NONE, NONE, MAI);
    }
    Report byNode = queue.receive(Alerts.opened("b1"), List.of());
    act(byNode, ReportAction.VERIFY, NONE, NONE, LAN);
    act(byNode, ReportAction.ASSIGN, NONE, "ward", Actor.SYSTEM);
    DeskFigures figures = statistics.of(all());
    assertThat(figures.agencies().get(0).handled()).isEqualTo(times(10, 53, 93));
    assertThat(figures.agencies().get(1).handled()).isNull();
    assertThat(figures.steps())
        .containsExactly(
            new StepTimes(ReportAction.VERIFY, times(11, 1, 1)),
            new StepTimes(ReportAction.ASSIGN, times(10, 1, 1)),
            new StepTimes(ReportAction.ACCEPT, times(10, 51, 91)),
            new StepTimes(ReportAction.RESOLVE, times(10, 2, 2)));
    ReportFilter.Part wards = new ReportFilter.Part(null, null, Set.of("ward"));
    assertThat(statistics.of(span(wards)).steps()).hasSize(1);
  }

  @Test
  void allReturnsAreCountedHoweverManyReasonsTheyHave() {
    for (int i = 0; i < 12; i++) {
      Report returned = assigned("r" + i, "police");
      act(returned, ReportAction.RETURN, i < 2 ? "not ours" : "reason " + i, NONE, MAI);
    }
    AgencyFigures police = statistics.of(all()).agencies().get(0);
    assertThat(police.returned()).isEqualTo(12);
    assertThat(police.returnReasons()).hasSize(10).startsWith(new ReasonCount("not ours", 2));
  }

  @Test
  void whatMayNotBeSeenIsNotCounted() {
    someDays();
    assertThat(statistics.of(span(new ReportFilter.Part(Set.of(new CameraId("park")), null, null))))
        .isEqualTo(new DeskFigures(List.of(), 0, 0, List.of(), List.of()));
    assertThat(statistics.of(span()).agencies()).isEmpty();
    assertThat(
            statistics
                .of(span(new ReportFilter.Part(null, clock.instant().plusSeconds(60), null)))
                .verified())
        .isZero();
    assertThat(statistics.of(span(new ReportFilter.Part(null, null, Set.of("ward")))).agencies())
        .as("the agency that had it before is not the officer's")
        .containsExactly(new AgencyFigures("ward", 1, 0, 1, null, 0, List.of()));
  }

  @Test
  void aSpanHasWhatWasDoneInItAlone() {
    someDays();
    Instant from = clock.instant().plusSeconds(1);
    Report later = assigned("a6", "ward");
    act(later, ReportAction.RESOLVE, NONE, NONE, MAI);
    DeskSpan span =
        new DeskSpan(
            from, from.plusSeconds(3_600), List.of(new ReportFilter.Part(null, null, null)));
    assertThat(statistics.of(span).agencies())
        .containsExactly(new AgencyFigures("ward", 1, 1, 0, times(1, 1, 1), 0, List.of()));
    assertThatThrownBy(() -> statistics.of(new DeskSpan(from, from, span.visible())))
        .isInstanceOf(InvalidReportRequestException.class);
    assertThatThrownBy(() -> statistics.verdicts(from, from.plus(Duration.ofDays(93))))
        .isInstanceOf(InvalidReportRequestException.class)
        .hasMessageContaining("92 days");
  }

  @Test
  void verdictsAreThoseOfWholeDays() {
    someDays();
    Instant day = Instant.parse("2026-11-22T00:00:00Z");
    assertThat(statistics.verdicts(day, day.plusSeconds(86_400)))
        .extracting(Verdicts::verified, Verdicts::rejected)
        .containsExactly(tuple(4, 1));
    assertThat(statistics.verdicts(day.plusSeconds(1), day.plusSeconds(86_400))).isEmpty();
  }

  @Test
  void anAuditorGetsSamplesOfEachReviewer() {
    someDays();
    for (int i = 0; i < 9; i++) {
      Report one = queue.receive(Alerts.opened("b" + i), List.of());
      act(one, ReportAction.VERIFY, NONE, NONE, LAN);
    }
    List<ReviewerFigures> reviewers = statistics.reviewers(all());
    assertThat(reviewers).extracting(ReviewerFigures::reviewer).containsExactly("lan", "mai");
    assertThat(reviewers.get(0).verified()).isEqualTo(13);
    assertThat(reviewers.get(0).sample()).hasSize(5).allMatch(ReviewerFigures.Decided::verified);
    assertThat(reviewers.get(1).rejected()).isEqualTo(2);
    assertThat(reviewers.get(1).reopened()).isEqualTo(1);
    assertThat(reviewers.get(1).sample())
        .hasSize(2)
        .allMatch(one -> "a flag".equals(one.reason()) && !one.verified());
    assertThat(statistics.reviewers(all())).as("the same samples").isEqualTo(reviewers);
  }
}
