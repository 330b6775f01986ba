/**
 * One camera's way through this module, and what all cameras share on it: queue of access units,
 * decoder, the slot of the newest frame, inference, and how often a camera is looked at.
 *
 * <p>Enters: access units, on the camera's event loop. Leaves: observations, measurements and
 * alerts to the {@link io.kydai.analytics.pipeline.AnalyticsListener}, in order for each camera.
 * Frames are native memory: the slot and the latest frame each hold one reference and give it back.
 */
@NullMarked
package io.kydai.analytics.pipeline;

import org.jspecify.annotations.NullMarked;
