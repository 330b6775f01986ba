/**
 * What of the recordings is kept, and for how long there is room.
 *
 * <p>Enters: the index, the disk's free space, and how long each camera's recordings are kept.
 * Leaves: deletions, each recorded in the index with its reason, and a forecast. What is held is
 * never touched.
 */
@NullMarked
package io.kydai.streaming.recording.retention;

import org.jspecify.annotations.NullMarked;
