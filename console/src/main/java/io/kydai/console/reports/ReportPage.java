package io.kydai.console.reports;

import java.util.List;
import java.util.Optional;

/**
 * A page of reports, newest first.
 *
 * @param next cursor of the following page, empty on the last one
 */
public record ReportPage(List<Report> reports, Optional<String> next) {}
