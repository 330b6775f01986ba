/**
 * Where something moves on a camera's picture, without a network.
 *
 * <p>Enters: decoded frames of one camera, in order. Leaves: a {@link
 * io.kydai.analytics.motion.MotionMap} of coarse cells for each. Owns: a small grey model of what
 * the camera usually shows; frames stay with their owners.
 */
@NullMarked
package io.kydai.analytics.motion;

import org.jspecify.annotations.NullMarked;
