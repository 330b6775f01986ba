package io.kydai.console.outbox;

import io.kydai.console.reports.ReportId;
import java.time.Instant;

/**
 * An event whose delivery was given up.
 *
 * @param destination the destination's key, whether it is still known or not
 * @param shown what people see of the destination
 * @param event the event's id
 * @param type the event's type, such as {@code report.received}
 * @param report the report's id
 * @param createdAt the time at which the event was created
 * @param diedAt the time at which its delivery was given up
 * @param attempts the number of attempts that failed
 * @param why the outcome of the last attempt
 */
public record DeadLetter(
    String destination,
    String shown,
    String event,
    String type,
    ReportId report,
    Instant createdAt,
    Instant diedAt,
    int attempts,
    String why) {}
