/**
 * Detections become tracks.
 *
 * <p>Enters: the detections of one camera's frames, in order of media time. Leaves: the tracks on
 * each of them; a rider and the machine are one. {@link ByteTracker} says in which order things
 * happen to a frame. Primitive arrays that are kept, and tracks that are used again, inside; owns
 * no threads and no native memory.
 */
@NullMarked
package io.kydai.analytics.tracking;

import org.jspecify.annotations.NullMarked;
