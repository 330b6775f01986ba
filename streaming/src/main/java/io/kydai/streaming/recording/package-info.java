/**
 * Recording: what a camera sent, on the disk, within a second.
 *
 * <p>Enters: access units, in order, on each camera's executor. Leaves: fragmented MP4 files, and
 * what is said of them to a {@link io.kydai.streaming.recording.index.RecordingIndex}. The files
 * are the truth; an index can be made from them again ({@link
 * io.kydai.streaming.recording.disk.RecordingFolder}).
 *
 * <p>A {@link io.kydai.streaming.recording.CameraRecorder} groups one camera's pictures and decides
 * where files and gaps begin; the {@link io.kydai.streaming.recording.disk.DiskWriter} owns the
 * disk's thread and its bounded queue, on which a {@link
 * io.kydai.streaming.recording.SegmentWriter} owns its open file, and is the only one that waits
 * for the disk; the {@link io.kydai.streaming.recording.index.IndexQueue} is the only one that
 * waits for the index.
 */
@NullMarked
package io.kydai.streaming.recording;

import org.jspecify.annotations.NullMarked;
