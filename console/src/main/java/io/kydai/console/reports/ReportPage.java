package io.kydai.console.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of reports, newest first.
 *
 * @param next cursor of the following page; null on the last one
 */
public record ReportPage(List<Report> reports, @Nullable String next) {}
