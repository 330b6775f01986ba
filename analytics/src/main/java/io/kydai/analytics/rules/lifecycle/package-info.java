/**
 * The life of an alert: one for each event, opened, updated at most once a second, and closed once.
 *
 * <p>A rule gets an {@link io.kydai.analytics.rules.lifecycle.AlertSink} and begins an {@link
 * io.kydai.analytics.rules.lifecycle.AlertLifecycle} for each event that it observes; most rules
 * follow one event per subject, in a {@link io.kydai.analytics.rules.lifecycle.CurrentAlert}. The
 * cool-down, and the merging of two rules' reports of the same event, are done here.
 */
@NullMarked
package io.kydai.analytics.rules.lifecycle;

import org.jspecify.annotations.NullMarked;
