/**
 * Detections become tracks.
 *
 * <p>Enters: the detections of one camera's frames, in order of media time. Leaves: the tracks on
 * each of them. Primitive arrays inside; owns no threads and no native memory.
 */
package io.kydai.analytics.tracking;
