/**
 * The module that turns access units into observations and alerts.
 *
 * <p>Enters: access units of every camera. Leaves: {@link
 * io.kydai.analytics.observation.Observation}s (what is on one frame) and {@link
 * io.kydai.analytics.alert.Alert}s (what a rule found), to one {@link
 * io.kydai.analytics.pipeline.AnalyticsListener}. Knows no browsers, report queue or webhooks.
 *
 * <p>Owns: decoders, frames and inference workers. A {@link io.kydai.analytics.observation.Frame}
 * is borrowed: whoever receives it may read it until the call returns. All calls about one camera
 * come in order, one at a time.
 */
@NullMarked
package io.kydai.analytics;

import org.jspecify.annotations.NullMarked;
