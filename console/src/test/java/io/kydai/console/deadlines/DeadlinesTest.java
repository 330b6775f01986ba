package io.kydai.console.deadlines;

import static io.kydai.console.deadlines.WorkingCalendarTest.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.kydai.console.TestClock;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.incidents.Priority;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadlinesTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final DeadlinePlan PLAN =
      new DeadlinePlan(
          "Asia/Ho_Chi_Minh",
          List.of(WorkingCalendarTest.OFFICE),
          List.of(
              rule("check", Stage.CHECK, null, null, null, Duration.ofHours(8)),
              // From July on agencies have six hours where they had twelve.
              rule("old", Stage.HANDLE, null, null, "2026-07-01", Duration.ofHours(12)),
              rule("new", Stage.HANDLE, null, "2026-07-01", null, Duration.ofHours(6))));

  private static final List<ReportFilter.Part> ALL =
      List.of(new ReportFilter.Part(null, null, null));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(at("2026-02-12T16:00"));
  private Database database;
  private DeskSettings settings;
  private ReportQueue queue;
  private Deadlines deadlines;
  private int alerts;

  private static DeadlineRule rule(
      String id,
      Stage stage,
      @Nullable Priority urgency,
      @Nullable String from,
      @Nullable String until,
      Duration within) {
    return new DeadlineRule(
        id,
        stage,
        urgency,
        null,
        from == null ? null : LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        "office",
        within,
        HOUR,
        Duration.ofHours(8),
        "a test",
        true);
  }

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    AuditLog audit = new AuditLog(database, clock);
    settings = new DeskSettings(database, audit, clock);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            List.of(new DeadlinesOfReports(settings, clock)),
            unfinished -> {});
    deadlines = new Deadlines(database, queue, settings, audit, clock);
    settings.replace(DeadlinePlan.SETTING, PLAN, 0, LAN, RequestOrigin.NONE);
    settings.replace(
        Agencies.SETTING,
        new Agencies(
            List.of(
                new Agency("city", "City", null, null),
                new Agency("district", "District", "city", null),
                new Agency("ward", "Ward", "district", null))),
        0,
        LAN,
        RequestOrigin.NONE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ReportId received() {
    return queue.receive(Alerts.opened("a" + ++alerts), List.of()).id();
  }

  private ReportId assigned() {
    ReportId id = received();
    act(id, ReportAction.VERIFY);
    act(id, ReportAction.ASSIGN);
    return id;
  }

  private Report act(ReportId id, ReportAction action) {
    return queue.act(id, action, "because", "ward", LAN, RequestOrigin.NONE);
  }

  private void go(String time) {
    clock.advance(Duration.between(clock.instant(), at(time)));
  }

  private Instant due(ReportId id) {
    return deadlines.of(id).orElseThrow().dueAt();
  }

  private List<String> notes(ReportId id) {
    return queue.find(id).orElseThrow().history().stream()
        .filter(step -> step.action() == null && step.reason() != null)
        .map(step -> step.actor() + ": " + step.reason())
        .toList();
  }

  @Test
  void aReportIsDueByTheRuleOfItsStage() {
    ReportId id = received();
    assertThat(due(id)).as("over Tết").isEqualTo(at("2026-02-23T16:00"));
    assertThat(queue.find(id).orElseThrow().handling().dueAt()).isEqualTo(due(id));
    act(id, ReportAction.VERIFY);
    assertThat(deadlines.of(id).orElseThrow().stage()).isEqualTo(Stage.CHECK);
    go("2026-03-02T08:00");
    act(id, ReportAction.ASSIGN);
    assertThat(due(id)).isEqualTo(at("2026-03-03T13:30"));
    act(id, ReportAction.RESOLVE);
    assertThat(deadlines.of(id)).isEmpty();
    assertThat(queue.find(id).orElseThrow().handling().dueAt()).isNull();
    act(id, ReportAction.REOPEN);
    assertThat(deadlines.of(id).orElseThrow().stage()).isEqualTo(Stage.CHECK);
  }

  @Test
  void aReportKeepsTheRuleThatWasInForceWhenItsStageBegan() {
    go("2026-06-30T16:00");
    ReportId before = assigned();
    go("2026-07-01T08:00");
    ReportId after = assigned();
    assertThat(due(before)).isEqualTo(at("2026-07-02T10:30"));
    assertThat(due(after)).isEqualTo(at("2026-07-01T15:30"));
  }

  @Test
  void theClockStandsWhileSomebodyWaitsForTheReporter() {
    go("2026-03-02T08:00");
    ReportId id = assigned();
    go("2026-03-02T10:00");
    deadlines.pause(id, "asked for the address", LAN, RequestOrigin.NONE);
    assertThat(queue.find(id).orElseThrow().handling().dueAt()).isNull();
    go("2026-03-20T10:00");
    assertThat(deadlines.tick()).as("nothing is late").isZero();
    assertThat(deadlines.late(null, ALL, 9)).isEmpty();
    deadlines.resume(id, LAN, RequestOrigin.NONE);
    // Ten of twelve hours were left: Friday 10:00 to 17:00 are five and a half.
    assertThat(due(id)).isEqualTo(at("2026-03-23T13:30"));
    assertThat(notes(id))
        .containsExactly(
            "lan: the clock stands: asked for the address", "lan: the clock runs again");
    assertThatThrownBy(() -> deadlines.resume(id, LAN, RequestOrigin.NONE))
        .isInstanceOf(InvalidReportRequestException.class);
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(2)).entries())
        .extracting(entry -> entry.type())
        .containsExactly("clock.resumed", "clock.paused");
  }

  @Test
  void aReminderComesBeforeTheEndAndEachLevelHearsOnceAfterIt() {
    go("2026-03-02T08:00");
    ReportId id = assigned();
    go("2026-03-03T10:59");
    assertThat(deadlines.tick()).isZero();
    go("2026-03-03T11:00");
    assertThat(deadlines.tick()).isEqualTo(1);
    assertThat(deadlines.tick()).isZero();
    go("2026-03-03T13:30");
    assertThat(deadlines.tick()).isEqualTo(1);
    assertThat(deadlines.tick()).isZero();
    assertThat(deadlines.late("ward", ALL, 9)).extracting(Deadline::report).containsExactly(id);
    assertThat(deadlines.late("city", ALL, 9)).isEmpty();
    for (int day = 4; day <= 12; day++) {
      go("2026-03-%02dT14:00".formatted(day));
      deadlines.tick();
    }
    assertThat(notes(id))
        .containsExactly(
            "kydai: reminder to ward: due at 2026-03-03T06:30:00Z",
            "kydai: late at ward since 2026-03-03T06:30:00Z: escalated to District",
            "kydai: late at ward since 2026-03-03T06:30:00Z: escalated to City",
            "kydai: late at ward since 2026-03-03T06:30:00Z: nobody stands higher, so that it"
                + " stays on the list of late reports");
    assertThat(deadlines.late(null, ALL, 9)).hasSize(1);
    act(id, ReportAction.RESOLVE);
    assertThat(deadlines.late(null, ALL, 9)).isEmpty();
  }

  @Test
  void aYearOfReportsHasOneDeadlineEachAndNoneIsForgotten() {
    go("2026-03-02T08:00");
    for (int week = 0; week < 44; week++) {
      assigned();
      clock.advance(Duration.ofDays(7));
      deadlines.tick();
      deadlines.tick();
    }
    clock.advance(Duration.ofDays(60));
    for (int i = 0; i < 6; i++) {
      deadlines.tick();
      clock.advance(Duration.ofDays(3));
    }
    assertThat(deadlines.late(null, ALL, 200)).hasSize(44).allMatch(one -> one.level() == 3);
    assertThat(deadlines.tick()).isZero();
  }

  @Test
  void thePresetsNameTheirSourcesAndThatNobodyHeldThemAgainstTheText() {
    DeadlinePlan presets = DeadlinePlan.SETTING.initial();
    assertThat(presets.rules())
        .allMatch(rule -> !rule.verified())
        .extracting(rule -> rule.source() + " " + rule.within())
        .containsExactly(
            "Hà Nội, Quyết định 1207/2025 PT8H",
            "Hà Nội, Quyết định 1207/2025 PT4H",
            "Thông tư 73/2024/TT-BCA, Điều 24 PT240H");
  }

  @Test
  void aReportThatStandsAloneAgainHasTheDeadlineOfItsStage() {
    ReportId parent = assigned();
    ReportId child = assigned();
    queue.merge(child, parent, null, LAN, RequestOrigin.NONE);
    assertThat(deadlines.of(child)).isEmpty();
    queue.split(child, LAN, RequestOrigin.NONE);
    assertThat(deadlines.of(child).orElseThrow().stage()).isEqualTo(Stage.HANDLE);
  }

  @Test
  void whatOneMayNotSeeTakesNoPlaceInTheListOfLateReports() {
    ReportId hidden = received();
    clock.advance(Duration.ofMinutes(1));
    ReportId seen = received();
    clock.advance(Duration.ofDays(30));
    Instant from = queue.find(seen).orElseThrow().times().receivedAt();
    assertThat(deadlines.late(null, ALL, 1)).extracting(Deadline::report).containsExactly(hidden);
    List<ReportFilter.Part> since = List.of(new ReportFilter.Part(null, from, null));
    assertThat(deadlines.late(null, since, 1)).extracting(Deadline::report).containsExactly(seen);
    assertThat(deadlines.late(null, List.of(), 9)).isEmpty();
  }

  /** A list of the reports that may be seen would have as many entries as the queue. */
  @Test
  void whetherALateReportMayBeSeenIsLookedUpByItsKey() {
    assumeFalse(TestDatabase.isPostgresql(), "without rows, PostgreSQL reads whole tables");
    List<String> queries = new ArrayList<>();
    SqlLogger listening =
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            queries.add(context.getRenderedSql());
          }
        };
    String plan =
        database.inSnapshot(
            db -> {
              db.getConfig(SqlStatements.class).setSqlLogger(listening);
              DeadlineTable.late(db, Instant.EPOCH, null, VisibleReports.of(ALL), 9);
              return String.join(
                  "\n",
                  db.createQuery("EXPLAIN QUERY PLAN " + queries.get(0))
                      .bind("now", 0)
                      .bind("limit", 9)
                      .map((row, context) -> row.getString("detail"))
                      .list());
            });
    assertThat(plan)
        .contains("report_deadline_by_due")
        .containsPattern("SEARCH report .*USING .*INDEX")
        .doesNotContain("SCAN", "TEMP B-TREE");
  }
}
