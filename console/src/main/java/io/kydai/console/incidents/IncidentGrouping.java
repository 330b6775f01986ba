package io.kydai.console.incidents;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.StepNote;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts each report into an incident, and keeps the incidents' counts, in the transactions of the
 * report queue.
 *
 * <p>A report joins the newest incident of its camera and rule when its event began at most {@link
 * #GAP} after (or before) the last one of the incident, the incident then lasts at most {@link
 * #LONGEST}, and has fewer than {@value #MAX_REPORTS} reports. Otherwise it begins an incident. The
 * reports of a muted rule are rejected by the node, with the reason of the mute.
 */
public final class IncidentGrouping implements ReportConsequences {
  static final Duration GAP = Duration.ofMinutes(10);
  static final Duration LONGEST = Duration.ofHours(1);
  static final int MAX_REPORTS = 200;

  private final Clock clock;

  /**
   * @param clock tells whether a mute lasts
   */
  public IncidentGrouping(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    ReportId incident =
        IncidentTable.newest(db, report)
            .filter(newest -> joins(report, newest))
            .map(
                newest -> {
                  IncidentTable.add(db, newest.id(), report);
                  return newest.id();
                })
            .orElseGet(
                () -> {
                  IncidentTable.insert(db, report);
                  return report.id();
                });
    IncidentTable.assign(db, report.id(), incident);
    return RuleTable.mute(db, report.origin().camera(), report.origin().rule(), clock.instant())
        .map(
            mute ->
                new Decision(
                    ReportAction.REJECT,
                    "%s muted this rule until %s: %s"
                        .formatted(mute.actor(), mute.until(), mute.reason()),
                    null,
                    null,
                    new StepNote(
                        StepNote.Code.RULE_MUTED,
                        Map.of(
                            "actor",
                            mute.actor(),
                            "until",
                            mute.until().toString(),
                            "reason",
                            mute.reason()))));
  }

  private static boolean joins(Report report, Incident newest) {
    Duration apart = Duration.between(newest.lastAt(), report.times().startedAt()).abs();
    Duration span = Duration.between(newest.firstAt(), report.times().startedAt());
    return apart.compareTo(GAP) <= 0
        && span.compareTo(LONGEST) <= 0
        && newest.counts().reports() < MAX_REPORTS;
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    String incident = before.handling().incident();
    Tab to = Tab.of(after.handling().state());
    if (incident != null) {
      IncidentTable.move(db, incident, before.handling().state(), after.handling().state());
    }
    if (actor.kind() == Actor.Kind.SYSTEM) {
      return Optional.empty();
    }
    if (to == Tab.DONE) {
      IncidentTable.setHandler(db, after.id(), null);
    } else if (step.action() != null && isOfTheDesk(step.action())) {
      IncidentTable.setHandler(db, after.id(), actor.id());
    }
    // The first of two looks is no verdict yet.
    if (step.state() == ReportState.VERIFIED && step.action() == ReportAction.VERIFY
        || step.action() == ReportAction.REJECT) {
      RuleTable.setVerdict(db, after, step.state().name(), clock.instant());
    } else if (step.action() == ReportAction.REOPEN) {
      RuleTable.setVerdict(db, after, null, clock.instant());
    }
    return Optional.empty();
  }

  @Override
  public void followed(Handle db, Report before, Report after) {
    String incident = before.handling().incident();
    if (incident != null) {
      IncidentTable.move(db, incident, before.handling().state(), after.handling().state());
    }
    IncidentTable.setHandler(db, after.id(), null);
  }

  private static boolean isOfTheDesk(ReportAction action) {
    return switch (action) {
      case VERIFY, ASSIGN, REJECT, CLOSE, REOPEN -> true;
      case ACCEPT, PROGRESS, RESOLVE, RETURN -> false;
    };
  }
}
