package io.kydai.console.deadlines;

import static java.util.Objects.requireNonNull;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.StepNote;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of reports: pauses of their clocks, reminders, escalations, and the list of late
 * reports. A reminder or an escalation, its note in the history of the report, and what is written
 * for the next one are one transaction, so that after a crash none is lost and none comes twice.
 */
public final class Deadlines {
  private static final int BATCH = 200;
  private static final int MAX_PAGE = 200;
  private static final int MAX_REASON = 500;

  private final Database database;
  private final ReportQueue reports;
  private final DeskSettings settings;
  private final AuditLog audit;
  private final Clock clock;
  private final PassedDeadlines passed;

  /** Creates the deadlines of a report queue, from which nothing else follows. */
  public Deadlines(
      Database database, ReportQueue reports, DeskSettings settings, AuditLog audit, Clock clock) {
    this(database, reports, settings, audit, clock, PassedDeadlines.NONE);
  }

  /**
   * Creates the deadlines of a report queue.
   *
   * @param passed writes what follows from reminders and escalations
   */
  public Deadlines(
      Database database,
      ReportQueue reports,
      DeskSettings settings,
      AuditLog audit,
      Clock clock,
      PassedDeadlines passed) {
    this.passed = requireNonNull(passed);
    this.database = requireNonNull(database);
    this.reports = requireNonNull(reports);
    this.settings = requireNonNull(settings);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
  }

  /** Returns the open deadline of a report; empty when it has none. */
  public Optional<Deadline> of(ReportId report) {
    return database.inSnapshot(db -> DeadlineTable.open(db, report));
  }

  /**
   * Lets the clock of a report stand, while somebody waits for whoever reported it.
   *
   * @throws InvalidReportRequestException when the reason is missing or too long, or no clock runs
   */
  public Report pause(ReportId report, String reason, Actor actor, RequestOrigin origin) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new InvalidReportRequestException(
          "reason", "1 to " + MAX_REASON + " characters are expected");
    }
    Instant now = now();
    return reports.annotate(
        report,
        "the clock stands: " + reason.strip(),
        new StepNote(StepNote.Code.CLOCK_STANDS, Map.of("reason", reason.strip())),
        actor,
        (db, present) -> {
          Deadline open = open(db, report);
          if (open.left() != null) {
            throw new InvalidReportRequestException("reason", "the clock stands already");
          }
          DeadlinePlan plan = plan(db);
          Duration left =
              plan.rule(open.rule())
                  .map(rule -> plan.between(rule, now, open.dueAt()))
                  .orElse(Duration.between(now, open.dueAt()));
          DeadlineTable.pause(db, open, left.isNegative() ? Duration.ZERO : left);
          record(db, AuditEventType.CLOCK_PAUSED, present, reason.strip(), actor, origin);
          return true;
        });
  }

  /**
   * Lets the clock of a report run again, for the working time that was left.
   *
   * @throws InvalidReportRequestException when no clock stands
   */
  public Report resume(ReportId report, Actor actor, RequestOrigin origin) {
    Instant now = now();
    return reports.annotate(
        report,
        "the clock runs again",
        new StepNote(StepNote.Code.CLOCK_RUNS, Map.of()),
        actor,
        (db, present) -> {
          Deadline open = open(db, report);
          Duration left = open.left();
          if (left == null) {
            throw new InvalidReportRequestException("reason", "the clock does not stand");
          }
          DeadlinePlan plan = plan(db);
          Optional<DeadlineRule> rule = plan.rule(open.rule());
          Instant due = rule.map(one -> plan.after(one, now, left)).orElse(now.plus(left));
          Instant next =
              rule.filter(one -> !open.reminded() && left.compareTo(one.remind()) > 0)
                  .map(one -> plan.after(one, now, left.minus(one.remind())))
                  .orElse(due);
          DeadlineTable.resume(db, open, due, next);
          record(db, AuditEventType.CLOCK_RESUMED, present, null, actor, origin);
          return true;
        });
  }

  private static Deadline open(Handle db, ReportId report) {
    return DeadlineTable.open(db, report)
        .orElseThrow(
            () -> new InvalidReportRequestException("reason", "the report has no deadline"));
  }

  private void record(
      Handle db,
      AuditEventType type,
      Report report,
      @Nullable String reason,
      Actor actor,
      RequestOrigin origin) {
    audit.append(
        db,
        AuditEvent.of(type, actor, origin)
            .camera(report.origin().camera().value())
            .report(report.id().value())
            .reason(reason));
  }

  private DeadlinePlan plan(Handle db) {
    return settings.get(db, DeadlinePlan.SETTING).value();
  }

  /**
   * Reminds of deadlines that are near, and escalates those that are over, up to {@value #BATCH} of
   * them; to be called every second.
   *
   * @return how many there were
   */
  public int tick() {
    Instant now = now();
    List<Deadline> passing = database.inSnapshot(db -> DeadlineTable.passing(db, now, BATCH));
    for (Deadline deadline : passing) {
      Agencies agencies = settings.get(Agencies.SETTING).value();
      boolean late = !now.isBefore(deadline.dueAt());
      Optional<Agency> next = next(agencies, deadline);
      reports.annotate(
          deadline.report(),
          late ? escalation(deadline, next.orElse(null)) : reminder(deadline),
          note(deadline, late, next.orElse(null)),
          Actor.SYSTEM,
          (db, report) -> pass(db, report, deadline, late, next.map(Agency::id).orElse(null), now));
    }
    return passing.size();
  }

  private boolean pass(
      Handle db,
      Report report,
      Deadline deadline,
      boolean late,
      @Nullable String next,
      Instant now) {
    Optional<Deadline> still = DeadlineTable.passing(db, deadline.id(), now);
    if (still.isEmpty() || still.get().level() != deadline.level()) {
      return false;
    }
    if (!late) {
      DeadlineTable.passed(db, deadline, deadline.level(), deadline.dueAt());
      passed.reminded(db, report, deadline);
      return true;
    }
    DeadlinePlan plan = plan(db);
    Instant further =
        next != null
            ? plan.rule(deadline.rule())
                .filter(rule -> !rule.escalate().isZero())
                .map(rule -> plan.after(rule, now, rule.escalate()))
                .orElse(null)
            : null;
    DeadlineTable.passed(db, deadline, deadline.level() + 1, further);
    passed.escalated(db, report, deadline, next);
    return true;
  }

  /** Returns the agency that hears of a late report next: one level higher each time. */
  private static Optional<Agency> next(Agencies agencies, Deadline deadline) {
    String agency = deadline.agency();
    Optional<Agency> next = Optional.empty();
    for (int level = 0; level <= deadline.level(); level++) {
      next = agencies.above(agency);
      agency = next.map(Agency::id).orElse(null);
    }
    return next;
  }

  private static String who(Deadline deadline) {
    String agency = deadline.agency();
    return agency == null ? "the desk" : agency;
  }

  private static StepNote note(Deadline deadline, boolean late, @Nullable Agency next) {
    Map<String, String> values = new TreeMap<>();
    values.put("due", deadline.dueAt().toString());
    String agency = deadline.agency();
    if (agency != null) {
      values.put("agency", agency);
    }
    if (!late) {
      return new StepNote(StepNote.Code.REMINDED, values);
    }
    if (next == null) {
      return new StepNote(StepNote.Code.LATE, values);
    }
    values.put("to", next.id());
    return new StepNote(StepNote.Code.ESCALATED, values);
  }

  private static String reminder(Deadline deadline) {
    return "reminder to %s: due at %s".formatted(who(deadline), deadline.dueAt());
  }

  private static String escalation(Deadline deadline, @Nullable Agency next) {
    String since = "late at %s since %s: ".formatted(who(deadline), deadline.dueAt());
    return since
        + (next == null
            ? "nobody stands higher, so that it stays on the list of late reports"
            : "escalated to " + next.name());
  }

  /**
   * Returns the deadlines that are over, those first that are late longest.
   *
   * @param agency of this agency alone; null for all
   * @param visible the parts of the queue that may be seen
   * @param limit 1 to {@value #MAX_PAGE}
   */
  public List<Deadline> late(@Nullable String agency, List<ReportFilter.Part> visible, int limit) {
    Instant now = now();
    int most = Math.min(MAX_PAGE, Math.max(1, limit));
    return database.inSnapshot(
        db -> DeadlineTable.late(db, now, agency, VisibleReports.of(visible), most));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
