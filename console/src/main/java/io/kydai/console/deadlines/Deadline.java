package io.kydai.console.deadlines;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.ReportId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By when a stage of a report is to end.
 *
 * @param id a ULID
 * @param rule the id of the rule that asks for it
 * @param agency who is to act; null for the desk
 * @param begunAt when the stage began
 * @param dueAt the moment by which it is to end
 * @param left the working time that is left while the clock stands; null while it runs
 * @param reminded whether somebody was reminded
 * @param level how often it was escalated
 */
public record Deadline(
    String id,
    ReportId report,
    Stage stage,
    String rule,
    @Nullable String agency,
    Instant begunAt,
    Instant dueAt,
    @Nullable Duration left,
    boolean reminded,
    int level) {
  public Deadline {
    requireNonNull(id);
    requireNonNull(report);
    requireNonNull(stage);
    requireNonNull(rule);
    requireNonNull(begunAt);
    requireNonNull(dueAt);
  }
}
