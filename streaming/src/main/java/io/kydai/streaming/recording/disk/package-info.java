/**
 * The disk of the recordings: its folder, the names in it, and the one thread that writes to it.
 *
 * <p>Enters: fragments, as tasks that write them. Leaves: durable files, and what a folder has when
 * it is read. A {@link io.kydai.streaming.recording.disk.DiskWriter} owns the disk's thread and its
 * bounded queue; open files belong to who opened them.
 */
@NullMarked
package io.kydai.streaming.recording.disk;

import org.jspecify.annotations.NullMarked;
