/**
 * What is known of recordings without reading them: segments, gaps and why they are there.
 *
 * <p>Enters: what was written, gap or file. Leaves: rows, in order, for whoever implements {@link
 * io.kydai.streaming.recording.index.RecordingIndex}. The {@link
 * io.kydai.streaming.recording.index.IndexQueue} owns the one thread that waits for it.
 */
@NullMarked
package io.kydai.streaming.recording.index;

import org.jspecify.annotations.NullMarked;
