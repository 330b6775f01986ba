package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agency answered in a span.
 *
 * @param agency its id
 * @param received the reports that were assigned to it
 * @param onTime the deadlines that began in the span and ended in time
 * @param late the deadlines that began in the span and ended late, or are over and still open
 * @param handled how long those took that it resolved in the span, from their assignment; null
 *     where it resolved none
 * @param returned the reports that it returned
 * @param returnReasons why, the most frequent first
 */
public record AgencyFigures(
    String agency,
    int received,
    int onTime,
    int late,
    @Nullable HandlingTimes handled,
    int returned,
    List<ReasonCount> returnReasons) {
  public AgencyFigures {
    requireNonNull(agency);
    returnReasons = List.copyOf(returnReasons);
  }
}
