/**
 * What traffic signals show: read from their heads' lamps on a camera's pictures, or reported by
 * their controllers.
 *
 * <p>Enter: frames, borrowed while they are looked at, and controllers' words. Leave: what each
 * signal showed at a time of the last seconds, and who says so, for the rules and for people. A
 * camera's {@link io.kydai.analytics.signals.CameraSignals} belongs to its pipeline; nothing here
 * is native or needs to be closed.
 */
@NullMarked
package io.kydai.analytics.signals;

import org.jspecify.annotations.NullMarked;
