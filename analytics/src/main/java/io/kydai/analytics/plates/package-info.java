/**
 * Number plates of a camera's vehicles.
 *
 * <p>Enters: frames with what is on them, and the alerts of violations. Leaves: the same alerts
 * with plates, and what {@code plate-watch} rules ask for. Reading happens on one thread of the
 * node, {@link io.kydai.analytics.plates.Plates}', and delays no detection: a frame only leaves
 * copies of vehicles' parts behind, in bounded places.
 *
 * <p>Owns: those copies (on the heap), the readings, and the networks, which are loaded when the
 * first camera wants them. Frames stay with their owners.
 */
@NullMarked
package io.kydai.analytics.plates;

import org.jspecify.annotations.NullMarked;
