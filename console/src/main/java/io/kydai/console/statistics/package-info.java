/**
 * The statistics of cameras: counts, occupancies and speeds in pieces of a minute, kept in the
 * database.
 *
 * <p>Enters: what each analysed frame adds ({@link io.kydai.analytics.rules.counting.Sample}).
 * Leaves: sums, means, percentiles and levels of service over pieces of time.
 *
 * <p>Owns: the tables {@code statistic_*}, a bounded buffer of what is not written yet, and one
 * thread that writes it and removes what is too old.
 */
@NullMarked
package io.kydai.console.statistics;

import org.jspecify.annotations.NullMarked;
