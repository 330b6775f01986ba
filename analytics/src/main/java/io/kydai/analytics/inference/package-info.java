/**
 * From a frame to its observation and alerts.
 *
 * <p>Enters: decoded frames. Leaves: observations and alerts. A live camera and a file go through
 * the very same {@link io.kydai.analytics.inference.FramePipeline}; what differs is only who brings
 * the frames: for cameras a latest-wins slot, for files one frame after the other.
 *
 * <p>Owns: one detector and two scalers for each inference worker. Frames stay with their owners.
 */
@NullMarked
package io.kydai.analytics.inference;

import org.jspecify.annotations.NullMarked;
