package io.kydai.console.deadlines;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.incidents.Priority;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the deadlines of reports, in the transactions of the report queue. A report has
 * at most one open deadline: that of its stage, by the rule that is in force when the stage begins.
 * Where a site never stored a plan, there are none.
 */
public final class DeadlinesOfReports implements ReportConsequences {
  private final DeskSettings settings;
  private final Clock clock;
  private final Ulids ids;

  /** Creates the deadlines of a report queue. */
  public DeadlinesOfReports(DeskSettings settings, Clock clock) {
    this.settings = requireNonNull(settings);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    begin(db, report, Stage.CHECK);
    return Optional.empty();
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    Stage stage = Stage.of(after.handling().state());
    if (stage != Stage.of(before.handling().state()) || step.action() == ReportAction.RETURN) {
      DeadlineTable.end(db, after.id(), now());
      if (stage != null) {
        begin(db, after, stage);
      }
    }
    return Optional.empty();
  }

  /** A report that follows another has no deadline of its own. */
  @Override
  public void followed(Handle db, Report before, Report after) {
    DeadlineTable.end(db, after.id(), now());
  }

  /** One that stands alone again has the deadline of its stage, which begins now. */
  @Override
  public void separated(Handle db, Report report) {
    Stage stage = Stage.of(report.handling().state());
    if (stage != null) {
      begin(db, report, stage);
    }
  }

  private void begin(Handle db, Report report, Stage stage) {
    Versioned<DeadlinePlan> plan = settings.get(db, DeadlinePlan.SETTING);
    if (plan.version() == 0) {
      return;
    }
    Instant now = now();
    String type = report.origin().type();
    plan.value()
        .rule(stage, Priority.of(type), type, now)
        .ifPresent(rule -> insert(db, report, stage, plan.value(), rule, now));
  }

  private void insert(
      Handle db, Report report, Stage stage, DeadlinePlan plan, DeadlineRule rule, Instant now) {
    @Nullable String agency = stage == Stage.HANDLE ? report.handling().agency() : null;
    Deadline deadline =
        new Deadline(
            ids.next(),
            report.id(),
            stage,
            rule.id(),
            agency,
            now,
            plan.after(rule, now, rule.within()),
            null,
            false,
            0);
    DeadlineTable.insert(db, deadline, plan.after(rule, now, rule.within().minus(rule.remind())));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
