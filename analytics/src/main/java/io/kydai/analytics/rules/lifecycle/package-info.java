/**
 * The life of an alert: one for each happening, opened, updated at most once a second, and closed
 * once.
 *
 * <p>A rule gets an {@link io.kydai.analytics.rules.lifecycle.AlertSink} and makes an {@link
 * io.kydai.analytics.rules.lifecycle.AlertLifecycle} of each happening; cool-down and the merging
 * of what two rules tell of the same happening are done here.
 */
@NullMarked
package io.kydai.analytics.rules.lifecycle;

import org.jspecify.annotations.NullMarked;
