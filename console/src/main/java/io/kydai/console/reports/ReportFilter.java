package io.kydai.console.reports;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which reports to list, newest first.
 *
 * @param since received at or after it
 * @param limit 1 to 200
 * @param cursor {@code next} of the page before
 */
public record ReportFilter(
    Optional<ReportState> state,
    Optional<CameraId> camera,
    Optional<String> type,
    Optional<Instant> since,
    int limit,
    Optional<String> cursor) {}
