package io.kydai.console.statistics;

/**
 * What one minute adds to a series.
 *
 * @param minute minutes since 1970-01-01 UTC
 * @param amount see {@link io.kydai.analytics.rules.counting.Sample}, as the others
 */
record Cell(SeriesKey key, int minute, long amount, long total, long most) {}
