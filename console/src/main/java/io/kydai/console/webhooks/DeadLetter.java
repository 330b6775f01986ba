package io.kydai.console.webhooks;

import io.kydai.console.reports.ReportId;
import java.time.Instant;

/**
 * An event whose delivery to an endpoint was given up.
 *
 * @param webhook the endpoint's id, whether it is still configured or not
 * @param endpoint the scheme, host and port of the endpoint
 * @param event the event's id
 * @param type the event's type, such as {@code report.received}
 * @param report the report's id
 * @param createdAt the time at which the event was created
 * @param diedAt the time at which its delivery was given up
 * @param attempts the number of attempts that failed
 * @param why the outcome of the last attempt
 */
public record DeadLetter(
    String webhook,
    String endpoint,
    String event,
    String type,
    ReportId report,
    Instant createdAt,
    Instant diedAt,
    int attempts,
    String why) {}
