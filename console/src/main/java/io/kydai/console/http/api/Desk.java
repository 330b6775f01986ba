package io.kydai.console.http.api;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.claims.Claims;
import io.kydai.console.comments.Comments;
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.util.List;

/**
 * The desk of a node, as the HTTP server asks for it.
 *
 * @param reports the report queue
 * @param claims which reviewer has which report open
 * @param incidents the rows of the review desk
 * @param comments what people write about reports
 * @param settings what the site sets for its desk
 */
public record Desk(
    ReportQueue reports,
    Claims claims,
    Incidents incidents,
    Comments comments,
    DeskSettings settings) {
  public Desk {
    requireNonNull(reports);
    requireNonNull(claims);
    requireNonNull(incidents);
    requireNonNull(comments);
    requireNonNull(settings);
  }

  /** Returns what the report queue of a desk writes in the transaction of each change. */
  public static List<ReportConsequences> consequences(Clock clock) {
    return List.of(new IncidentGrouping(clock));
  }

  /**
   * Returns the desk over a report queue.
   *
   * @param reports with the {@link #consequences} of a desk
   */
  public static Desk of(Database database, ReportQueue reports, AuditLog audit, Clock clock) {
    return new Desk(
        reports,
        new Claims(clock),
        new Incidents(database, audit, clock),
        new Comments(database, audit, clock),
        new DeskSettings(database, audit, clock));
  }
}
