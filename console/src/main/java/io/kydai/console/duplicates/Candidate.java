package io.kydai.console.duplicates;

import io.kydai.console.reports.Report;

/**
 * A report that may be of the same event as another.
 *
 * @param metres how far apart their places are
 * @param seconds how far apart their events began
 */
public record Candidate(Report report, double metres, long seconds) {}
