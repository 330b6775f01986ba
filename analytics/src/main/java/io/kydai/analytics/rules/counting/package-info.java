/**
 * The measurements that rules publish besides their alerts. Counts of lines and turning movements
 * come in buckets of five minutes of the wall clock and keep the newest day at most; the occupancy
 * and speed of zones are those of the newest frame.
 */
@NullMarked
package io.kydai.analytics.rules.counting;

import org.jspecify.annotations.NullMarked;
