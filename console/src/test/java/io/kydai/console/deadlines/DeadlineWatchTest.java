package io.kydai.console.deadlines;

import static io.kydai.console.deadlines.WorkingCalendarTest.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.kydai.console.TestClock;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.outbox.HeldTimer;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reminders and escalations come within a second, and a look where nothing is due is cheap. */
class DeadlineWatchTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(at("2026-03-02T08:00"));
  private final HeldTimer timer = new HeldTimer(clock);
  private Database database;
  private ReportQueue queue;
  private DeadlineWatch watch;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    AuditLog audit = new AuditLog(database, clock);
    DeskSettings settings = new DeskSettings(database, audit, clock);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            List.of(new DeadlinesOfReports(settings, clock)),
            unfinished -> {});
    settings.replace(
        DeadlinePlan.SETTING,
        new DeadlinePlan(
            "UTC",
            List.of(),
            List.of(
                new DeadlineRule(
                    "urgent",
                    Stage.HANDLE,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    "a test",
                    true))),
        0,
        LAN,
        RequestOrigin.NONE);
    settings.replace(
        Agencies.SETTING,
        new Agencies(
            List.of(
                new Agency("city", "City", null, null), new Agency("ward", "Ward", "city", null))),
        0,
        LAN,
        RequestOrigin.NONE);
    watch = new DeadlineWatch(new Deadlines(database, queue, settings, audit, clock), timer);
  }

  @AfterEach
  void close() {
    watch.close();
    database.close();
  }

  private ReportId assigned() {
    ReportId id = queue.receive(Alerts.opened("a"), List.of()).id();
    queue.act(id, ReportAction.VERIFY, null, null, LAN, RequestOrigin.NONE);
    queue.act(id, ReportAction.ASSIGN, null, "ward", LAN, RequestOrigin.NONE);
    return id;
  }

  /** Lets a second pass, and the look that is due then happen. */
  private void second() throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    look();
  }

  private void look() throws InterruptedException {
    timer.runUntil(() -> timer.untilNext().compareTo(Duration.ZERO) > 0);
  }

  private List<String> notes(ReportId id) {
    return queue.find(id).orElseThrow().history().stream()
        .filter(step -> step.note() != null)
        .map(
            step ->
                step.note().code().wire()
                    + " after "
                    + Duration.between(at("2026-03-02T08:00"), step.at()).toSeconds()
                    + " s")
        .toList();
  }

  @Test
  void aReminderAndAnEscalationComeWithinASecond() throws Exception {
    ReportId id = assigned();
    watch.start();
    look();
    clock.advance(Duration.ofMinutes(7).plusMillis(59_500));
    look();
    assertThat(notes(id)).isEmpty();
    second();
    assertThat(notes(id)).containsExactly("reminded after 480 s");
    clock.advance(Duration.ofSeconds(119));
    look();
    assertThat(notes(id)).hasSize(1);
    second();
    assertThat(notes(id)).containsExactly("reminded after 480 s", "escalated after 600 s");
  }

  @Test
  void whatPassedWhileNoNodeRanIsFoundAtTheStart() throws Exception {
    ReportId id = assigned();
    clock.advance(Duration.ofMinutes(30));
    watch.start();
    look();
    assertThat(notes(id)).containsExactly("escalated after 1800 s");
  }

  @Test
  void aLookWhereNothingIsDueIsOneStatement() throws Exception {
    assigned();
    watch.start();
    look();
    long before = database.statements();
    for (int i = 0; i < 10; i++) {
      second();
    }
    assertThat(database.statements() - before).isEqualTo(10);
  }

  @Test
  void thatStatementIsAnsweredByAnIndex() {
    assumeFalse(TestDatabase.isPostgresql(), "without rows, PostgreSQL reads whole tables");
    List<String> plan =
        database.inSnapshot(
            db ->
                db.createQuery(
                        "EXPLAIN QUERY PLAN SELECT id FROM report_deadline WHERE next_at <= 0"
                            + " ORDER BY next_at LIMIT 200")
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(plan).singleElement().asString().contains("report_deadline_by_next");
  }

  @Test
  void afterAFailureItLooksAgain() throws Exception {
    ReportId id = assigned();
    clock.advance(Duration.ofMinutes(30));
    try (TestDatabase.Lock lock = TestDatabase.lock(folder.resolve("kydai.db"))) {
      assertThat(lock).isNotNull();
      watch.start();
      look();
    }
    assertThat(notes(id)).isEmpty();
    second();
    assertThat(notes(id)).containsExactly("escalated after 1801 s");
  }
}
