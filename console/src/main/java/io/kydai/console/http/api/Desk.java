package io.kydai.console.http.api;

import static java.util.Objects.requireNonNull;

import io.kydai.console.claims.Claims;
import io.kydai.console.reports.ReportQueue;
import java.time.Clock;

/**
 * The desk of a node, as the HTTP server asks for it.
 *
 * @param reports the report queue
 * @param claims which reviewer has which report open
 */
public record Desk(ReportQueue reports, Claims claims) {
  public Desk {
    requireNonNull(reports);
    requireNonNull(claims);
  }

  /** Returns the desk over a report queue. */
  public static Desk of(ReportQueue reports, Clock clock) {
    return new Desk(reports, new Claims(clock));
  }
}
