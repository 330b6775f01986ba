package io.kydai.console.reports;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which reports to list, newest first. What is null does not narrow the list.
 *
 * @param since received at or after it
 * @param limit 1 to 200
 * @param cursor {@code next} of the page before
 */
public record ReportFilter(
    @Nullable ReportState state,
    @Nullable CameraId camera,
    @Nullable String type,
    @Nullable Instant since,
    int limit,
    @Nullable String cursor) {}
