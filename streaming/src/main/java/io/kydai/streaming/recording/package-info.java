/**
 * Recording: what a camera sent, on the disk, within a second.
 *
 * <p>Enters: access units, in order, on each camera's executor. Leaves: fragmented MP4 files, and
 * what is said of them to a {@link io.kydai.streaming.recording.RecordingIndex}. The files are the
 * truth; an index can be made from them again ({@link
 * io.kydai.streaming.recording.RecordingFolder}).
 *
 * <p>A {@link io.kydai.streaming.recording.CameraRecorder} groups one camera's pictures and decides
 * where files and gaps begin; the {@link io.kydai.streaming.recording.DiskWriter} owns the disk's
 * thread, its bounded queue and the open files, and is the only one that waits for the disk; the
 * {@link io.kydai.streaming.recording.IndexQueue} is the only one that waits for the index.
 */
@NullMarked
package io.kydai.streaming.recording;

import org.jspecify.annotations.NullMarked;
