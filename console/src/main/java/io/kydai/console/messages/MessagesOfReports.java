package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.deadlines.Deadline;
import io.kydai.console.deadlines.PassedDeadlines;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportState;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what people are to be told of, in the transactions of the report queue and of
 * deadlines: it is there if and only if the change is. Nothing is written that no rule is for. It
 * comes after what puts reports into incidents.
 */
public final class MessagesOfReports implements ReportConsequences, PassedDeadlines {
  private final DeskSettings settings;
  private final Clock clock;
  private final Ulids ids;

  /** Creates the messages of a report queue. */
  public MessagesOfReports(DeskSettings settings, Clock clock) {
    this.settings = requireNonNull(settings);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  @Override
  public boolean ofMaintenance() {
    return true;
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    if (report.handling().state() == ReportState.MAINTENANCE) {
      fault(db, report);
      return Optional.empty();
    }
    String incident = MessageTable.incident(db, report.id()).orElse(report.id().value());
    write(db, Occasion.INCIDENT, report, incident, null);
    return Optional.empty();
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    if (step.agency() != null) {
      write(
          db,
          Occasion.ASSIGNED,
          after,
          after.id() + ":" + after.handling().version(),
          step.agency());
    }
    return Optional.empty();
  }

  @Override
  public void reminded(Handle db, Report report, Deadline deadline) {
    write(db, Occasion.REMINDED, report, deadline.id(), deadline.agency());
  }

  @Override
  public void escalated(Handle db, Report report, Deadline deadline, @Nullable String agency) {
    write(db, Occasion.ESCALATED, report, deadline.id() + ":" + deadline.level(), agency);
  }

  /** A fault is told when it has lasted, which is looked at then. */
  private void fault(Handle db, Report report) {
    MessageRules rules = settings.get(db, MessageRules.SETTING).value();
    Report.Origin origin = report.origin();
    if (!rules.of(Occasion.CAMERA_FAULT, origin.type()).isEmpty()) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      MessageTable.addFault(
          db,
          new PendingMessage(ids.next(), Occasion.CAMERA_FAULT, report.id(), null),
          origin.camera() + ":" + origin.rule(),
          now,
          rules.faultWait());
    }
  }

  private void write(
      Handle db, Occasion occasion, Report report, String subject, @Nullable String agency) {
    MessageRules rules = settings.get(db, MessageRules.SETTING).value();
    if (rules.of(occasion, report.origin().type()).isEmpty()) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration wait = occasion == Occasion.INCIDENT ? rules.clipWait() : Duration.ZERO;
    MessageTable.add(
        db,
        new PendingMessage(ids.next(), occasion, report.id(), agency),
        subject,
        now,
        now.plus(wait));
  }
}
