/**
 * What rules measured besides their alerts: counts of lines and turning movements, in buckets of
 * five minutes of the wall clock. Every record keeps the newest day at most.
 */
package io.kydai.analytics.rules.counting;
