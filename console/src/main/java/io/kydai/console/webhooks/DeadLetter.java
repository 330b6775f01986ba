package io.kydai.console.webhooks;

import io.kydai.console.reports.ReportId;
import java.time.Instant;

/**
 * An event that an endpoint was not told, and will not be.
 *
 * @param endpoint scheme, host and port
 * @param event the event's id
 * @param type such as {@code report.received}
 * @param report the report's id
 * @param why the last attempt's outcome
 */
public record DeadLetter(
    String endpoint,
    String event,
    String type,
    ReportId report,
    Instant createdAt,
    Instant diedAt,
    int attempts,
    String why) {}
